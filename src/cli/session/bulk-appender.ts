import { Worker } from "node:worker_threads";
import type { Appender, BulkDeps } from "#session/appender.ts";
import type { Draft, SealedEntry } from "#session/issuing.ts";
import type { ThreadTask } from "./issuing-thread.ts";

/** Batches that are being signed or wait for their commit: enough to keep both threads busy, few enough for memory. */
const batchesInFlightMax = 3;

/**
 * Appends batches in order while a second thread signs and seals the ones to come. Nothing is acknowledged earlier than
 * without it: `push` tells of a batch through `onDurable`, after its commit.
 */
export class BulkAppender implements Appender {
  readonly #deps: BulkDeps;
  readonly #thread: Worker;
  readonly #answers: ((sealed: readonly SealedEntry[]) => void)[] = [];
  #inFlight = 0;
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;
  #makeRoom: (() => void) | undefined;

  constructor(deps: BulkDeps) {
    this.#deps = deps;
    this.#thread = new Worker(new URL("./issuing-thread.ts", import.meta.url), { workerData: deps.keys });
    this.#thread.on("message", (sealed: readonly SealedEntry[]) => this.#answers.shift()?.(sealed));
    this.#thread.on("error", (error) => this.#fail(error));
  }

  /** Hands a batch over; waits while too many are under way. Throws what an earlier batch failed with. */
  async push(drafts: readonly Draft[], onDurable?: (hashes: readonly Uint8Array[]) => void): Promise<void> {
    while (this.#inFlight >= batchesInFlightMax && this.#failure === undefined)
      await new Promise<void>((resolve) => (this.#makeRoom = resolve));
    this.#throwFailure();
    this.#inFlight += 1;
    const sealed = new Promise<readonly SealedEntry[]>((resolve) => this.#answers.push(resolve));
    const task: ThreadTask = { drafts, context: this.#deps.context() };
    this.#thread.postMessage(task);
    this.#last = this.#finish(this.#last, drafts, sealed, onDurable);
  }

  async #finish(
    before: Promise<void>,
    drafts: readonly Draft[],
    sealed: Promise<readonly SealedEntry[]>,
    onDurable?: (hashes: readonly Uint8Array[]) => void,
  ): Promise<void> {
    await before;
    if (this.#failure !== undefined) return;
    try {
      const entries = await sealed;
      await this.#deps.commit(drafts, entries);
      onDurable?.(entries.map(({ entry }) => entry.hash));
    } catch (error) {
      this.#fail(error);
    }
    this.#inFlight -= 1;
    this.#makeRoom?.();
  }

  /** Waits until every batch is durable. */
  async flush(): Promise<void> {
    await this.#last;
    this.#throwFailure();
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    // A thread that died answers nothing more: whoever waits for it must hear of it.
    for (const answer of this.#answers.splice(0)) answer([]);
    this.#makeRoom?.();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
