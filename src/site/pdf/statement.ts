import { toHex, utf8 } from "#record/bytes.ts";
import { formatDay } from "#language/dates.ts";
import { formatPercent } from "#language/numbers.ts";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { encodeQR } from "qr";
import type { AppealFigures } from "../figures.ts";
import { figureRows } from "../pages/figures-table.ts";
import { foundationName } from "../pages/layout.ts";
import { endedText, weekText } from "../pages/parts.ts";
import { publishedText } from "../pages/published.ts";
import type { PublicBooks } from "../public-books.ts";
import { countText, sumText, told, type Reader } from "../reader.ts";
import type { TypstDocument } from "./typst.ts";

/**
 * The page of an appeal as a statement on paper: the same figures in the same words, for a court file or a donor. Undefined
 * where no week is closed yet: a statement without figures would be a document about nothing.
 *
 * Texts travel as JSON and never as Typst source, so nothing that somebody wrote on the record can become markup.
 */
export function statementDocument(
  books: PublicBooks,
  figures: AppealFigures,
  reader: Reader,
): TypstDocument | undefined {
  const { asOf, appeal } = figures;
  if (asOf === undefined) return undefined;
  const { words, language, origin } = reader;
  const url = `${origin}/${language}/appeals/${encodeURIComponent(appeal.id)}`;
  const title = told(reader, appeal.title, appeal.id).text;
  const name = foundationName(books, reader).text;
  const sum = (minor: bigint, currency: string) => sumText(reader, minor, currency);
  const data = {
    language,
    date: asOf.lastDay.split("-").map(Number),
    name,
    title,
    kicker: words.statementTitle,
    code: [
      words.code(appeal.id),
      words.openedOn(formatDay(appeal.opened, language)),
      ...(figures.ended === undefined ? [] : [endedText(reader, figures.ended)]),
    ].join(" · "),
    made: words.statementMade(weekText(reader, asOf)),
    currencies: figures.currencies.map((of) => ({
      heading: figures.currencies.length > 1 ? `${words.figures}: ${of.currency}` : words.figures,
      rows: figureRows(books, figures, of, reader).map(({ label, value, note }) => [label, value, note]),
    })),
    spending: figures.currencies
      .filter((of) => of.categories.length > 0)
      .map((of) => ({
        heading: `${words.whereItWent} (${of.currency})`,
        head: [words.category, words.count, words.sum, words.share],
        rows: of.categories.map(({ category, minor, payments }) => [
          labelOf(categoryLabels, category, language),
          countText(reader, payments),
          sum(minor, of.currency),
          formatPercent(minor, of.spent, language),
        ]),
        total: [words.total, countText(reader, of.payments), sum(of.spent, of.currency), ""],
      })),
    confirmed:
      figures.confirmed.payments === 0
        ? ""
        : `${words.confirmedBoth(figures.confirmed.both, figures.confirmed.payments)} ${words.confirmedProven(figures.confirmed.proven)}`,
    posts: {
      heading: words.posts,
      note: words.postsNote,
      head: [words.post, words.published, words.kind, words.target, words.countsOnce],
      rows: figures.posts.map(({ id, published, kind, target }) => [
        id,
        publishedText(reader, published),
        kind === "post" || kind === "repost" ? words.kinds[kind] : kind,
        sum(target.minor, target.currency),
        kind === "repost" ? words.noRepeat : words.yes,
      ]),
    },
    weeks: {
      heading: words.closes,
      note: words.closesNote,
      head: [words.closedUpTo, words.count, words.received, words.waiting],
      rows: figures.closes.map((close) => [
        formatDay(close.lastDay, language),
        countText(reader, close.count),
        sum(close.minor, close.currency),
        close.carried === 0 ? "–" : countText(reader, close.carried),
      ]),
    },
    check: {
      heading: words.check,
      lead: words.checkLead,
      rows: [
        [words.checkSize, countText(reader, asOf.size)],
        [words.checkRoot, inGroups(toHex(asOf.root))],
        ...(books.genesis === undefined ? [] : [[words.checkGenesis, inGroups(toHex(books.genesis))]]),
        [words.printed, url.replaceAll("/", "/\u200b")],
      ],
      list: words.checkProvesList,
      code: words.giveQr,
    },
    page: words.statementPage,
    of: words.statementOf,
  };
  return {
    source: template,
    files: [
      { name: "data.json", bytes: utf8(JSON.stringify(data)) },
      { name: "code.svg", bytes: utf8(encodeQR(url, "svg", { ecc: "medium" })) },
    ],
  };
}

/** Read aloud and compared by eye, eight signs at a time; and a line may break between them. */
function inGroups(hex: string): string {
  return hex.replace(/.{8}(?=.)/gu, "$& ");
}

/** Typst. Headings and table heads are marked as such, so that the PDF is tagged; heads repeat on each page. */
const template = `#let d = json("data.json")
#set document(title: d.title + " · " + d.name, author: d.name, date: datetime(year: d.date.at(0), month: d.date.at(1), day: d.date.at(2)))
#set text(font: "Noto Serif", size: 10pt, lang: d.language, fallback: false)
#set par(leading: 0.62em, spacing: 0.9em)
#set page(paper: "a4", margin: (x: 20mm, top: 20mm, bottom: 22mm), footer: context [
  #set text(8.5pt, fill: luma(70))
  #d.name #h(1fr) #d.page #counter(page).display() #d.of #counter(page).final().first()
])
#show heading: set block(above: 1.6em, below: 0.7em, sticky: true)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 2): set text(12.5pt)
#set table(stroke: (x, y) => (bottom: 0.4pt + luma(170)), inset: (x: 4pt, y: 5pt))
#let soft(body) = text(fill: luma(70), size: 9pt, body)
#let cells(row) = row.map(it => [#it])
#let grid-of(t, widths, right) = table(
  columns: widths,
  align: (x, y) => if x in right { std.right } else { std.left },
  table.header(..t.head.map(it => soft(it))),
  ..t.rows.map(cells).flatten(),
  ..if "total" in t { t.total.map(it => strong(it)) } else { () },
)

#soft(d.kicker + " · " + d.code)
= #d.title
#d.made

#for c in d.currencies [
  == #c.heading
  #table(
    columns: (33%, 1fr),
    ..c.rows.map(row => (
      [#row.at(0)],
      [*#row.at(1)* #if row.at(2) != "" { linebreak(); soft(row.at(2)) }],
    )).flatten(),
  )
]
#for s in d.spending [
  == #s.heading
  #grid-of(s, (1fr, auto, auto, auto), (1, 2, 3))
]
#d.confirmed

#if d.posts.rows.len() > 0 [
  == #d.posts.heading
  #soft(d.posts.note)
  #grid-of(d.posts, (auto, 1fr, auto, auto, 22%), (3,))
]
== #d.weeks.heading
#soft(d.weeks.note)
#grid-of(d.weeks, (1fr, auto, auto, auto), (1, 2, 3))

== #d.check.heading
#d.check.lead
#for item in d.check.list [- #item
]
#block(breakable: false, grid(columns: (1fr, 30mm), gutter: 6mm,
  table(columns: (auto, 1fr), ..d.check.rows.map(row => (soft(row.at(0)), text(9pt, row.at(1)))).flatten()),
  [#image("code.svg", width: 30mm, alt: d.check.code)],
))
`;
