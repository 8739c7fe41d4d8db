import { checkLog } from "#log/log-check.ts";
import { toBase64Url, toHex } from "#record/bytes.ts";
import { parseCheckpointText } from "#record/checkpoint.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { parseNote } from "#record/note.ts";
import { verifyInclusion } from "#record/tree.ts";
import type { EntryIndex } from "#session/books/entry-index.ts";
import { Failure } from "#session/refusals/failure.ts";
import { readAt } from "#session/books/read-at.ts";
import { recomputeBooks } from "#session/books/recompute-books.ts";
import type { ReadEntry } from "#session/opening.ts";
import type { Session } from "#session/session.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { readBoxPlace } from "#vault/open/box.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { roomsOf, type FactsContext } from "./facts.ts";
import { noticeCalls } from "./notice-calls.ts";
import { breathing } from "./breathing.ts";
import { contextOf, rowOf, type ActivityRow } from "./rows.ts";

export type ActivityFilter = {
  readonly kinds?: readonly string[];
  readonly member?: string;
  /** An appeal, a post, a payment: whatever the entry names. */
  readonly about?: string;
};

export type ActivityPage = {
  readonly rows: readonly ActivityRow[];
  /** Where the next page begins; undefined at the first entry. */
  readonly before: number | undefined;
  readonly size: number;
};

export type EntryField = { readonly name: string; readonly value: unknown };

export type EntryPage = {
  readonly index: number;
  readonly size: number;
  readonly type: string;
  readonly at: number;
  readonly member: string;
  readonly kid: string;
  readonly hash: string;
  readonly path: string | undefined;
  readonly stream: { readonly id: string; readonly seq: number } | undefined;
  readonly anchor: number;
  readonly public: readonly EntryField[];
  readonly hidden: readonly EntryField[];
  /** `none`: all of it is public. `closed`: sealed to a room that this member is not in, or erased. */
  readonly box:
    | { readonly kind: "none" }
    | { readonly kind: "closed" }
    | { readonly kind: "opened"; readonly room: string; readonly epoch: number };
  readonly items: number;
  /** The first rows inside, as they stand. */
  readonly rows: readonly { readonly place: number; readonly fields: readonly EntryField[] }[];
  readonly proof: {
    readonly leaf: string;
    readonly hashes: readonly string[];
    readonly root: string;
    readonly holds: boolean;
  };
  readonly checkpoint: string;
  readonly origin: string;
};

/** Rows of a bank come by the thousand and say nothing by themselves: their statement does. */
const quiet: ReadonlySet<string> = new Set(["statement.lines"]);
const rowsShown = 50;
export const activityCalls = {
  "activity.list": async (
    desk: Desk,
    { before, limit, filter }: { before?: number; limit: number; filter: ActivityFilter },
  ): Promise<ActivityPage> => {
    const { session } = desk;
    const context = await contextOf(session);
    const index = await session.index();
    const isPossible = possibleFor(index, context, filter);
    const rows: ActivityRow[] = [];
    let end = before ?? index.size;
    // What the index takes for possible is, as a rule, what was asked for: few boxes are opened in vain.
    while (end > 0 && rows.length < limit) {
      const positions: number[] = [];
      while (end > 0 && positions.length < limit - rows.length) if (isPossible(--end)) positions.push(end);
      const found: ActivityRow[] = [];
      for await (const entry of readAt(session, positions)) found.push(rowOf(entry, context));
      rows.push(...found.filter((row) => matches(row, filter)).toReversed());
    }
    return { rows, before: end === 0 ? undefined : end, size: session.size };
  },

  /** One entry with everything that this member may read of it, and its proof, verified here. */
  "activity.entry": async (desk: Desk, { index }: { index: number }): Promise<EntryPage> => {
    const { session } = desk;
    for await (const entry of readAt(session, [index]))
      return pageOf(session, entry, await contextOf(session));
    throw new Failure("entry-unknown", `the log has ${session.size} entries, no entry ${index}`);
  },

  /** Everything again from the first entry on: form, signatures, keys, streams, tree, boxes, sums. */
  "activity.check": async (desk: Desk): Promise<RecordCheck> => {
    const { session } = desk;
    const { store, progress, words } = session;
    const started = desk.now();
    const checks: CheckRow[] = [];
    const log = await checkLog(
      {
        checkIntegrity: async () => [],
        head: () => store.head(),
        entries: (from, to) => breathing(store.entries(from, to)),
        leafHashes: (from, to) => store.leafHashes(from, to),
        fullTile: (level, n) => store.fullTile(level, n),
        tileRoots: (level, from, to) => store.tileRoots(level, from, to),
      },
      { progress: (done, total) => progress.update(words.recomputing, done, total) },
    );
    for (const { code, subject, verdict, reason } of log) checks.push({ code, subject, verdict, reason });
    checks.push(...(await recomputeBooks(session)));
    progress.end();
    const verdicts = new Set(checks.map(({ verdict }) => verdict));
    return {
      verdict: verdicts.has("broken")
        ? "broken"
        : verdicts.has("could-not-check")
          ? "could-not-check"
          : "held",
      size: session.size,
      checks,
      seconds: Math.round((desk.now() - started) / 1000),
    };
  },

  ...noticeCalls,
};

export type CheckRow = {
  readonly code: string;
  readonly subject: string;
  readonly verdict: "held" | "broken" | "could-not-check";
  readonly reason: string;
};

export type RecordCheck = {
  readonly verdict: CheckRow["verdict"];
  readonly size: number;
  readonly checks: readonly CheckRow[];
  readonly seconds: number;
};

function isWanted(type: string, { kinds }: ActivityFilter): boolean {
  return kinds === undefined || kinds.length === 0 ? !quiet.has(type) : kinds.includes(type);
}

/** Whether the entry at a position may be one of those asked for, by what the index knows of it. */
function possibleFor(
  index: EntryIndex,
  { funds, members }: FactsContext,
  filter: ActivityFilter,
): (position: number) => boolean {
  const about = filter.about === undefined ? undefined : aboutPositions(index, funds, filter.about);
  const types = new Set(index.types.filter((type) => isWanted(type, filter)));
  return (position) => {
    if (!types.has(index.typeAt(position))) return false;
    if (about !== undefined && !about.has(position)) return false;
    const kid = index.kidAt(position);
    return filter.member === undefined || (members.get(kid) ?? kid) === filter.member;
  };
}

/** Entries that name an id, belong to it, or are about a payment of it; an account goes by its number too, a member by her keys. */
function aboutPositions(index: EntryIndex, funds: FactsContext["funds"], id: string): ReadonlySet<number> {
  const accounts = [...funds.accounts.values()].filter(({ number }) => number === id);
  const kids = [...funds.members].filter(([, member]) => member === id);
  const payments = [...funds.spending.values()].filter(({ appeal }) => appeal === id);
  return new Set([
    ...index.about([id, ...payments.map((one) => one.id)]),
    ...index.belongingTo([id, ...accounts.map(({ account }) => account), ...kids.map(([kid]) => kid)]),
  ]);
}

function matches({ member, facts }: ActivityRow, filter: ActivityFilter): boolean {
  if (filter.member !== undefined && member !== filter.member) return false;
  return (
    filter.about === undefined || [facts.id, facts.appeal, facts.account, facts.member].includes(filter.about)
  );
}

async function pageOf(
  session: Session,
  { stored, opened, box }: ReadEntry,
  context: FactsContext,
): Promise<EntryPage> {
  const { index } = stored;
  const proof = await new StoredTree(session.store, session.size).inclusionProof(index);
  if (!proof.ok) throw new Failure("record-damaged", proof.refusal.message);
  const leafHash = leafHashOfEntry(opened.hash);
  const { size, root } = session;
  const row = rowOf({ stored, opened, box }, context);
  const note = parseNote(session.checkpoint);
  const checkpoint = note.ok ? parseCheckpointText(note.value.text) : note;
  return {
    index,
    size,
    type: row.type,
    at: row.at,
    member: row.member,
    kid: opened.kid,
    hash: toHex(opened.hash),
    path: row.path,
    stream: opened.stream && { id: opened.stream.id, seq: opened.stream.seq },
    anchor: opened.anchor.size,
    public: fieldsOf(opened.pub),
    hidden: fieldsOf(opened.hidden),
    box: await boxOf(session, index, box !== undefined),
    items: opened.items.length,
    rows: opened.items
      .slice(0, rowsShown)
      .flatMap((item, place) =>
        item === undefined ? [] : [{ place, fields: [...fieldsOf(item.open), ...fieldsOf(item.hidden)] }],
      ),
    proof: {
      leaf: toHex(leafHash),
      hashes: proof.value.map((hash) => toBase64Url(hash)),
      root: toHex(root),
      holds: verifyInclusion({ index, size, leafHash, proof: [...proof.value], root }).ok,
    },
    checkpoint: session.checkpoint,
    origin: checkpoint.ok ? checkpoint.value.origin : "",
  };
}

async function boxOf(session: Session, index: number, isOpened: boolean): Promise<EntryPage["box"]> {
  const sealed = await session.store.box(index);
  if (sealed === undefined) return { kind: "none" };
  const place = readBoxPlace(sealed.keybox);
  if (!isOpened || !place.ok) return { kind: "closed" };
  const room = roomsOf(session.keyring.rooms).get(toHex(place.value.room)) ?? "";
  return { kind: "opened", room, epoch: place.value.epoch };
}

function fieldsOf(members: Readonly<Record<string, unknown>>): readonly EntryField[] {
  return Object.entries(members).map(([name, value]) => ({ name, value }));
}
