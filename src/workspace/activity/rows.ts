import { parseEntry } from "#record/entry.ts";
import type { ReadEntry } from "#session/opening.ts";
import type { Session } from "#session/session.ts";
import { factsOf, pathOf, roomsOf, type Facts, type FactsContext } from "./facts.ts";

export type ActivityRow = {
  readonly index: number;
  /** Unix seconds by the author's clock. */
  readonly at: number;
  readonly type: string;
  readonly member: string;
  readonly facts: Facts;
  readonly path: string | undefined;
};

/** The entries `from` ≤ index < `to` of wanted types, oldest first. The boxes of the others stay closed. */
export async function readRows(
  session: Session,
  context: FactsContext,
  [from, to]: readonly [number, number],
  isWanted: (type: string) => boolean,
): Promise<ActivityRow[]> {
  const rows: ActivityRow[] = [];
  for await (const stored of session.store.entries(from, to)) {
    const parsed = parseEntry(stored.jwt);
    if (parsed.ok && isWanted(parsed.value.payload.type))
      rows.push(rowOf(await session.open(stored), context));
  }
  return rows;
}

export async function contextOf(session: Session): Promise<FactsContext> {
  const { funds } = await session.books();
  return { funds, rooms: roomsOf(session.keyring.rooms), members: funds.members };
}

export function rowOf({ stored, opened }: ReadEntry, context: FactsContext): ActivityRow {
  const facts = factsOf(opened, context);
  const { type, at, kid } = opened;
  return {
    index: stored.index,
    at,
    type,
    member: context.members.get(kid) ?? kid,
    facts,
    path: pathOf(type, facts),
  };
}
