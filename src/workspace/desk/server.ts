import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import type { Appended, AppendOptions, AppendRefusal } from "#log/sequencer.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { NewEntry } from "#storage/contract.ts";
import type { Lock, LockHead } from "#vault/keys/locks.ts";
import { entryJson, isOffline } from "./http-record.ts";
import { keepFoundation, keptFoundation } from "./kept-foundation.ts";
import type { FileToSend } from "./waiting-files.ts";

/** What `GET /api/foundation` says before anyone has signed in. */
export type FoundationInfo = {
  readonly started: boolean;
  readonly logKey: string;
  readonly genesis?: string;
  readonly name?: string;
  readonly currency?: string;
  readonly languages?: readonly string[];
  readonly startCodeNeeded: boolean;
};

export type Enrolment = {
  readonly member: string;
  readonly locks: readonly Lock[];
  readonly keyring: string;
};

export type SignInStart = { readonly challenge: string; readonly locks: readonly LockHead[] };
export type SignedIn = {
  readonly keyring: string;
  readonly keyringVersion: number;
  readonly sealed: string;
};

/**
 * The server's HTTP API as the desk uses it; `docs/reference/http.md`. Every failure is a {@link Failure} with the server's
 * code; `offline` when nobody answered.
 */
export class Server {
  readonly #base: string;
  readonly #fetch: typeof fetch;

  constructor(base: string, fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  get origin(): string {
    return this.#base;
  }

  /** Without a connection: as it was told to this device last, so that a member can open her desk all the same. */
  async foundation(): Promise<FoundationInfo> {
    try {
      const info = await this.json<FoundationInfo>("GET", "/api/foundation");
      if (info.started) await keepFoundation(info);
      return info;
    } catch (error) {
      const kept = isOffline(error) ? await keptFoundation() : undefined;
      if (kept === undefined) throw error;
      return kept;
    }
  }

  start(
    body: {
      entries: readonly NewEntry[];
      objects: readonly { name: string; bytes: Uint8Array }[];
      member: Enrolment;
    },
    startCode: string | undefined,
  ): Promise<{ size: number; checkpoint: string }> {
    const { entries, objects, member } = body;
    return this.json(
      "POST",
      "/api/foundation",
      { entries: entries.map(entryJson), objects: objects.map(objectJson), member },
      startCode === undefined ? {} : { "X-Start-Code": startCode },
    );
  }

  signInStart(member: string): Promise<SignInStart> {
    return this.json("POST", "/api/sign-in/start", { member });
  }

  signIn(body: { member: string; lock: string; challenge: string; signature: string }): Promise<SignedIn> {
    return this.json("POST", "/api/sign-in", body);
  }

  signOut(): Promise<unknown> {
    return this.json("POST", "/api/sign-out", {});
  }

  async head(): Promise<{ size: number; checkpoint: string } | undefined> {
    const head = await this.json<{ size: number; checkpoint?: string | null }>("GET", "/api/head");
    return typeof head.checkpoint === "string" ? { size: head.size, checkpoint: head.checkpoint } : undefined;
  }

  leafHashes(from: number, to: number): Promise<Uint8Array> {
    return from >= to ? Promise.resolve(new Uint8Array()) : this.#hashes(`/api/leaf-hashes?`, from, to);
  }

  tileRoots(level: number, from: number, to: number): Promise<Uint8Array> {
    if (from >= to) return Promise.resolve(new Uint8Array());
    return this.#hashes(`/api/tile-roots?level=${level}&`, from, to);
  }

  /** The server may answer with fewer than asked. */
  async #hashes(path: string, from: number, to: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let at = from;
    while (at < to) {
      const part = await this.bytes(`${path}from=${at}&to=${to}`);
      if (part === undefined || part.length === 0) break;
      parts.push(part);
      at += part.length / 32;
    }
    if (parts.length === 1 && parts[0] !== undefined) return parts[0];
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((offset, part) => (all.set(part, offset), offset + part.length), 0);
    return all;
  }

  tile(level: number, n: number): Promise<Uint8Array | undefined> {
    return this.bytes(`/api/tiles/${level}/${n}`);
  }

  async entries(from: number, to: number): Promise<Uint8Array> {
    return (await this.bytes(`/api/entries?from=${from}&to=${to}&boxes=1`)) ?? new Uint8Array();
  }

  /** Entries at positions in rising order, 256 at most; as many of the first of them as one answer holds. */
  async entriesAt(positions: readonly number[]): Promise<Uint8Array> {
    return (await this.bytes(`/api/entries?at=${positions.join(",")}&boxes=1`)) ?? new Uint8Array();
  }

  async indexOf(hash: string): Promise<number | undefined> {
    const response = await this.#send("GET", `/api/entry/${hash}`);
    if (response.status === 404) return undefined;
    await this.#refuseBad(response);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server's answer; a wrong index shows at its hash
    return ((await response.json()) as { index: number }).index;
  }

  async append(
    entries: readonly NewEntry[],
    options: AppendOptions,
  ): Promise<Result<Appended, AppendRefusal>> {
    const body = {
      ...(options.expectedSize !== undefined && { expectedSize: options.expectedSize }),
      entries: entries.map(entryJson),
      objects: (options.objects ?? []).map(objectJson),
    };
    try {
      return ok(await this.json<Appended>("POST", "/api/entries", body));
    } catch (error) {
      if (!(error instanceof Failure) || !isAppendCode(error.code)) throw error;
      return refuse({ code: error.code, message: error.message, ...error.details });
    }
  }

  /** What officers left for this member: sealed to her device. */
  async deliveries(): Promise<readonly { readonly id: string; readonly sealed: string }[]> {
    const answer = await this.json<{ deliveries: { id: string; sealed: string }[] }>(
      "GET",
      "/api/me/deliveries",
    );
    return answer.deliveries;
  }

  async dropDelivery(id: string): Promise<void> {
    await this.json("DELETE", `/api/me/deliveries/${id}`);
  }

  object(name: string): Promise<Uint8Array | undefined> {
    return this.bytes(`/api/objects/${encodeName(name)}`);
  }

  async objectNames(prefix: string): Promise<readonly string[]> {
    const answer = await this.json<{ names: string[] }>(
      "GET",
      `/api/objects?prefix=${encodeURIComponent(prefix)}`,
    );
    return answer.names;
  }

  cache(name: string): Promise<Uint8Array | undefined> {
    return this.bytes(`/api/cache/${encodeName(name)}`);
  }

  /** What a reader of the room left for newcomers: its bytes `from` ≤ i < `to`. */
  roomSnapshot(room: string, from: number, to: number): Promise<Uint8Array | undefined> {
    return this.bytes(`/api/rooms/${room}/snapshot?from=${from}&to=${to}`);
  }

  async putRoomSnapshot(room: string, bytes: Uint8Array): Promise<boolean> {
    const response = await this.#send("PUT", `/api/rooms/${room}/snapshot`, bytes);
    await this.#refuseBad(response);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server's answer
    return ((await response.json()) as { kept: boolean }).kept;
  }

  async putCache(name: string, bytes: Uint8Array): Promise<boolean> {
    await this.#refuseBad(await this.#send("PUT", `/api/cache/${encodeName(name)}`, bytes));
    return true;
  }

  /** Sends a sealed file, or what is missing of it; returns the name under which it is kept. */
  async upload(file: FileToSend): Promise<string> {
    const begun = file.stored === undefined ? undefined : await this.#uploadState(file.stored);
    if (file.stored !== undefined && begun?.done === true) return file.stored;
    let offset = begun?.offset ?? 0;
    let id = begun === undefined ? undefined : file.stored;
    if (id === undefined) {
      ({ id } = await this.json<{ id: string }>("POST", "/api/files", { size: file.sealedSize }));
      await file.onBegun(id);
    }
    while (offset < file.sealedSize) {
      const piece = await file.bytesFrom(offset);
      const response = await this.#send("PUT", `/api/files/${id}?offset=${offset}`, piece);
      await this.#refuseBad(response);
      // Read to its end: until then the browser keeps the request with its bytes, and an upload would grow with its file.
      await response.arrayBuffer();
      offset += piece.length;
    }
    await this.json("POST", `/api/files/${id}/finish`, { sha256: file.sealedSha256 });
    return id;
  }

  /** How much of an upload is there; undefined when the server does not know it any more. */
  async #uploadState(id: string): Promise<{ offset: number; done: boolean } | undefined> {
    const response = await this.#send("GET", `/api/files/${encodeURIComponent(id)}/state`);
    if (response.status === 404) return undefined;
    await this.#refuseBad(response);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server's answer; a wrong place is refused by it
    return (await response.json()) as { offset: number; done: boolean };
  }

  /** A sealed file as it comes; undefined when there is none. */
  async download(id: string): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined> {
    const response = await this.#send("GET", `/api/files/${encodeURIComponent(id)}`);
    if (response.status === 404) return undefined;
    await this.#refuseBad(response);
    return response.body === null ? [] : piecesOf(response.body);
  }

  async removeFile(id: string): Promise<void> {
    await this.#refuseBad(await this.#send("DELETE", `/api/files/${encodeURIComponent(id)}`));
  }

  /** The names of events as they come: "open" when the stream begins, then "head", "letters". Ends when the server does. */
  async *changes(signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#fetch(`${this.#base}/api/changes`, {
      credentials: "same-origin",
      headers: { Accept: "text/event-stream" },
      signal,
    });
    await this.#refuseBad(response);
    if (response.body === null) return;
    yield "open";
    let text = "";
    for await (const piece of piecesOf(response.body.pipeThrough(new TextDecoderStream()))) {
      text += piece;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const name = /^event: ?(.*)$/mu.exec(event)?.[1];
        if (name !== undefined) yield name;
      }
    }
  }

  /** A request with a JSON answer; throws the server's refusal. */
  async json<T>(
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await this.#send(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
      body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    );
    await this.#refuseBad(response);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server's answer; what matters is signed or sealed
    return (await response.json()) as T;
  }

  /** The bytes at an address; undefined when there is nothing. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    const response = await this.#send("GET", path);
    if (response.status === 404) return undefined;
    await this.#refuseBad(response);
    return new Uint8Array(await response.arrayBuffer());
  }

  async #send(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    try {
      return await this.#fetch(`${this.#base}${path}`, {
        method,
        credentials: "same-origin",
        headers: { "X-Aigaq": "1", ...headers },
        // Not copied: an upload of any size would hold each piece twice.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing of ours lies in shared memory
        ...(body !== undefined && { body: body as string | Uint8Array<ArrayBuffer> }),
      });
    } catch (cause) {
      throw notReached(cause);
    }
  }

  async #refuseBad(response: Response): Promise<void> {
    if (response.ok) return;
    const text = await response.text();
    let code = `http-${response.status}`;
    let message = `the server answered ${response.status}`;
    let details: Record<string, unknown> = {};
    try {
      const { error } = JSON.parse(text) as { error?: Record<string, unknown> };
      if (typeof error?.["code"] === "string") code = error["code"];
      if (typeof error?.["message"] === "string") message = error["message"];
      details = error ?? {};
    } catch {
      // Not ours: a proxy's page. 502–504 mean that the server behind it does not answer.
      if (response.status >= 502 && response.status <= 504) code = "offline";
    }
    throw new Failure(code, message, { details: { ...details, status: response.status } });
  }
}

async function* piecesOf<T>(body: ReadableStream<T>): AsyncGenerator<T> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw notReached(cause);
    });
    if (done) return;
    yield value;
  }
}

function notReached(cause: unknown): Failure {
  return new Failure("offline", "no connection to the server", { details: { cause: String(cause) } });
}

const appendCodes = [
  "stale-head",
  "disk-full",
  "entry-known",
  "entry-hash-wrong",
  "entry-too-large",
  "box-too-large",
] as const;

function isAppendCode(code: string): code is (typeof appendCodes)[number] {
  return (appendCodes as readonly string[]).includes(code);
}

function objectJson({ name, bytes }: { name: string; bytes: Uint8Array }): Record<string, string> {
  return { name, bytes: toBase64Url(bytes) };
}

function encodeName(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

/** Bytes of an answer in base64url; throws `answer-malformed`. */
export function answeredBytes(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === undefined)
    throw new Failure("answer-malformed", "the server gave something that is not base64url");
  return bytes;
}
