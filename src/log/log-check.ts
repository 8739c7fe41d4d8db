/**
 * `log check`: everything the log claims, verified again from the entries in the storage, trusting none of the hashes
 * beside them. Needs no secret: boxes are not opened here, and their own opening checks them.
 *
 * It reads the whole log once and never stops at a fault. What it keeps in memory is 64 bytes per entry for the tree.
 */
import { equalBytes, toHex } from "#record/bytes.ts";
import type { Checkpoint } from "#record/checkpoint.ts";
import { openCheckpoint, parseCheckpointText } from "#record/checkpoint.ts";
import type { ParsedEntry } from "#record/entry.ts";
import { entryHashOf, leafHashOfEntry, parseEntry, verifyEntrySignature } from "#record/entry.ts";
import { KeyDirectory, keyEntryOf } from "#record/key-directory.ts";
import { parseNote, parseVkey } from "#record/note.ts";
import type { Refusal } from "#record/result.ts";
import { StreamCheck } from "#record/stream-check.ts";
import { tileWidth } from "#record/tiles.ts";
import type { RecordStore, StoredEntry } from "#storage/contract.ts";
import { StoreDamaged } from "#storage/contract.ts";
import type { LogCheck } from "./check-list.ts";
import { CheckList } from "./check-list.ts";
import { WholeTree } from "./whole-tree.ts";

export type LogCheckOptions = {
  /** The log's verifier key, as told by someone other than this storage; without it the genesis entry's is believed. */
  readonly vkey?: string;
  /** Hash of the genesis entry, when it is known from elsewhere. */
  readonly genesis?: Uint8Array;
  /**
   * Signatures of entries before this index are taken as checked earlier, and reported as not checked now. All else
   * is checked from the beginning all the same.
   */
  readonly from?: number;
  /** Told now and then how far it is, and once at the end. */
  readonly progress?: (done: number, total: number) => void;
};

/** What is read of a storage to check it. */
export type CheckedStore = Pick<
  RecordStore,
  "checkIntegrity" | "head" | "entries" | "leafHashes" | "fullTile" | "tileRoots"
>;

const progressEvery = 1000;

/** Verifies a whole log; `overallVerdict` of the list is the answer in one word. Never throws for what it finds. */
export async function checkLog(
  store: CheckedStore,
  options: LogCheckOptions = {},
): Promise<readonly LogCheck[]> {
  return new LogChecker(store, options).run();
}

class LogChecker {
  readonly #store: CheckedStore;
  readonly #options: LogCheckOptions;
  readonly #list = new CheckList();
  readonly #keys = new KeyDirectory();
  readonly #streams = new StreamCheck();
  readonly #tree = new WholeTree();
  /** Entries of each key that counted when they were read: a later revocation may reach back to them. */
  readonly #accepted = new Map<string, number[]>();
  /** First entry that is missing or damaged: from there on the rebuilt tree is not the one that authors have seen. */
  #damagedFrom = Infinity;
  #lastAnchor: { size: number; root: Uint8Array } | undefined;

  constructor(store: CheckedStore, options: LogCheckOptions) {
    this.#store = store;
    this.#options = options;
  }

  async run(): Promise<readonly LogCheck[]> {
    for (const { code, message } of await this.#store.checkIntegrity()) {
      this.#list.broken("storage", "storage", `${code}: ${message}`);
    }
    if (!this.#list.hasFault("storage")) this.#list.held("storage", "storage");
    try {
      await this.#checkAll();
    } catch (cause) {
      // Damage of the file itself: what was found so far is still worth saying.
      if (!(cause instanceof StoreDamaged)) throw cause;
      this.#list.broken("storage", "storage", `${cause.code}: ${cause.message}`);
    }
    return this.#list.checks();
  }

  async #checkAll(): Promise<void> {
    const head = await this.#store.head();
    const total = head?.size ?? 0;
    await this.#checkEntries(total);
    this.#checkRevocationsThatReachBack();
    if (head === undefined) {
      this.#list.couldNotCheck(
        "checkpoint-signature",
        "checkpoint",
        "the log is empty: nothing was ever signed",
      );
      return;
    }
    const checkpoint = this.#checkCheckpoint(head.checkpoint, head.size);
    await this.#checkHashes();
    if (checkpoint === undefined) {
      this.#list.couldNotCheck(
        "tree-root",
        "checkpoint",
        "the checkpoint does not say which root it is over",
      );
    } else if (
      this.#tree.size === checkpoint.size &&
      equalBytes(this.#tree.rootAt(checkpoint.size), checkpoint.root)
    ) {
      this.#list.held("tree-root", "root");
    } else {
      this.#list.broken(
        "tree-root",
        `size ${checkpoint.size}`,
        "the entries lead to another root than the one signed",
      );
    }
  }

  async #checkEntries(total: number): Promise<void> {
    const { progress, from = 0 } = this.#options;
    let next = 0;
    for await (const entry of this.#store.entries(0, total)) {
      if (entry.index !== next) this.#reportMissing(next, entry.index);
      next = entry.index + 1;
      this.#checkEntry(entry);
      if (next % progressEvery === 0) {
        progress?.(next, total);
        // Verification is one long computation; let the terminal draw and signals in.
        await nextTurn();
      }
    }
    if (next < total) this.#reportMissing(next, total);
    if (!this.#list.hasFault("entry-present")) this.#list.held("entry-present", "log without holes");
    if (from > 0 && total > 0) {
      const subject = `entries 0 to ${Math.min(from, total) - 1}`;
      this.#list.couldNotCheck(
        "entry-signature",
        subject,
        `left out: only entries from ${from} on were asked for`,
      );
    }
    progress?.(total, total);
  }

  #checkEntry(entry: StoredEntry): void {
    const subject = `entry ${entry.index}`;
    const parsed = parseEntry(entry.jwt);
    const hash = parsed.ok ? parsed.value.hash : entryHashOf(entry.jwt);
    if (equalBytes(hash, entry.hash)) this.#list.held("entry-hash", "entries");
    else {
      this.#list.broken("entry-hash", subject, "the entry is not the one whose hash was stored");
      this.#damagedFrom = Math.min(this.#damagedFrom, entry.index);
    }
    if (parsed.ok) {
      this.#list.held("entry-form", "entries");
      this.#checkAuthor(parsed.value, entry.index, subject);
      this.#checkPlace(parsed.value, entry.index, subject);
    } else this.#list.broken("entry-form", subject, sentence(parsed.refusal));
    this.#tree.append(leafHashOfEntry(hash));
  }

  #checkAuthor(parsed: ParsedEntry, index: number, subject: string): void {
    const { genesis, type } = parsed.payload;
    const wrongLog = this.#keys.checkGenesis(genesis, type, index);
    if (wrongLog === undefined) this.#list.held("entry-genesis", "entries");
    else this.#list.broken("entry-genesis", subject, sentence(wrongLog));

    const entry = keyEntryOf(parsed, index);
    const author = this.#keys.authorAt(entry);
    if (!author.ok) {
      this.#list.broken("entry-key", subject, sentence(author.refusal));
      return;
    }
    this.#list.held("entry-key", "entries");
    const known = this.#accepted.get(parsed.kid);
    if (known === undefined) this.#accepted.set(parsed.kid, [index]);
    else known.push(index);

    const isKeyChange = type === "genesis" || type.startsWith("key.");
    // Who may sign follows from these, so they are verified even where the rest was checked earlier.
    if (index >= (this.#options.from ?? 0) || isKeyChange) {
      if (!verifyEntrySignature(parsed, author.value.publicKey)) {
        this.#list.broken("entry-signature", subject, "the signature is not over this entry");
        return;
      }
      this.#list.held("entry-signature", "entries");
    }
    if (!isKeyChange) return;
    const change = this.#keys.take(entry);
    if (change.ok) this.#list.held("key-change", "changes");
    else this.#list.broken("key-change", subject, sentence(change.refusal));
  }

  #checkPlace(parsed: ParsedEntry, index: number, subject: string): void {
    const { anchor, stream } = parsed.payload;
    if (stream !== undefined) {
      const taken = this.#streams.take({ hash: parsed.hash, stream });
      if (taken.ok) this.#list.held("stream", "entries");
      else this.#list.broken("stream", subject, sentence(taken.refusal));
    }
    if (anchor.size > index || anchor.size > this.#tree.size) {
      const reason = `it says its author had seen ${anchor.size} entries, but it is entry ${index}`;
      this.#list.broken("anchor", subject, reason);
      return;
    }
    // Many entries in a row name the same checkpoint.
    if (this.#lastAnchor?.size !== anchor.size) {
      this.#lastAnchor = { size: anchor.size, root: this.#tree.rootAt(anchor.size) };
    }
    if (equalBytes(this.#lastAnchor.root, anchor.root)) this.#list.held("anchor", "entries");
    else if (anchor.size > this.#damagedFrom) {
      const reason = `its author had seen ${anchor.size} entries, one of which (${this.#damagedFrom}) is missing or damaged here`;
      this.#list.couldNotCheck("anchor", subject, reason);
    } else this.#list.broken("anchor", subject, `its author had seen another log of ${anchor.size} entries`);
  }

  #checkRevocationsThatReachBack(): void {
    for (const { kid, revoked } of this.#keys.keys) {
      if (revoked === undefined) continue;
      for (const index of this.#accepted.get(kid) ?? []) {
        if (index < revoked.from) continue;
        const reason = `key-revoked: entry ${revoked.at} revoked the key of its author from entry ${revoked.from} on`;
        this.#list.broken("entry-key", `entry ${index}`, reason);
      }
    }
  }

  /** What the checkpoint says, also when its signature does not hold: the root is still worth comparing. */
  #checkCheckpoint(note: string, sizeStored: number): Checkpoint | undefined {
    const claimed = this.#options.vkey ?? this.#keys.genesis?.logKey;
    const key = claimed === undefined ? undefined : parseVkey(claimed);
    if (key === undefined) {
      this.#list.couldNotCheck(
        "checkpoint-signature",
        "checkpoint",
        "no key: the genesis entry is not readable",
      );
    } else if (!key.ok) {
      this.#list.couldNotCheck(
        "checkpoint-signature",
        "checkpoint",
        `the log's key is none (${sentence(key.refusal)})`,
      );
    } else {
      const opened = openCheckpoint(note, [key.value], key.value.name);
      if (!opened.ok) this.#list.broken("checkpoint-signature", "checkpoint", sentence(opened.refusal));
      else this.#list.held("checkpoint-signature", "checkpoint");
    }
    this.#checkGenesis();
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpointText(parsed.value.text) : parsed;
    if (!checkpoint.ok) return undefined;
    if (checkpoint.value.size !== sizeStored) {
      const reason = `the storage holds ${sizeStored} entries, the checkpoint covers ${checkpoint.value.size}`;
      this.#list.broken("tree-root", "checkpoint", reason);
    }
    return checkpoint.value;
  }

  #checkGenesis(): void {
    const { vkey, genesis } = this.#options;
    const own = this.#keys.genesis;
    if (own === undefined) {
      this.#list.broken(
        "log-key",
        "entry 0",
        "genesis-missing: the log has no genesis entry that can be believed",
      );
    } else if (genesis !== undefined && !equalBytes(own.hash, genesis)) {
      this.#list.broken("log-key", "entry 0", `another log: its genesis entry is ${toHex(own.hash)}`);
    } else if (vkey !== undefined && own.logKey !== vkey) {
      this.#list.broken(
        "log-key",
        "entry 0",
        `the genesis entry names another key for the log: ${own.logKey}`,
      );
    } else this.#list.held("log-key", "genesis entry");
  }

  /** Leaf hashes, full tiles and their roots in the storage against those rebuilt from the entries. */
  async #checkHashes(): Promise<void> {
    const size = this.#tree.size;
    for (let n = 0; n * tileWidth < size; n++) {
      const from = n * tileWidth;
      const stored = await this.#store.leafHashes(from, Math.min(from + tileWidth, size));
      const subject = `leaves ${from} to ${Math.min(from + tileWidth, size) - 1}`;
      if (equalBytes(stored, this.#tree.leafHashes(from, from + tileWidth)))
        this.#list.held("leaf-hash", "tiles of leaves");
      else
        this.#list.broken("leaf-hash", subject, "the storage gives other leaf hashes than its entries have");
    }
    for (
      let level = 0, hashes = size;
      hashes >= tileWidth;
      level++, hashes = Math.floor(hashes / tileWidth)
    ) {
      for (let n = 0; (n + 1) * tileWidth <= hashes; n++) await this.#checkTile(level, n);
    }
  }

  async #checkTile(level: number, n: number): Promise<void> {
    const subject = `tile ${level}/${n}`;
    const expected = this.#tree.fullTile(level, n);
    const bytes = await this.#store.fullTile(level, n);
    const root = await this.#store.tileRoots(level, n, n + 1);
    if (bytes === undefined) this.#list.broken("tile", subject, "the tile is missing");
    else if (!equalBytes(bytes, expected.bytes))
      this.#list.broken("tile", subject, "the tile differs from the entries");
    else if (!equalBytes(root, expected.root))
      this.#list.broken("tile", subject, "the root kept beside it is not its root");
    else this.#list.held("tile", "tiles");
  }

  #reportMissing(from: number, to: number): void {
    const subject = to - from === 1 ? `entry ${from}` : `entries ${from} to ${to - 1}`;
    this.#list.broken("entry-present", subject, "missing from the storage");
    this.#damagedFrom = Math.min(this.#damagedFrom, from);
    // So that the entries behind the hole keep their places.
    for (let index = from; index < to; index++) this.#tree.append(lostLeaf);
  }
}

const lostLeaf = new Uint8Array(32);

function sentence({ code, message }: Refusal): string {
  return `${code}: ${message}`;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
