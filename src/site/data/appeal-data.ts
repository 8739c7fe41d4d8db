import { toHex } from "#record/bytes.ts";
import { tilePath, tileWidthAt, tileWidth } from "#record/tiles.ts";
import type { Appeal } from "#domain/funds/entries.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import type { EntryRef, FigureName } from "../entry-refs.ts";
import { appealFigures, coveredRefs } from "../figures.ts";
import type { PublicBooks } from "../public-books.ts";
import { jsonText } from "./exact-json.ts";

const figureNames: readonly FigureName[] = [
  "opened",
  "ended",
  "asked",
  "received",
  "spent",
  "covered",
  "confirmed",
];

/** What is public at once, and not only with the next close. */
const figuresOfNow: ReadonlySet<FigureName> = new Set(["opened", "ended", "asked"]);

/** All that is public about an appeal: figures, weeks, posts, and which entries each figure comes from. `minor` is text. */
export function appealJson(books: PublicBooks, appeal: Appeal, origin: string): string {
  const figures = appealFigures(books, appeal);
  const { asOf } = figures;
  return jsonText({
    appeal: appeal.id,
    title: appeal.title,
    opened: appeal.opened,
    ended: figures.ended === undefined ? null : { date: figures.ended.ended, reason: figures.ended.reason },
    leftover: figures.leftover ?? null,
    currency: appeal.currency,
    page: `${origin}/en/appeals/${encodeURIComponent(appeal.id)}`,
    asOf:
      asOf === undefined
        ? null
        : { week: asOf.week, lastDay: asOf.lastDay, entries: asOf.size, root: toHex(asOf.root) },
    asked: figures.asked,
    figures: figures.currencies.map(({ left, ...of }) => ({
      ...of,
      left: { kind: left.kind, minor: "minor" in left ? left.minor : null },
    })),
    confirmed: figures.confirmed,
    related: figures.related,
    posts: figures.posts.map(({ id, kind, published, target }) => ({
      id,
      kind,
      published,
      target,
      counted: kind !== "repost",
    })),
    closes: figures.closes.map(
      ({ week, lastDay, currency, count, minor, classes, pooled, carried, entry }) => ({
        week,
        lastDay,
        currency,
        count,
        minor,
        classes,
        pooled,
        carried,
        entry: placed(books, entry),
      }),
    ),
    entries: Object.fromEntries(
      figureNames.map((figure) => {
        const refs = figuresOfNow.has(figure) ? books.refsNow : books.refsClosed;
        const found = figure === "covered" ? coveredRefs(books, appeal.id) : refs.of(appeal.id, figure);
        return [figure, found.map((ref) => placed(books, ref))];
      }),
    ),
  });
}

/** An entry by number and hash, with the tile of the tree in which its leaf is. */
function placed(books: PublicBooks, { index, hash, type }: EntryRef) {
  const n = Math.floor(index / tileWidth);
  return { index, type, hash, tile: `/${tilePath({ level: 0, n, width: tileWidthAt(0, n, books.size) })}` };
}

/** The figures as a table that any spreadsheet opens: one line for each sum, decimals with a point. */
export function appealCsv(books: PublicBooks, appeal: Appeal): string {
  const figures = appealFigures(books, appeal);
  const rows: string[][] = [["appeal", "figure", "detail", "currency", "sum", "number"]];
  const add = (figure: string, detail: string, currency: string, minor: bigint, count: string) =>
    rows.push([appeal.id, figure, detail, currency, formatDecimal(minor, currency), count]);
  for (const { currency, minor } of figures.asked) add("asked", "", currency, minor, "");
  if (figures.asOf !== undefined) {
    for (const of of figures.currencies) {
      add("received", "", of.currency, of.received, String(of.gifts));
      add("spent", "", of.currency, of.spent, String(of.payments));
      // By the rule it also holds gifts that are not public yet: a spreadsheet shows the name and no note.
      add(
        of.coveredBy === "rule" ? "covered-or-not-yet-public" : "covered",
        of.coveredBy,
        of.currency,
        of.covered,
        "",
      );
      if ("minor" in of.left) add("left", of.left.kind, of.currency, of.left.minor, "");
      for (const { category, minor, payments } of of.categories)
        add("spent-by-category", category, of.currency, minor, String(payments));
    }
  }
  for (const { week, currency, minor, count } of figures.closes)
    add("week", week, currency, minor, String(count));
  for (const { id, target } of figures.posts) add("post", id, target.currency, target.minor, "");
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in front, unless it is a number. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) && !/^-?[0-9.]+$/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
