/**
 * The one place where the log grows: entries in, numbers and a signed checkpoint out.
 *
 * Order of durability. A log must never show a checkpoint over something it has lost, so the order is: entries, tiles,
 * fsync, checkpoint. Here all four are one commit of the storage: atomic, so no reader sees one without the others, and
 * fsynced before `append` answers. Nothing that was signed leaves this module before that.
 *
 * Nothing is signed unseen either: entry hashes are computed again from the text that goes to the storage, and the
 * storage reads its rows back before it commits. A checkpoint signed for a commit that then failed is thrown away
 * inside this module, so a second, different checkpoint of the same size never gets out.
 */
import { equalBytes, utf8 } from "#record/bytes.ts";
import { checkpointText } from "#record/checkpoint.ts";
import type { Signer } from "#record/ed25519.ts";
import { entryHashOf, entryLengthMax, leafHashOfEntry } from "#record/entry.ts";
import type { VerifierKey } from "#record/note.ts";
import { signatureLine, signatureType, verifierKey } from "#record/note.ts";
import type { Refusal, Result } from "#record/result.ts";
import { assert, ok, refuse } from "#record/result.ts";
import type { TileEdge } from "#record/tile-edge.ts";
import { fullTileRoot, tileWidth } from "#record/tiles.ts";
import { Frontier } from "#record/tree.ts";
import type { FullTile, NamedObject, NewEntry, RecordStore } from "#storage/contract.ts";
import { StoreConflict, StoreFull, boxBytesMax } from "#storage/contract.ts";
import type { LogHead, LogHeadRefusal } from "./log-head.ts";
import { compareWithWitnessed, readLogHead } from "./log-head.ts";

/**
 * - `stale-head`: the log has grown since it was read; read it again and decide again. Nothing was appended.
 * - `disk-full`: nothing was appended; free some space and try again.
 * - `entry-known`: one of the entries is in the log already. Nothing was appended.
 * - `entry-hash-wrong`: an entry does not hash to what its author computed.
 * - `entry-too-large`, `box-too-large`: over 1 MiB, over 64 MiB.
 */
export type AppendRefusal = Refusal<
  "stale-head" | "disk-full" | "entry-known" | "entry-hash-wrong" | "entry-too-large" | "box-too-large"
>;

/** What `append` gives back: durable, and numbered `firstIndex` and up. */
export type Appended = { readonly firstIndex: number; readonly size: number; readonly checkpoint: string };

export type AppendOptions = {
  /** The size the author built on, when it matters (streams, balances): another size refuses with `stale-head`. */
  readonly expectedSize?: number;
  /** Epoch files and the like, in the same commit. */
  readonly objects?: readonly NamedObject[];
};

export type LogSetup = {
  readonly store: RecordStore;
  /** The log's own key. Whoever has it can fork the log, which witnesses show; he cannot forge an entry. */
  readonly logSigner: Signer;
  /** Name of the log and of its key, "aigaq.example/foundation". */
  readonly origin: string;
  /** Signed checkpoints of this log known from outside; see `behind-witness`. */
  readonly witnessed?: readonly string[];
};

/** How much of what is waiting goes into one commit. Bounds memory and how long a reader may wait for a writer. */
const groupEntriesMax = 4096;

/**
 * Opens the log of a storage for appending. The storage must not be written to by anyone else meanwhile; if it is, the
 * compare-and-swap of the commit turns that into `stale-head`.
 */
export async function openLog(setup: LogSetup): Promise<Result<Log, LogHeadRefusal>> {
  const key = verifierKey(setup.origin, signatureType.ed25519, setup.logSigner.publicKey);
  const head = await readLogHead(setup.store, key);
  if (!head.ok) return head;
  const refusal = await compareWithWitnessed(setup.store, head.value, setup.witnessed ?? [], key);
  if (refusal !== undefined) return refuse(refusal);
  return ok(new Log(setup, key, head.value));
}

type Request = {
  readonly entries: readonly NewEntry[];
  readonly options: AppendOptions;
  readonly resolve: (result: Result<Appended, AppendRefusal>) => void;
  readonly reject: (cause: unknown) => void;
};

/** A log open for appending; made by `openLog`. It does not own the store. */
export class Log {
  readonly #store: RecordStore;
  readonly #signer: Signer;
  readonly #key: VerifierKey;
  #working: Promise<void> = Promise.resolve();
  /** Both advance only after the storage has. */
  #edge: TileEdge;
  #frontier: Frontier;
  #root: Uint8Array;
  #checkpoint: string | undefined;
  #waiting: Request[] = [];
  #isWorking = false;

  constructor(setup: LogSetup, key: VerifierKey, head: LogHead) {
    this.#store = setup.store;
    this.#signer = setup.logSigner;
    this.#key = key;
    this.#edge = head.edge;
    this.#frontier = head.frontier;
    this.#root = head.root;
    this.#checkpoint = head.checkpoint;
  }

  /** Number of entries that are durable. */
  get size(): number {
    return this.#edge.size;
  }

  get root(): Uint8Array {
    return this.#root;
  }

  /** The last signed checkpoint; undefined before the first append. */
  checkpoint(): string | undefined {
    return this.#checkpoint;
  }

  /**
   * Appends the entries in order, all or none, and answers when they are durable. Calls made while another is under
   * way share its successor's commit: one fsync for many.
   *
   * Who signed an entry, and whether he might, is decided before (by whoever accepts it) and after (by `checkLog`), not
   * here. Rejects only with `StoreDamaged` or for a bug.
   */
  append(
    entries: readonly NewEntry[],
    options: AppendOptions = {},
  ): Promise<Result<Appended, AppendRefusal>> {
    const refusal = refusalOfEntries(entries);
    if (refusal !== undefined) return Promise.resolve(refuse(refusal));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, options, resolve, reject });
      if (!this.#isWorking) this.#working = this.#work();
    });
  }

  /**
   * Goes on from what the storage holds now, after another process has appended to it (`stale-head` without an
   * `expectedSize` says so). Refuses a storage that no longer leads to the checkpoint known here: then it is not the same
   * log any more, and nothing may be signed on top of it.
   */
  async reload(): Promise<Result<true, LogHeadRefusal>> {
    while (this.#isWorking) await this.#working;
    const head = await readLogHead(this.#store, this.#key);
    if (!head.ok) return head;
    const known = this.#checkpoint === undefined ? [] : [this.#checkpoint];
    const refusal = await compareWithWitnessed(this.#store, head.value, known, this.#key);
    if (refusal !== undefined) return refuse(refusal);
    this.#edge = head.value.edge;
    this.#frontier = head.value.frontier;
    this.#root = head.value.root;
    this.#checkpoint = head.value.checkpoint;
    return ok(true);
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    // Let everyone who appends in this turn of the event loop join the first commit.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#commitGroup(this.#takeGroup());
    this.#isWorking = false;
  }

  #takeGroup(): Request[] {
    let count = 0;
    let length = 0;
    for (const { entries } of this.#waiting) {
      if (length > 0 && count + entries.length > groupEntriesMax) break;
      count += entries.length;
      length++;
    }
    return this.#waiting.splice(0, length);
  }

  async #commitGroup(requests: readonly Request[]): Promise<void> {
    const accepted: { request: Request; firstIndex: number }[] = [];
    let size = this.#edge.size;
    for (const request of requests) {
      const { expectedSize = size } = request.options;
      if (expectedSize === size) {
        accepted.push({ request, firstIndex: size });
        size += request.entries.length;
      } else request.resolve(refuse(staleHead(expectedSize, size)));
    }
    if (accepted.length === 0) return;
    try {
      const checkpoint = await this.#commit(accepted.map(({ request }) => request));
      for (const { request, firstIndex } of accepted) {
        request.resolve(ok({ firstIndex, size: firstIndex + request.entries.length, checkpoint }));
      }
    } catch (cause) {
      // One bad request must not spoil the others: alone, each gets its own answer.
      if (accepted.length > 1) for (const { request } of accepted) await this.#commitGroup([request]);
      else for (const { request } of accepted) settleFailure(request, cause);
    }
  }

  async #commit(requests: readonly Request[]): Promise<string> {
    const entries = requests.flatMap((request) => request.entries);
    const objects = requests.flatMap((request) => request.options.objects ?? []);
    const leaves = entries.map(({ hash }) => leafHashOfEntry(hash));
    const frontier = Frontier.restore(this.#edge.size, this.#frontier.hashes);
    for (const leaf of leaves) frontier.append(leaf);
    const root = frontier.root();
    const size = frontier.size;
    const { edge, tiles } = edgeAfter(this.#edge, leaves);
    const checkpoint = this.#sign(size, root);
    await this.#store.commit({ expectedSize: this.#edge.size, entries, tiles, checkpoint, objects });
    this.#edge = edge ?? this.#edge;
    if (edge === undefined) for (const leaf of leaves) this.#edge.append(leaf, neverFull);
    this.#frontier = frontier;
    this.#root = root;
    this.#checkpoint = checkpoint;
    return checkpoint;
  }

  /** As `signCheckpoint`, which would hash the name of the key anew each time: a tenth of what the signature costs. */
  #sign(size: number, root: Uint8Array): string {
    const text = checkpointText({ origin: this.#key.name, size, root });
    return `${text}\n${signatureLine(this.#key, this.#signer.sign(utf8(text)))}`;
  }
}

/**
 * The tiles that become full with these leaves, and the edge behind them; no edge when none does. The edge is copied
 * only then, 8 KiB per level: a commit that fails must leave it as it was, and most commits fill no tile.
 */
function edgeAfter(
  edge: TileEdge,
  leaves: readonly Uint8Array[],
): { edge?: TileEdge; tiles: readonly FullTile[] } {
  if ((edge.size % tileWidth) + leaves.length < tileWidth) return { tiles: [] };
  const tiles: FullTile[] = [];
  const after = edge.clone();
  for (const leaf of leaves) {
    after.append(leaf, (tile) => tiles.push({ ...tile, root: fullTileRoot(tile.bytes) }));
  }
  return { edge: after, tiles };
}

function neverFull(): void {
  assert(false, "a tile became full that was not in the commit");
}

function refusalOfEntries(entries: readonly NewEntry[]): AppendRefusal | undefined {
  for (const { jwt, hash, box } of entries) {
    if (jwt.length > entryLengthMax)
      return { code: "entry-too-large", message: `An entry has at most ${entryLengthMax} characters.` };
    if (!equalBytes(entryHashOf(jwt), hash))
      return { code: "entry-hash-wrong", message: "An entry does not hash to what its author computed." };
    if (box !== undefined && box.box.length > boxBytesMax)
      return {
        code: "box-too-large",
        message: `A box has at most ${boxBytesMax} bytes; larger things are files.`,
      };
  }
  return undefined;
}

function settleFailure(request: Request, cause: unknown): void {
  if (cause instanceof StoreConflict) {
    const refusal: AppendRefusal =
      cause.reason === "size"
        ? staleHead(cause.sizeExpected, cause.sizeFound)
        : { code: "entry-known", message: "One of these entries is in the log already." };
    request.resolve(refuse(refusal));
  } else if (cause instanceof StoreFull) {
    request.resolve(refuse({ code: "disk-full", message: "The disk is full; nothing was appended." }));
  } else request.reject(cause);
}

function staleHead(sizeExpected: number, sizeFound: number): AppendRefusal {
  return {
    code: "stale-head",
    message: `The log holds ${sizeFound} entries, not ${sizeExpected}; read it again.`,
    sizeExpected,
    sizeFound,
  };
}
