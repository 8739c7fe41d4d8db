import { useMemo } from "react";
import { Link } from "wouter";
import { compareTexts } from "#language/collate.ts";
import { formatPercent } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { AddLink } from "#workspace/ui/AddLink.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { AskError } from "./AskError.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import { State, type Tone } from "#workspace/ui/State.tsx";
import type { AppealList, AppealRow } from "./calls.ts";
import type { AppealStanding, Figures, Sum } from "./figures.ts";
import { tableExports } from "./exports.ts";
import { Rules } from "./Rules.tsx";
import { Sums } from "./Sums.tsx";
import { titleIn } from "./title.ts";
import { appealWords } from "./words.ts";
import "./appeals.css";

/** All appeals beside each other: what was asked, what came, what was spent, what is left. */
export default function AppealsScreen() {
  const words = useWords(appealWords);
  const { data, error } = useAsk("appeals.list", {});
  const hasAny = (data?.appeals.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={hasAny && <AddLink href="/appeals/new" label={words.open} />}
      />
      {error !== null && <AskError error={error} />}
      {data !== undefined && !hasAny && (
        <EmptyState
          icon="appeals"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.open, href: "/appeals/new" }}
        />
      )}
      {data !== undefined && hasAny && <Filled list={data} />}
    </>
  );
}

function Filled({ list }: { readonly list: AppealList }) {
  const words = useWords(appealWords);
  const { appeals, base, general, unknown, unfinished } = list;
  return (
    <>
      {unfinished.length > 0 && (
        <Note tone="warn" title={words.provisionalTitle}>
          <p>
            {words.provisional(unfinished.join(", "))} <Link href="/import">{words.importAgain}</Link>
          </p>
        </Note>
      )}
      <div className="tiles appeal-tiles" data-tour="all-received">
        <StatTile
          label={words.allReceived}
          value={<Money {...totalOf(appeals, base)} />}
          note={words.gifts(giftsOf(appeals, base))}
        />
        <StatTile
          label={words.generalFunds}
          value={<Money minor={general.minor} currency={general.currency} />}
          note={words.gifts(general.gifts)}
        />
        {unknown.gifts > 0 && (
          <StatTile
            label={words.notYetKnown}
            value={<Money minor={unknown.minor} currency={unknown.currency} />}
            note={words.gifts(unknown.gifts)}
            tone="warn"
            href="/matching"
          />
        )}
      </div>
      <AppealTable appeals={appeals} />
      <Rules list={list} />
    </>
  );
}

function AppealTable({ appeals }: { readonly appeals: readonly AppealRow[] }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<AppealRow>[] => {
    const compare = compareTexts(language);
    const titleOf = (row: AppealRow) => titleIn(row.title, language, row.id);
    const sums = (id: string, title: string, of: (figures: Figures) => bigint): Column<AppealRow> => ({
      id,
      title,
      width: "9.25rem",
      isNumeric: true,
      cell: ({ figures }) => <Sums sums={nonZero(figures, of)} />,
      sort: (a, b) => compareBig(of(own(a)), of(own(b))),
    });
    return [
      {
        id: "appeal",
        title: words.appeal,
        card: "head",
        cell: (row) => (
          <span className="appeal-name">
            <span>{titleOf(row)}</span>
            <span className="appeal-code">{row.id}</span>
          </span>
        ),
        sort: (a, b) => compare(titleOf(a), titleOf(b)),
      },
      {
        id: "standing",
        title: words.progress,
        width: "11rem",
        card: "side",
        cell: (row) => (
          <span className="standing">
            <State tone={tones[row.standing]}>{words.standings[row.standing]}</State>
            <ProgressOf row={row} />
          </span>
        ),
        sort: (a, b) => shareOf(a) - shareOf(b),
      },
      {
        id: "asked",
        title: words.asked,
        width: "9.25rem",
        isNumeric: true,
        cell: ({ asked }) => <Sums sums={asked} />,
        sort: (a, b) => compareBig(a.asked[0]?.minor ?? 0n, b.asked[0]?.minor ?? 0n),
      },
      sums("received", words.received, ({ received }) => received),
      { ...sums("returned", words.returned, ({ refunded }) => refunded), isExtra: true },
      sums("spent", words.spent, ({ spent }) => spent),
      { ...sums("covered", words.covered, ({ covered }) => covered), isExtra: true },
      {
        ...sums("left", words.left, ({ left }) => left),
        cell: ({ figures }) => (
          <Sums sums={figures.filter(({ left }, i) => i === 0 || left !== 0n).map(leftOf)} />
        ),
      },
    ];
  }, [words, language]);
  return (
    <DataTable
      caption={words.title}
      rows={appeals}
      columns={columns}
      rowKey={({ id }) => id}
      href={({ id }) => `/appeals/${encodeURIComponent(id)}`}
      exports={tableExports<AppealRow>("appeals", [
        { title: words.appeal, value: ({ id }) => id },
        { title: words.title, value: (row) => titleIn(row.title, language, row.id) },
        { title: words.asked, value: ({ asked }) => asked[0] },
        { title: words.received, value: (row) => sumOf(row, own(row).received) },
        { title: words.returned, value: (row) => sumOf(row, own(row).refunded) },
        { title: words.spent, value: (row) => sumOf(row, own(row).spent) },
        { title: words.covered, value: (row) => sumOf(row, own(row).covered) },
        { title: words.left, value: (row) => sumOf(row, own(row).left) },
      ])}
    />
  );
}

export const tones: Readonly<Record<AppealStanding, Tone>> = {
  unasked: "warn",
  collecting: "info",
  reached: "good",
  short: "bad",
  ended: "plain",
};

/** How much of what was asked came in, in the appeal's own currency; a bar that says its figure. */
export function ProgressOf({ row }: { readonly row: Pick<AppealRow, "asked" | "figures" | "currency"> }) {
  const { language } = useLanguage();
  const words = useWords(appealWords);
  const asked = row.asked.find(({ currency }) => currency === row.currency);
  const first = row.figures[0];
  if (asked === undefined || asked.minor === 0n || first === undefined)
    return <span className="none">–</span>;
  const kept = first.received - first.refunded;
  const percent = formatPercent(kept, asked.minor, language, 0);
  return (
    <span className="reach">
      <meter
        className="reach-bar"
        min={0}
        max={100}
        value={Math.min(100, Number((kept * 100n) / asked.minor))}
        aria-label={words.progress}
      >
        {percent}
      </meter>
      <span className="reach-text">{percent}</span>
    </span>
  );
}

const own = (row: AppealRow): Figures => {
  const [first] = row.figures;
  if (first === undefined) throw new Error("bug: an appeal without its own currency");
  return first;
};
const sumOf = ({ currency }: AppealRow, minor: bigint): Sum => ({ currency, minor });
const leftOf = ({ currency, left }: Figures): Sum => ({ currency, minor: left });
const nonZero = (figures: readonly Figures[], of: (one: Figures) => bigint): Sum[] =>
  figures.filter((one) => of(one) !== 0n).map((one) => ({ currency: one.currency, minor: of(one) }));
export const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function shareOf(row: AppealRow): number {
  const asked = row.asked.find(({ currency }) => currency === row.currency)?.minor ?? 0n;
  return asked === 0n ? 0 : Number(((own(row).received - own(row).refunded) * 1000n) / asked);
}

function totalOf(appeals: readonly AppealRow[], currency: string): Sum {
  let minor = 0n;
  for (const { figures } of appeals)
    for (const one of figures) if (one.currency === currency) minor += one.received;
  return { currency, minor };
}

function giftsOf(appeals: readonly AppealRow[], currency: string): number {
  return appeals
    .flatMap(({ figures }) => figures)
    .reduce((sum, one) => sum + (one.currency === currency ? one.gifts : 0), 0);
}
