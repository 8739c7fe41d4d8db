/**
 * What the server keeps beside the record: members' locks and sealed keyrings, sessions, invitations, letters. Each is one
 * object of the storage under `server/`, so it survives a restart, is in every backup and is the same for all processes.
 * Clients never reach these names: `entries/objects.ts` refuses them.
 *
 * The storage has no removal of objects; an empty one counts as none.
 */
import { fromUtf8, utf8 } from "#record/bytes.ts";
import type { RecordStore } from "#storage/contract.ts";

export const serverPrefix = "server/";
const nothing = new Uint8Array(0);

export class NamedState {
  readonly #store: Pick<RecordStore, "object" | "objects" | "objectSizes" | "putObject">;

  constructor(store: Pick<RecordStore, "object" | "objects" | "objectSizes" | "putObject">) {
    this.#store = store;
  }

  /** What was put under this name. We wrote it ourselves, so its form is believed. */
  async get<T>(name: string): Promise<T | undefined> {
    const bytes = await this.#store.object(serverPrefix + name);
    return bytes === undefined ? undefined : parse<T>(bytes);
  }

  async put(name: string, value: unknown): Promise<void> {
    await this.#store.putObject(serverPrefix + name, encodeState(value));
  }

  async remove(name: string): Promise<void> {
    const bytes = await this.#store.object(serverPrefix + name);
    if (bytes !== undefined && bytes.length > 0) await this.#store.putObject(serverPrefix + name, nothing);
  }

  /** How many there are, without reading them. */
  async count(prefix: string): Promise<number> {
    return (await this.#store.objectSizes(serverPrefix + prefix)).filter(({ size }) => size > 0).length;
  }

  async list<T>(prefix: string): Promise<readonly { name: string; value: T }[]> {
    const objects = await this.#store.objects(serverPrefix + prefix);
    return objects.flatMap(({ name, bytes }) => {
      const value = parse<T>(bytes);
      return value === undefined ? [] : [{ name: name.slice(serverPrefix.length), value }];
    });
  }
}

/** As `put` writes it; for what must be in the same commit as entries. */
export function encodeState(value: unknown): Uint8Array {
  return utf8(JSON.stringify(value));
}

function parse<T>(bytes: Uint8Array): T | undefined {
  const text = fromUtf8(bytes);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `put` only
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as T);
}
