import { equalBytes, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import type { Checkpoint } from "#record/checkpoint.ts";
import { type OpenedEntry, openEntry } from "#record/disclosure.ts";
import { leafHashOfEntry, type ParsedEntry, parseEntry, verifyEntrySignature } from "#record/entry.ts";
import { sha256 } from "#record/hash.ts";
import { KeyDirectory, keyEntryOf } from "#record/key-directory.ts";
import { encodeProof, parseProof } from "#record/proof.ts";
import { expectOk } from "#record/result.ts";
import { StreamCheck } from "#record/stream-check.ts";
import { EMPTY_ROOT, Frontier, verifyInclusion } from "#record/tree.ts";
import { disclosuresName, entryName, indexesOf, proofName } from "./bag.ts";
import type { Check, CheckList } from "./check-list.ts";
import type { Files } from "./zip-read.ts";

/** What the checks of the entries leave for those of the books. */
export type BelievedEntries = {
  /** In the order of the log: in the log, and of strict form. */
  readonly entries: ReadonlyMap<number, ParsedEntry>;
  readonly genesis: { readonly hash: string; readonly logKey: string } | undefined;
};

type Lookup = { readonly files: Files; readonly checkpointText: string; readonly checkpoint: Checkpoint };

const takeEntries = ({ files, checkpointText, checkpoint }: Lookup, included: Check, form: Check) => {
  const entries = new Map<number, ParsedEntry>();
  const leaves = new Map<number, Uint8Array>();
  for (const index of indexesOf(files, "entries")) {
    const body = files.get(entryName(index)) as Uint8Array;
    const proof = files.get(proofName(index));
    const leafHash = leafHashOfEntry(sha256(body));
    const why =
      proof === undefined
        ? "there is no proof"
        : whyNotIncluded(proof, { index, leafHash, checkpointText, checkpoint });
    if (why !== undefined) {
      included.broken(index, why);
      continue;
    }
    included.ok();
    leaves.set(index, leafHash);
    const parsed = parseEntry(fromUtf8(body) ?? "");
    if (parsed.ok) {
      entries.set(index, parsed.value);
      form.ok();
    } else form.broken(index, parsed.refusal.message);
  }
  return { entries, leaves };
};

const notIncluded = "the entry is not in the log as it stands here";

const whyNotIncluded = (
  file: Uint8Array,
  of: {
    readonly index: number;
    readonly leafHash: Uint8Array;
    readonly checkpointText: string;
    readonly checkpoint: Checkpoint;
  },
): string | undefined => {
  const text = fromUtf8(file);
  const parsed = text === undefined ? undefined : parseProof(text);
  if (parsed === undefined || !parsed.ok) return "not a proof";
  const proof = parsed.value;
  // The one text that a proof of this entry has: no unsigned extra, and this checkpoint, so that all speak of one state.
  if (
    proof.index !== of.index ||
    proof.checkpoint !== of.checkpointText ||
    encodeProof({ index: proof.index, hashes: proof.hashes, checkpoint: proof.checkpoint }) !== text
  ) {
    return "the proof is not for this checkpoint and entry";
  }
  const { size, root } = of.checkpoint;
  return verifyInclusion({ index: of.index, size, leafHash: of.leafHash, proof: proof.hashes, root }).ok
    ? undefined
    : notIncluded;
};

/** A stream shows a gap, but not that its last entries were left out: only all entries of the log show that. */
const checkWhole = (here: number, size: number, check: Check): void => {
  if (here === size) check.ok();
  else check.unknown(`${here} of ${size} entries are here`);
};

const checkKeys = (
  entries: ReadonlyMap<number, ParsedEntry>,
  logKey: string,
  checks: { readonly genesis: Check; readonly key: Check; readonly signature: Check },
): KeyDirectory => {
  const directory = new KeyDirectory();
  const signed: number[] = [];
  if (!entries.has(0)) checks.genesis.broken(0, "the first entry of the log is not here");
  for (const [index, parsed] of entries) {
    const wrong = directory.checkGenesis(parsed.payload.genesis, parsed.payload.type, index);
    if (wrong === undefined) checks.genesis.ok();
    else checks.genesis.broken(index, wrong.message);
    const entry = keyEntryOf(parsed, index);
    const author = directory.authorAt(entry);
    if (!author.ok) {
      checks.key.broken(index, author.refusal.message);
      continue;
    }
    if (!verifyEntrySignature(parsed, author.value.publicKey)) {
      checks.signature.broken(index, "the signature is wrong");
      continue;
    }
    checks.signature.ok();
    const taken = directory.take(entry);
    if (taken.ok) signed.push(index);
    else checks.key.broken(index, taken.refusal.message);
  }
  if (directory.genesis !== undefined && directory.genesis.logKey !== logKey)
    checks.genesis.broken(0, "names another log key than the policy");
  // A revocation may reach back, so this is asked again when all are known.
  for (const index of signed) {
    const author = directory.authorAt(keyEntryOf(entries.get(index) as ParsedEntry, index));
    if (author.ok) checks.key.ok();
    else checks.key.broken(index, author.refusal.message);
  }
  return directory;
};

const checkStreams = (entries: ReadonlyMap<number, ParsedEntry>, chain: Check): void => {
  const streams = new StreamCheck();
  for (const { hash, payload } of entries.values()) {
    if (payload.stream === undefined) continue;
    const taken = streams.take({ hash, stream: payload.stream });
    if (taken.ok) chain.ok();
    else chain.broken(`${payload.stream.id}/${payload.stream.seq}`, taken.refusal.message);
  }
};

/** Whether the tree had that root at that size can be seen only where every leaf before is in the dossier. */
const checkAnchors = (
  entries: ReadonlyMap<number, ParsedEntry>,
  leaves: ReadonlyMap<number, Uint8Array>,
  check: Check,
): void => {
  const roots = new Map<number, Uint8Array>([[0, EMPTY_ROOT]]);
  const wanted = new Set<number>();
  for (const { payload } of entries.values()) wanted.add(payload.anchor.size);
  const frontier = new Frontier();
  for (let leaf = leaves.get(0); leaf !== undefined; leaf = leaves.get(frontier.size)) {
    frontier.append(leaf);
    if (wanted.has(frontier.size)) roots.set(frontier.size, frontier.root());
  }
  for (const [index, { payload }] of entries) {
    const { size, root } = payload.anchor;
    const known = roots.get(size);
    if (size <= index && (known === undefined || equalBytes(known, root))) check.ok();
    else check.broken(index, "names a state that the log did not have before it");
  }
};

/** Spec sections 5 and 6: in the log, of strict form, by a key that counted there, without a gap in any stream. */
export const checkEntries = (lookup: Lookup, logKey: string, checks: CheckList): BelievedEntries => {
  const { entries, leaves } = takeEntries(lookup, checks.of("entry.included"), checks.of("entry.form"));
  checkWhole(leaves.size, lookup.checkpoint.size, checks.of("log.whole"));
  const directory = checkKeys(entries, logKey, {
    genesis: checks.of("entry.genesis"),
    key: checks.of("entry.key"),
    signature: checks.of("entry.signature"),
  });
  checkStreams(entries, checks.of("stream.chain"));
  checkAnchors(entries, leaves, checks.of("anchor"));
  const { genesis } = directory;
  return {
    entries,
    genesis: genesis === undefined ? undefined : { hash: toBase64Url(genesis.hash), logKey: genesis.logKey },
  };
};

/** The one way to write `data/disclosures/<index>.json`. */
export const encodeDisclosures = (list: readonly string[]): Uint8Array =>
  utf8(`[\n"${list.join('",\n"')}"\n]\n`);

const base64UrlPattern = /^[A-Za-z0-9_-]+$/;

const readDisclosures = (body: Uint8Array): readonly string[] | undefined => {
  const text = fromUtf8(body);
  if (text === undefined || text.length < 8 || !text.startsWith('[\n"') || !text.endsWith('"\n]\n'))
    return undefined;
  const list = text.slice(3, -4).split('",\n"');
  return list.every((one) => base64UrlPattern.test(one)) ? list : undefined;
};

export type IndexedEntry = OpenedEntry & { readonly index: number };

/** Spec section 6: every disclosure fits one digest of its entry. Gives the entries opened, in the order of the log. */
export const openEntries = (
  files: Files,
  entries: ReadonlyMap<number, ParsedEntry>,
  check: Check,
): { readonly opened: readonly IndexedEntry[]; readonly disclosures: number } => {
  const byIndex = new Map<number, IndexedEntry>();
  let disclosures = 0;
  for (const index of indexesOf(files, "disclosures")) {
    const parsed = entries.get(index);
    const list = readDisclosures(files.get(disclosuresName(index)) as Uint8Array);
    if (parsed === undefined || list === undefined) {
      check.broken(
        index,
        parsed === undefined ? "opens an entry that is not believed" : "not a list of disclosures",
      );
      continue;
    }
    const result = openEntry(parsed, list);
    if (!result.ok) {
      check.broken(index, result.refusal.message);
      continue;
    }
    byIndex.set(index, { ...result.value, index });
    disclosures += list.length;
    check.ok();
  }
  const opened = [...entries].map(
    ([index, parsed]) => byIndex.get(index) ?? { ...expectOk(openEntry(parsed, [])), index },
  );
  return { opened, disclosures };
};
