import type { FundsDraft } from "#domain/funds/entries.ts";
import type { Signer } from "#record/ed25519.ts";
import type { Anchor, StreamPlace } from "#record/entry.ts";
import { issueEntry } from "#record/issue.ts";
import type { NewEntry } from "#storage/contract.ts";
import { sealBox } from "#vault/seal/box.ts";
import { encodeEntryBox, type FileReference } from "#vault/seal/entry-box.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import type { StreamEnd } from "./books/books.ts";

/** Stream of `key.add`, `key.revoke` and `room.epoch`. */
export const keysStream = "keys";

/** A draft, of the books or of keys and rooms, with what must lie in its box besides the disclosures. */
export type Draft = Omit<FundsDraft, "stream"> & {
  /** `keys` is public like the others, so that a dossier cannot leave a revocation out unseen. */
  readonly stream: FundsDraft["stream"] | typeof keysStream;
  readonly files?: Readonly<Record<string, FileReference>>;
};

/** With what entries are signed and sealed. */
export type IssuingKeys = {
  readonly signer: Signer;
  readonly randomBytes: RandomBytes;
  /** The room's newest key. */
  readonly room: Uint8Array;
  readonly epoch: number;
  readonly epochKey: Uint8Array;
};

/** What all entries of a batch share. */
export type IssuingContext = {
  readonly genesis: Uint8Array | null;
  readonly anchor: Anchor;
  /** Unix seconds, author's clock. */
  readonly at: number;
};

/** Signed, sealed, and placed in its stream; not yet in the log. */
export type SealedEntry = {
  readonly entry: NewEntry;
  readonly stream: StreamPlace;
  readonly at: number;
};

/**
 * Turns drafts into signed and sealed entries, each after the last of its stream. `ends` is changed in place. The same
 * code runs in the session and, for imports of many rows, in a thread beside it.
 */
export async function issueAll(
  drafts: readonly Draft[],
  context: IssuingContext,
  keys: IssuingKeys,
  ends: Map<string, StreamEnd>,
): Promise<SealedEntry[]> {
  const out: SealedEntry[] = [];
  for (const { type, stream: id, pub, hidden, items, files } of drafts) {
    const end = ends.get(id);
    const stream = { id, seq: (end?.seq ?? -1) + 1, previous: end?.hash ?? null };
    const { jwt, hash, disclosures } = issueEntry(
      {
        ...context,
        type,
        stream,
        pub,
        ...(hidden !== undefined && { hidden }),
        ...(items !== undefined && { items }),
      },
      keys,
    );
    ends.set(id, { seq: stream.seq, hash });
    const isAllPublic = Object.keys(disclosures.hidden).length === 0 && disclosures.items.length === 0;
    if (isAllPublic && files === undefined) {
      out.push({ entry: { jwt, hash }, stream, at: context.at });
      continue;
    }
    const plaintext = encodeEntryBox({ disclosures, ...(files !== undefined && { files }) });
    out.push({
      entry: { jwt, hash, box: await sealBox({ ...keys, entryHash: hash, plaintext }) },
      stream,
      at: context.at,
    });
  }
  return out;
}
