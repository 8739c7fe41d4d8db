import { normaliseReference } from "#domain/funds/ids.ts";
import { LineIndex } from "#domain/funds/line-index.ts";
import type { LinePort, RecordedLine } from "#domain/funds/ports.ts";
import { toFundsEntry } from "../books/funds-entry.ts";
import { readAt } from "../books/read-at.ts";
import type { RowIndex } from "../books/row-index.ts";
import type { Session } from "../session.ts";

/**
 * Look-ups of bank rows, answered from the boxes of the log: the index says which rows can be an answer, their boxes are opened,
 * and what is in them decides.
 */
export function bankLines(session: Session): LinePort {
  return {
    async onDays(account, days) {
      if (days.length === 0) return [];
      const { rows } = await session.index();
      return (await linesAt(session, rows, rows.onDays(days))).onDays(account, days);
    },
    async byReferences(references) {
      if (references.length === 0) return new Map();
      const { rows } = await session.index();
      const found = rows.underReferences(references.map(normaliseReference));
      return (await linesAt(session, rows, found)).byReferences(references);
    },
    async byNullifiers(nullifiers) {
      if (nullifiers.length === 0) return new Map();
      const { rows } = await session.index();
      const found = [...rows.ofNullifiers(nullifiers).values()];
      return (await linesAt(session, rows, found)).byNullifiers(nullifiers);
    },
  };
}

/** Bank rows by their numbers in the index, in the order recorded. */
export async function linesOfRows(
  session: Session,
  rows: RowIndex,
  wanted: readonly number[],
): Promise<readonly RecordedLine[]> {
  return [...(await linesAt(session, rows, wanted)).all()];
}

/** Every bank row of the record, in the order recorded: for exports. */
export async function recordedLines(session: Session): Promise<readonly RecordedLine[]> {
  const index = new LineIndex();
  for await (const { opened } of session.readWhere(({ payload }) => ofRows.has(payload.type)))
    index.see(toFundsEntry(opened));
  return [...index.all()];
}

const ofRows: ReadonlySet<string> = new Set([
  "statement.lines",
  "statement",
  "attribution",
  "attribution.moved",
]);

/** Opens what is known of the rows: each statement that shows one of them, and where it counts now. */
async function linesAt(session: Session, rows: RowIndex, wanted: readonly number[]): Promise<LineIndex> {
  /** Lines of a part that are read, by the part's place in the log; and of its attribution, whose lines name the part's. */
  const lines = new Map<number, Set<number>>();
  const attributed = new Map<number, Set<number>>();
  const whole = new Set<number>();
  const add = (to: Map<number, Set<number>>, position: number, line: number) => {
    const known = to.get(position);
    if (known === undefined) to.set(position, new Set([line]));
    else known.add(line);
  };
  for (const row of rows.withRepeats(wanted)) {
    const { part, line, manifest, attribution, moved } = rows.placeOf(row);
    add(lines, part, line);
    if (manifest > 0) whole.add(manifest);
    if (attribution > 0) add(attributed, attribution, line);
    if (moved > 0) whole.add(moved);
  }
  const index = new LineIndex();
  const positions = [...lines.keys(), ...attributed.keys(), ...whole];
  const entries = readAt(session, positions, ({ payload }, position) => {
    const ofPart = lines.get(position);
    if (ofPart !== undefined) return (item) => ofPart.has(item);
    const ofAttribution = attributed.get(position);
    const places = payload.pub["lines"];
    if (ofAttribution === undefined || !Array.isArray(places)) return () => true;
    return (item) => ofAttribution.has(Number(places[item]));
  });
  for await (const { opened } of entries) index.see(toFundsEntry(opened));
  return index;
}
