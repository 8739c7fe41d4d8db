import type { RecordedLine } from "#domain/funds/ports.ts";
import { linesOfRows } from "#session/imports/bank-lines.ts";
import type { RowIndex } from "#session/books/row-index.ts";
import type { Session } from "#session/session.ts";
import { searchIndexOf } from "#workspace/search/search-book.ts";

/** Hits looked through for gifts without a sign; whoever has more says a word more. */
const hitsMost = 5000;

/**
 * The latest gifts that a policy alone sent where they count, `most` of them: nobody said what they were for. They are a sum in the
 * books and not a queue, so they are looked up here; with a text, those in which each of its words is found.
 */
export async function unsignedGifts(
  session: Session,
  wanted: {
    readonly text: string;
    readonly most: number;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<readonly RecordedLine[]> {
  const { rows } = await session.index();
  const found = wanted.text.trim() === "" ? latest(rows, wanted.most) : await holding(session, rows, wanted);
  const lines = await linesOfRows(session, rows, found);
  return lines
    .filter(({ ground, direction }) => ground.kind === "policy" && direction === "credit")
    .toReversed();
}

function latest(rows: RowIndex, most: number): number[] {
  const found: number[] = [];
  for (const row of rows.unmovedOn("policy")) {
    found.push(row);
    if (found.length === most) break;
  }
  return found;
}

/** Asks the search, which knows the words of every bank row, and opens none that is no answer. */
async function holding(
  session: Session,
  rows: RowIndex,
  { text, most, onProgress }: Parameters<typeof unsignedGifts>[1],
): Promise<number[]> {
  const search = await searchIndexOf(session, onProgress);
  const { hits, hasAllWords } = search.search(text, { kinds: ["row"], limit: hitsMost });
  if (!hasAllWords) return [];
  const found = hits.flatMap(({ id }) => {
    const [position = "", line = ""] = id.slice("row:".length).split(".");
    const row = rows.rowAt(Number(position), Number(line));
    return row !== undefined && rows.isUnmovedOn("policy", row) ? [row] : [];
  });
  return found.toSorted((a, b) => b - a).slice(0, most);
}
