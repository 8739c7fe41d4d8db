import { Client } from "pg";
import { clientConfig } from "./connection.ts";
import { integerOf } from "./rows.ts";
import { headChannel } from "./schema.ts";
import { sql } from "./statements.ts";

/** Waits between attempts to hear again: the first is short, for a server that only restarts. */
const retryMs = [200, 1000, 2000, 5000];

/** Listening to a database; disposing of it ends the callbacks. */
export type HeadListener = AsyncDisposable;

/** Listens on a connection of its own, and makes a new one whenever it is lost. Throws if the first cannot be made. */
export async function listenForHead(url: string, callback: (size: number) => void): Promise<HeadListener> {
  const listener = new Listener(url, callback);
  await listener.connect();
  return listener;
}

class Listener implements AsyncDisposable {
  readonly #url: string;
  readonly #callback: (size: number) => void;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, callback: (size: number) => void) {
    this.#url = url;
    this.#callback = callback;
  }

  async connect(): Promise<void> {
    const client = new Client(clientConfig(this.#url));
    // "end" follows each error and is what acts; without a listener Node would end the program.
    client.on("error", () => undefined);
    client.on("notification", ({ channel, payload }) => {
      if (channel === headChannel && !this.#isClosed) this.#callback(Number(payload));
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${headChannel}`);
    } catch (cause) {
      await client.end().catch(() => undefined);
      throw cause;
    }
    if (this.#isClosed) return client.end();
    client.on("end", () => void this.#again(0));
    this.#client = client;
    return undefined;
  }

  async #again(attempt: number): Promise<void> {
    this.#client = undefined;
    if (this.#isClosed) return;
    await new Promise((resolve) => {
      this.#timer = setTimeout(resolve, retryMs[Math.min(attempt, retryMs.length - 1)]);
      // Listening alone is no reason for a program to stay.
      this.#timer.unref();
    });
    if (this.#isClosed) return;
    try {
      await this.connect();
      await this.#tellPresentSize();
    } catch {
      if (this.#client === undefined) await this.#again(attempt + 1);
    }
  }

  /** What was notified while nobody listened is lost, so the size is told after each new connection. */
  async #tellPresentSize(): Promise<void> {
    if (this.#client === undefined) return;
    const { rows } = await this.#client.query<Record<string, unknown>>(sql.head.text);
    if (!this.#isClosed) this.#callback(integerOf(rows[0] ?? {}, "size"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }
}
