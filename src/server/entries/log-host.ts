/**
 * The log as the server holds it: requests are judged one after another, those that wait share one commit, and a log that
 * another process has continued is read again before anything is judged on top of it. Its end is verified when it is
 * opened; its entries are read after that, some seconds for 100 000, and nothing is judged before.
 */
import { equalBytes } from "#record/bytes.ts";
import type { ParsedEntry } from "#record/entry.ts";
import { leafHashOfEntry, parseEntry } from "#record/entry.ts";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import { Frontier } from "#record/tree.ts";
import type { LogHeadRefusal } from "#log/log-head.ts";
import type { AppendRefusal, Appended, Log } from "#log/sequencer.ts";
import { openLog } from "#log/sequencer.ts";
import type { NamedObject, RecordStore, SealedBox } from "#storage/contract.ts";
import { StoreDamaged } from "#storage/contract.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { LogKey } from "../log-key.ts";
import type { AcceptAs, AcceptanceContext } from "./acceptance.ts";
import { Acceptance } from "./acceptance.ts";

/** An entry that has its strict form, and what is sealed beside it. */
export type IncomingEntry = { readonly parsed: ParsedEntry; readonly box?: SealedBox };

export type AppendRequest = {
  readonly entries: readonly IncomingEntry[];
  readonly objects: readonly NamedObject[];
  readonly expectedSize: number | undefined;
  readonly as: AcceptAs;
};

/** Those of the sequencer and of `Acceptance`; `stopping`: the server is being stopped; `log-changed`: see `Log.reload`. */
export type HostRefusal = AppendRefusal | Refusal;

export type LogHostSetup = {
  readonly store: RecordStore;
  readonly key: LogKey;
  /** Told of every entry of the log once, in order: the public site reads along. */
  readonly take?: (parsed: ParsedEntry, index: number) => void;
  readonly witnessed?: readonly string[];
};

type Waiting = {
  readonly request: AppendRequest;
  readonly answer: (result: Result<Appended, HostRefusal>) => void;
  readonly fail: (cause: unknown) => void;
  /** How often it lost against another process. */
  tries: number;
};

/** Lost this often against other processes, a request is refused: then they are too busy for one more. */
const triesMax = 8;
/** Entries judged in one turn of the event loop, at about 0.1 ms each: readers must not wait longer. */
const entriesPerTurn = 64;

/** Turns of the event loop before a commit; measured with 1, 8 and 64 clients, more of them gather no more. */
const turnsToGather = 3;

/** Entries read in one turn of the event loop, at about 0.04 ms each. */
const entriesReadPerTurn = 256;

/** Opens the log and begins to read what is in it; see {@link LogHost.ready}. */
export async function openLogHost(setup: LogHostSetup): Promise<Result<LogHost, LogHeadRefusal>> {
  const { store, key, witnessed = [] } = setup;
  const log = await openLog({ store, logSigner: key.signer, origin: key.origin, witnessed });
  if (!log.ok) return log;
  return ok(new LogHost(setup, log.value));
}

export class LogHost {
  readonly #store: RecordStore;
  readonly #log: Log;
  readonly #context: AcceptanceContext;
  readonly #take: ((parsed: ParsedEntry, index: number) => void) | undefined;
  /** Settled when all entries that were there at the start are read. */
  readonly ready: Promise<void>;
  #isReady = false;
  /** Over what is committed; replaced, never changed, while requests are judged on copies. */
  #state = new Acceptance();
  /** Over the same entries: it must come to the root that is signed for them. */
  #frontier = new Frontier();
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #listeners = new Set<(size: number) => void>();
  #roots = new Map<number, Uint8Array>();
  #isStopping = false;
  #damage: string | undefined;

  constructor(setup: LogHostSetup, log: Log) {
    this.#store = setup.store;
    this.#context = {
      rootAt: (size) => this.#rootAt(size),
      isKnown: async (hash) => (await this.#store.entryByHash(hash)) !== undefined,
      logKey: setup.key.vkey,
    };
    this.#take = setup.take;
    this.#log = log;
    this.ready = this.#readFirst();
    // Whoever waits for it hears of it; where nobody does, `damage` says it.
    this.ready.catch(() => undefined);
  }

  /** Whether every entry was read. Before, no key is known, and the public pages lack some of their figures. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get size(): number {
    return this.#log.size;
  }

  get root(): Uint8Array {
    return this.#log.root;
  }

  checkpoint(): string | undefined {
    return this.#log.checkpoint();
  }

  /** Keys and streams over what is committed. */
  get state(): Acceptance {
    return this.#state;
  }

  /** Why nothing can be appended any more; undefined while all is well. */
  get damage(): string | undefined {
    return this.#damage;
  }

  /** Calls `listener` with the new size after every growth; the function returned ends that. */
  onGrowth(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Judges the entries and appends them, all or none. Rejects for a damaged storage and for bugs. */
  append(request: AppendRequest): Promise<Result<Appended, HostRefusal>> {
    if (this.#isStopping) return Promise.resolve(refuse(stopping));
    return new Promise((answer, fail) => {
      this.#waiting.push({ request, answer, fail, tries: 0 });
      this.#working ??= this.#work();
    });
  }

  /** Looks whether another process has appended; for a storage that several share. */
  async refresh(): Promise<void> {
    do {
      while (this.#working !== undefined) await this.#working;
      if (this.#isStopping) return;
      const head = await this.#store.head();
      if ((head?.size ?? 0) === this.#log.size) return;
      // Begun meanwhile, an append may have met the newcomers already, or not: look again behind it.
    } while (this.#working !== undefined);
    this.#working = this.#reload().finally(() => this.#goOn());
    await this.#working;
  }

  /** Refuses what comes from now on and waits for what was accepted before. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    while (this.#working !== undefined) await this.#working;
  }

  /** @throws StoreDamaged when the storage does not hold the entries that its signed checkpoint covers. */
  async #readFirst(): Promise<void> {
    if (this.#log.size === 0) {
      this.#isReady = true;
      return;
    }
    const reading = this.#readNew();
    // What is to be appended waits meanwhile.
    this.#working = reading
      .catch((cause: unknown) => {
        for (const { fail } of this.#waiting.splice(0)) fail(cause);
      })
      .finally(() => this.#goOn());
    await reading;
    this.#isReady = true;
  }

  #goOn(): void {
    this.#working = undefined;
    if (this.#waiting.length > 0) this.#working = this.#work();
  }

  /** Reads the entries that the log has and this host has not seen, and holds them against the signed root. */
  async #readNew(): Promise<void> {
    const before = this.#state.size;
    const { size, root } = this.#log;
    if (before === size) return;
    const state = this.#state.copy();
    const frontier = Frontier.restore(before, this.#frontier.hashes);
    try {
      for await (const { jwt, index } of this.#store.entries(before, size)) {
        if (index !== frontier.size) break;
        const parsed = parseEntry(jwt);
        if (!parsed.ok) throw new StoreDamaged(`entry ${index} cannot be read: ${parsed.refusal.message}`);
        frontier.append(leafHashOfEntry(parsed.value.hash));
        state.takeCommitted(parsed.value);
        this.#take?.(parsed.value, index);
        if (frontier.size % entriesReadPerTurn !== 0) continue;
        await nextTurn();
        if (this.#isStopping) throw new Error("stopped before the log was read");
      }
      if (frontier.size !== size) throw new StoreDamaged(`entry ${frontier.size} is missing`);
      if (!equalBytes(frontier.root(), root))
        throw new StoreDamaged(
          "the entries are not those that the signed checkpoint covers; run the log check",
        );
    } catch (cause) {
      if (cause instanceof StoreDamaged) this.#giveUp(cause.message);
      throw cause;
    }
    this.#state = state;
    this.#frontier = frontier;
  }

  /** Serving reads may go on, signing must not. */
  #giveUp(damage: string): void {
    this.#damage = damage;
    this.#isStopping = true;
  }

  async #work(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        // A commit to SQLite holds the event loop until the disk has it. Requests that came meanwhile lie in their sockets:
        // a few turns let them join this commit, and cost one that comes alone 0.1 ms.
        for (let turn = 0; turn < turnsToGather; turn++) await nextTurn();
        const group = this.#waiting.splice(0);
        try {
          await this.#appendGroup(group);
        } catch (cause) {
          // Whoever has his answer keeps it; nobody waits for ever.
          for (const { fail } of group) fail(cause);
        }
      }
    } finally {
      this.#working = undefined;
    }
  }

  async #appendGroup(group: readonly Waiting[]): Promise<void> {
    const judged = await this.#judge(group);
    if (judged === undefined || judged.accepted.length === 0) return;
    const { accepted, state } = judged;
    const results = await Promise.allSettled(
      accepted.map(({ request }, i) =>
        this.#log.append(
          request.entries.map(({ parsed, box }) => ({
            jwt: parsed.jwt,
            hash: parsed.hash,
            ...(box !== undefined && { box }),
          })),
          // The place for which it was judged: in another one, its stream and its author's key were not looked at.
          { expectedSize: judged.places[i] ?? 0, objects: request.objects },
        ),
      ),
    );
    if (results.every((result) => result.status === "fulfilled" && result.value.ok)) {
      state.committed();
      this.#tell(accepted, this.#state.size);
      this.#state = state;
      this.#grown();
    }
    // An entry of ours may be in, and one of another process too: only the storage knows.
    else await this.#settlePartly();
    for (const [i, waiting] of accepted.entries()) this.#answer(waiting, results[i]);
  }

  /** Judges each request for the place it would get, and answers those that are refused. */
  async #judge(group: readonly Waiting[]) {
    let state = this.#state;
    const accepted: Waiting[] = [];
    const places: number[] = [];
    for (const waiting of group) {
      const { entries, expectedSize, as } = waiting.request;
      if (expectedSize !== undefined && expectedSize !== state.size) {
        waiting.answer(refuse(staleHead(expectedSize, state.size)));
        continue;
      }
      try {
        const attempt = state.copy();
        let refusal: HostRefusal | undefined;
        for (const [i, { parsed }] of entries.entries()) {
          refusal = await attempt.take(parsed, as, this.#context);
          if (refusal !== undefined) {
            refusal = { ...refusal, entry: i };
            break;
          }
          if (i % entriesPerTurn === entriesPerTurn - 1) await nextTurn();
        }
        if (refusal !== undefined) {
          waiting.answer(refuse(refusal));
          continue;
        }
        accepted.push(waiting);
        places.push(state.size);
        state = attempt;
      } catch (cause) {
        waiting.fail(cause);
      }
    }
    return { accepted, places, state };
  }

  #answer(waiting: Waiting, result: PromiseSettledResult<Result<Appended, AppendRefusal>> | undefined): void {
    if (result === undefined) throw new Error("bug: a request without a result");
    if (result.status === "rejected") {
      if (result.reason instanceof StoreDamaged) this.#damage = result.reason.message;
      waiting.fail(result.reason);
      return;
    }
    if (result.value.ok || result.value.refusal.code !== "stale-head") {
      waiting.answer(result.value);
      return;
    }
    // Its place went to another process. Whoever did not ask for a certain place, or whose place is still free, is judged
    // again behind the newcomers.
    const { expectedSize } = waiting.request;
    if (expectedSize !== undefined && expectedSize !== this.#log.size)
      waiting.answer(refuse(staleHead(expectedSize, this.#log.size)));
    else if (++waiting.tries >= triesMax || this.#damage !== undefined) waiting.answer(result.value);
    else this.#waiting.push(waiting);
  }

  async #settlePartly(): Promise<void> {
    try {
      await this.#reload();
    } catch (cause) {
      if (!(cause instanceof StoreDamaged)) throw cause;
      this.#damage = cause.message;
    }
  }

  async #reload(): Promise<void> {
    const sizeBefore = this.#state.size;
    const reloaded = await this.#log.reload();
    if (!reloaded.ok) {
      // Not the log we have signed.
      this.#giveUp(`${reloaded.refusal.code}: ${reloaded.refusal.message}`);
      return;
    }
    await this.#readNew();
    if (this.#state.size > sizeBefore) this.#grown();
  }

  #tell(accepted: readonly Waiting[], firstIndex: number): void {
    let index = firstIndex;
    for (const { request } of accepted)
      for (const { parsed } of request.entries) {
        this.#frontier.append(leafHashOfEntry(parsed.hash));
        this.#take?.(parsed, index++);
      }
  }

  #grown(): void {
    for (const listener of this.#listeners) listener(this.#log.size);
  }

  async #rootAt(size: number): Promise<Uint8Array | undefined> {
    if (size > this.#log.size) return undefined;
    if (size === this.#log.size) return this.#log.root;
    const known = this.#roots.get(size);
    if (known !== undefined) return known;
    const root = await new StoredTree(this.#store, this.#log.size).rootAt(size);
    if (!root.ok) throw new StoreDamaged(`the tree has lost hashes: ${root.refusal.message}`);
    // A bulk import anchors all its entries to a few checkpoints.
    if (this.#roots.size >= 1024) this.#roots.clear();
    this.#roots.set(size, root.value);
    return root.value;
  }
}

const stopping: Refusal = {
  code: "stopping",
  message: "The server is being stopped; try again in a minute.",
};

function staleHead(sizeExpected: number, sizeFound: number): AppendRefusal {
  return {
    code: "stale-head",
    message: `The log holds ${sizeFound} entries, not ${sizeExpected}; read it again.`,
    sizeExpected,
    sizeFound,
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
