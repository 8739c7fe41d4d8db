import { equalBytes } from "#record/bytes.ts";
import {
  leafHashOfEntry,
  parseEntry,
  type ParsedEntry,
  verifyEntrySignature,
  verifyEntrySignatureLater,
} from "#record/entry.ts";
import { KeyDirectory, keyEntryOf, type MemberKey } from "#record/key-directory.ts";
import { Frontier } from "#record/tree.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { Books, StreamEnd } from "../books/books.ts";
import { Failure } from "../refusals/failure.ts";
import { keysStream } from "../issuing.ts";
import { readKeyLog } from "./key-log.ts";
import type { RecordReader } from "../record-port.ts";

/** In an object, since a promise of a promise is one promise. `author`: whose key it names. */
export type Signed = { readonly signed: Promise<void>; readonly author: MemberKey };

/** Signatures that are looked at together; a browser has several threads for it. */
const signaturesAtOnce = 64;

/** Opened entries in their order, each only when its signature was found good; `opened` may be under way for several. */
export async function* inGroups<T, U>(
  entries: AsyncIterable<T>,
  open: (entry: T) => Promise<{ readonly opened: U; readonly signed: Signed | undefined }>,
): AsyncGenerator<U> {
  let group: { readonly opened: U; readonly signed: Signed | undefined }[] = [];
  for await (const entry of entries) {
    group.push(await open(entry));
    if (group.length < signaturesAtOnce) continue;
    yield* await settled(group);
    group = [];
  }
  yield* await settled(group);
}

async function settled<U>(
  group: readonly { readonly opened: U; readonly signed: Signed | undefined }[],
): Promise<readonly U[]> {
  await Promise.all(group.map(({ signed }) => signed?.signed));
  return group.map(({ opened }) => opened);
}

/**
 * The checks of `log check` over entries that a server of others gave, made before an entry counts: whoever runs the server
 * holds the key of the log, so he can append what nobody signed, leave out what was there, or change the order; the tree alone
 * shows none of that to a device that has not seen the log before.
 */
export class AuthorCheck {
  readonly #reader: RecordReader;
  #directory: KeyDirectory;
  /** Whether the directory came from the stream of keys alone, and not from every entry before. */
  #isFromStream: boolean;
  readonly #streams: Map<string, StreamEnd>;
  #index: number;
  readonly #tree: StoredTree;
  /** From the first entry on, roots are computed on the way; later ones, asked for one by one. */
  readonly #frontier: Frontier | undefined;
  readonly #roots: Uint8Array[] = [];
  #lastAnchor: { readonly size: number; readonly root: Uint8Array } | undefined;

  private constructor(
    reader: RecordReader,
    books: Pick<Books, "size" | "streams">,
    size: number,
    directory: KeyDirectory,
  ) {
    this.#reader = reader;
    this.#directory = directory;
    this.#index = books.size;
    this.#isFromStream = books.size > 0;
    this.#streams = new Map(books.streams);
    this.#tree = new StoredTree(reader, size);
    this.#frontier = books.size === 0 ? new Frontier() : undefined;
  }

  /** Goes on where the books end; these were checked when they were made. `size`: of the log. */
  static async after(
    reader: RecordReader,
    books: Pick<Books, "size" | "streams">,
    size: number,
  ): Promise<AuthorCheck> {
    const { directory } =
      books.size === 0
        ? { directory: new KeyDirectory() }
        : await readKeyLog(reader, books.streams.get(keysStream)?.hash);
    return new AuthorCheck(reader, books, size, directory);
  }

  /**
   * Takes the next entry of the log; `signed` is settled when its signature was looked at, so that many can be under way at
   * once. An entry counts only when both have not thrown.
   *
   * @throws Failure `entry-forged`: not signed by a key that counted at its place, or of another foundation.
   * `log-rewritten`: its author had seen other entries before it, or it does not continue its stream.
   */
  async take(parsed: ParsedEntry): Promise<Signed> {
    const index = this.#index++;
    const { genesis, type, anchor, stream } = parsed.payload;
    const entry = keyEntryOf(parsed, index);
    let author = this.#directory.authorAt(entry);
    if (!author.ok && this.#isFromStream) {
      // A key that was added outside the stream of keys: not by a server of ours, but by a log that is continued.
      this.#directory = await this.#directoryOfAll(index);
      this.#isFromStream = false;
      author = this.#directory.authorAt(entry);
    }
    const elsewhere = this.#directory.checkGenesis(genesis, type, index);
    if (elsewhere !== undefined) throw forged(index, elsewhere.message);
    if (!author.ok) throw forged(index, author.refusal.message);
    const signed = isSigned(parsed, author.value.publicKey, index);
    // Also where something else of the entry throws first.
    signed.catch(() => undefined);
    if (type === "genesis" || type.startsWith("key.")) {
      await signed;
      const taken = this.#directory.take(entry);
      if (!taken.ok) throw forged(index, taken.refusal.message);
    }
    if (stream !== undefined) {
      const end = this.#streams.get(stream.id);
      const follows =
        stream.seq === (end?.seq ?? -1) + 1 &&
        (end === undefined || stream.previous === null
          ? end === undefined && stream.previous === null
          : equalBytes(stream.previous, end.hash));
      if (!follows) throw rewritten(index, `it does not continue the stream ${stream.id}`);
      this.#streams.set(stream.id, { seq: stream.seq, hash: parsed.hash });
    }
    if (anchor.size > index || !equalBytes(await this.#rootAt(anchor.size), anchor.root))
      throw rewritten(index, `its author had seen another log of ${anchor.size} entries`);
    if (this.#frontier !== undefined) {
      this.#roots.push(this.#frontier.root());
      this.#frontier.append(leafHashOfEntry(parsed.hash));
    }
    return { signed, author: author.value };
  }

  async #rootAt(size: number): Promise<Uint8Array> {
    if (this.#frontier !== undefined) return this.#roots[size] ?? this.#frontier.root();
    // Many entries in a row name the same checkpoint.
    if (this.#lastAnchor?.size !== size) {
      const root = await this.#tree.rootAt(size);
      this.#lastAnchor = { size, root: root.ok ? root.value : new Uint8Array() };
    }
    return this.#lastAnchor.root;
  }

  async #directoryOfAll(size: number): Promise<KeyDirectory> {
    const directory = new KeyDirectory();
    for await (const { jwt, index } of this.#reader.entries(0, size)) {
      const parsed = parseEntry(jwt);
      if (!parsed.ok || !/^(?:genesis$|key\.)/u.test(parsed.value.payload.type)) continue;
      const entry = keyEntryOf(parsed.value, index);
      const author = directory.authorAt(entry);
      if (author.ok && verifyEntrySignature(parsed.value, author.value.publicKey)) directory.take(entry);
    }
    return directory;
  }
}

async function isSigned(parsed: ParsedEntry, publicKey: Uint8Array, index: number): Promise<void> {
  if (!(await verifyEntrySignatureLater(parsed, publicKey)))
    throw forged(index, "the signature is not over this entry");
}

function forged(index: number, why: string): Failure {
  return new Failure("entry-forged", `entry ${index}: ${why}`, { exitCode: 1 });
}

function rewritten(index: number, why: string): Failure {
  return new Failure("log-rewritten", `entry ${index}: ${why}`, { exitCode: 1 });
}
