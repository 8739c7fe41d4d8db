import { fromHex } from "#record/bytes.ts";
import type { Json, JsonObject } from "#record/json-strict.ts";
import { parseEntry, verifyEntrySignature, type ParsedEntry } from "#record/entry.ts";
import { KeyDirectory, keyEntryOf, officerRole, type MemberKey } from "#record/key-directory.ts";
import type { StoredEntry } from "#storage/contract.ts";
import { Failure } from "../refusals/failure.ts";
import { keysStream } from "../issuing.ts";
import type { RecordReader } from "../record-port.ts";

/** An entry about keys and rooms whose signature was found good under a key that counted at its place. */
export type KeyFact = {
  readonly stored: StoredEntry;
  readonly index: number;
  /** The key that signed it, as it stood at its place: a revocation that came later is not in it. */
  readonly author: MemberKey;
  readonly type: string;
  /** The author's clock, unix seconds. */
  readonly at: number;
  readonly pub: JsonObject;
};

export type KeyLog = {
  readonly directory: KeyDirectory;
  /** Genesis first, in the order of the log. Entries that keys.md would refuse are not among them. */
  readonly facts: readonly KeyFact[];
  /**
   * The same, with those whose author's key counted when they were made and was revoked back to before them since. Nothing is
   * sealed because of them; trustees open rooms by them, since whoever took a device could else void every room with one entry.
   */
  readonly made: readonly KeyFact[];
};

/**
 * Everything that the record says of keys and rooms up to the entry `last` of the stream `keys`, verified: the chain is
 * walked back from there to its first entry, so nothing in between can be left out, and then judged in order.
 * Whoever names `last` is not believed: an entry that is not of this log is not found in it.
 *
 * @throws Failure `keys-incomplete` when an entry of the chain is not there.
 */
export async function readKeyLog(
  reader: Pick<RecordReader, "entries" | "entryByHash">,
  last: Uint8Array | undefined,
): Promise<KeyLog> {
  const chain: [StoredEntry, ParsedEntry][] = [];
  let hash: Uint8Array | null = last ?? null;
  while (hash !== null) {
    const stored: StoredEntry | undefined = await reader.entryByHash(hash);
    const parsed = stored === undefined ? undefined : parseEntry(stored.jwt);
    const stream = parsed?.ok === true ? parsed.value.payload.stream : undefined;
    if (stored === undefined || parsed?.ok !== true || stream?.id !== keysStream) throw incomplete();
    chain.push([stored, parsed.value]);
    hash = stream.previous;
    if (hash === null && stream.seq !== 0) throw incomplete();
  }
  for await (const stored of reader.entries(0, 1)) {
    const parsed = parseEntry(stored.jwt);
    if (parsed.ok) chain.push([stored, parsed.value]);
  }
  return judge(chain.toReversed());
}

function incomplete(): Failure {
  return new Failure("keys-incomplete", "the server does not show all entries about members and keys");
}

function judge(chain: readonly (readonly [StoredEntry, ParsedEntry])[]): KeyLog {
  const directory = new KeyDirectory();
  const made: KeyFact[] = [];
  for (const [stored, parsed] of chain) {
    const { genesis, type: kind } = parsed.payload;
    if (directory.checkGenesis(genesis, kind, stored.index) !== undefined) continue;
    const entry = keyEntryOf(parsed, stored.index);
    const author = directory.authorAt(entry);
    if (!author.ok || !verifyEntrySignature(parsed, author.value.publicKey)) continue;
    if (!directory.take(entry).ok) continue;
    const { type, pub } = entry;
    made.push({ stored, index: stored.index, author: author.value, type, at: parsed.payload.at, pub });
  }
  // A revocation may reach back: what its key did from there on does not count either.
  return {
    directory,
    facts: made.filter(({ author, index }) => index === 0 || directory.keyAt(author.kid, index).ok),
    made,
  };
}

export type RoomEpochFact = {
  readonly epoch: number;
  readonly index: number;
  readonly at: number;
  /** Member who started it. */
  readonly by: string;
  readonly readers: readonly string[];
  readonly commitment: string;
};

/** A `room.epoch` entry by an officer, read; undefined for any other. */
export function epochOf(fact: KeyFact): (RoomEpochFact & { readonly id: string }) | undefined {
  if (fact.type !== "room.epoch" || !fact.author.roles.includes(officerRole)) return undefined;
  const { room, epoch, readers, commitment } = fact.pub;
  if (typeof room !== "string" || fromHex(room)?.length !== 16) return undefined;
  if (typeof epoch !== "number" || typeof commitment !== "string" || !isTexts(readers)) return undefined;
  return { id: room, epoch, index: fact.index, at: fact.at, by: fact.author.member, readers, commitment };
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
