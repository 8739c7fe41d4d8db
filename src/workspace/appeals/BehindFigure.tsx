import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import { categoryLabels, groundLabels, labelOf } from "#domain/funds/labels.ts";
import { formatCount } from "#language/numbers.ts";
import { formatSum } from "#language/sums.ts";
import { compareTexts } from "#language/collate.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { AskError } from "./AskError.tsx";
import { compareBig } from "./AppealsScreen.tsx";
import type { AppealPage, AppealPayment, CoverRow, GiftRow, RefundRow } from "./calls.ts";
import type { FigureName } from "./Equation.tsx";
import { tableExports } from "./exports.ts";
import { appealWords } from "./words.ts";

type BehindFigureProps = { readonly page: AppealPage; readonly figure: FigureName; readonly label: string };

/** The entries that make one figure, in a table that can be sorted and taken along. */
export default function BehindFigure({ page, figure, label }: BehindFigureProps) {
  const caption = useWords(appealWords).behind(label);
  if (figure === "spent") return <Payments rows={page.payments} caption={caption} />;
  if (figure === "received") return <Gifts id={page.id} caption={caption} />;
  if (figure === "returned") return <Refunds id={page.id} caption={caption} />;
  return <Covers id={page.id} caption={caption} />;
}

/** Of each list at first: whoever wants all of it asks for it. */
const shownAtFirst = 50;

type TableProps<Row> = { readonly rows: readonly Row[]; readonly caption: string };

const byDay = <Row extends { readonly date: string | undefined }>(a: Row, b: Row) =>
  (a.date ?? "") < (b.date ?? "") ? -1 : (a.date ?? "") > (b.date ?? "") ? 1 : 0;
const bySum = (a: { readonly minor: bigint }, b: { readonly minor: bigint }) => compareBig(a.minor, b.minor);

function Empty() {
  return <p className="none-here">{useWords(appealWords).noEntries}</p>;
}

type OfAppeal = { readonly id: string; readonly caption: string };

/** Below a list that shows its latest only. */
function ShowAll({ total, shown, onAll }: { total: number; shown: number; onAll: () => void }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  if (shown >= total) return null;
  return (
    <Button variant="subtle" size="xs" onClick={onAll}>
      {words.showAll(formatCount(total, language))}
    </Button>
  );
}

function Gifts({ id, caption }: OfAppeal) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const [most, setMost] = useState(shownAtFirst);
  const { data, error } = useAsk("appeals.gifts", { id, most });
  const columns = useMemo((): Column<GiftRow>[] => {
    const compare = compareTexts(language);
    return [
      {
        id: "date",
        title: words.date,
        width: "8rem",
        card: "side",
        cell: ({ date }) => <Day day={date} />,
        sort: byDay,
      },
      {
        id: "sum",
        title: words.sum,
        isNumeric: true,
        width: "10rem",
        card: "head",
        cell: ({ minor, currency, whole }) => (
          <>
            <Money minor={minor} currency={currency} />
            {whole !== undefined && (
              <span className="cell-note">{words.partOf(formatSum(whole, currency, language))}</span>
            )}
          </>
        ),
        sort: bySum,
      },
      {
        id: "ground",
        title: words.ground,
        cell: ({ ground, detail, by }) => (
          <>
            {labelOf(groundLabels, ground, language)}
            {(detail ?? by) !== undefined && (
              <span className="cell-note">
                {[detail, by].filter((text) => text !== undefined).join(" · ")}
              </span>
            )}
          </>
        ),
        sort: (a, b) => compare(a.ground, b.ground),
      },
      {
        id: "donor",
        title: words.donor,
        cell: ({ donor }) => (donor === undefined ? "–" : <HiddenText>{donor}</HiddenText>),
        sort: (a, b) => compare(a.donor ?? "", b.donor ?? ""),
      },
      {
        id: "memo",
        title: words.memo,
        cell: ({ memo }) => (memo === undefined ? "–" : <HiddenText>{memo}</HiddenText>),
      },
      { id: "reference", title: words.reference, isExtra: true, cell: ({ reference }) => reference ?? "–" },
      {
        id: "account",
        title: words.account,
        isExtra: true,
        cell: ({ account }) => <HiddenText>{account}</HiddenText>,
      },
    ];
  }, [words, language]);
  if (error !== null) return <AskError error={error} />;
  if (data === undefined) return <div className="screen-loading" />;
  const isWhole = data.total <= most;
  return (
    <>
      <DataTable
        caption={caption}
        rows={data.rows}
        columns={columns}
        rowKey={({ key }) => key}
        empty={<Empty />}
        // A file that looks like all gifts and holds the latest only would mislead whoever gets it.
        {...(isWhole && {
          exports: tableExports<GiftRow>(`${id}-gifts`, [
            { title: words.date, value: ({ date }) => date },
            { title: words.sum, value: ({ currency, minor }) => ({ currency, minor }) },
            { title: words.ground, value: ({ ground }) => labelOf(groundLabels, ground, language) },
            { title: words.donor, value: ({ donor }) => donor },
            { title: words.memo, value: ({ memo }) => memo },
            { title: words.reference, value: ({ reference }) => reference },
            { title: words.account, value: ({ account }) => account },
          ]),
        })}
      />
      <ShowAll total={data.total} shown={most} onAll={() => setMost(data.total)} />
    </>
  );
}

function Refunds({ id, caption }: OfAppeal) {
  const words = useWords(appealWords);
  const { data, error } = useAsk("appeals.entries", { id });
  const columns: Column<RefundRow>[] = [
    { id: "id", title: words.id, card: "head", cell: ({ id }) => id },
    {
      id: "date",
      title: words.date,
      card: "side",
      cell: ({ date }) => (date === undefined ? "–" : <Day day={date} />),
      sort: byDay,
    },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      cell: (row) => <Money minor={row.minor} currency={row.currency} />,
      sort: bySum,
    },
    { id: "reason", title: words.reason, cell: ({ reason }) => reason ?? "–" },
    {
      id: "bank",
      title: words.account,
      cell: ({ isSettled }) => (isSettled ? words.settled : words.notSettled),
    },
  ];
  if (error !== null) return <AskError error={error} />;
  if (data === undefined) return <div className="screen-loading" />;
  return (
    <DataTable
      caption={caption}
      rows={data.refunds}
      columns={columns}
      rowKey={(one) => one.id}
      empty={<Empty />}
    />
  );
}

function Covers({ id, caption }: OfAppeal) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const [most, setMost] = useState(shownAtFirst);
  const { data, error } = useAsk("appeals.covers", { id, most });
  const columns: Column<CoverRow>[] = [
    { id: "date", title: words.date, card: "head", cell: ({ date }) => <Day day={date} />, sort: byDay },
    {
      id: "type",
      title: words.covered,
      card: "side",
      cell: ({ type }) => (type === "given" ? words.given : words.repaid),
    },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      cell: ({ type, minor, currency }) => (
        <Money minor={type === "given" ? minor : -minor} currency={currency} />
      ),
      sort: bySum,
    },
    {
      id: "ground",
      title: words.ground,
      cell: ({ ground, decision }) =>
        decision ?? (ground === "policy" ? words.rules : labelOf(groundLabels, ground, language)),
    },
    { id: "entry", title: words.id, isExtra: true, cell: ({ index }) => words.entry(index) },
  ];
  if (error !== null) return <AskError error={error} />;
  if (data === undefined) return <div className="screen-loading" />;
  return (
    <>
      <DataTable
        caption={caption}
        rows={data.rows}
        columns={columns}
        rowKey={({ index }) => String(index)}
        empty={<Empty />}
      />
      <ShowAll total={data.total} shown={most} onAll={() => setMost(data.total)} />
    </>
  );
}

export function Payments({ rows, caption }: TableProps<AppealPayment>) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const columns: Column<AppealPayment>[] = [
    { id: "id", title: words.id, width: "8rem", card: "head", cell: ({ id }) => id },
    {
      id: "date",
      title: words.date,
      width: "8rem",
      card: "side",
      cell: ({ date }) => (date === undefined ? "–" : <Day day={date} />),
      sort: byDay,
    },
    {
      id: "category",
      title: words.category,
      cell: ({ category }) => labelOf(categoryLabels, category, language),
    },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      cell: (row) => <Money minor={row.minor} currency={row.currency} />,
      sort: bySum,
    },
    {
      id: "payee",
      title: words.payee,
      cell: ({ payee }) => (payee === undefined ? "–" : <HiddenText>{payee}</HiddenText>),
    },
    {
      id: "confirmed",
      title: words.confirmed,
      cell: ({ confirmed }) =>
        [confirmed.lawyer && words.lawyer, confirmed.beneficiary && words.beneficiary]
          .filter((who) => who !== undefined)
          .join(", ") || "–",
    },
    { id: "receipt", title: words.receipt, isExtra: true, cell: ({ receipt }) => receipt ?? "–" },
    {
      id: "bank",
      title: words.account,
      isExtra: true,
      cell: ({ isSettled }) => (isSettled ? words.settled : words.notSettled),
    },
  ];
  return (
    <DataTable
      caption={caption}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      href={({ id }) => `/spending/${encodeURIComponent(id)}`}
      empty={
        <p className="none-here">
          {words.noSpending} <Link href="/spending/new">{words.addPayment}</Link>
        </p>
      }
      exports={tableExports<AppealPayment>("payments", [
        { title: words.id, value: ({ id }) => id },
        { title: words.date, value: ({ date }) => date },
        { title: words.category, value: ({ category }) => labelOf(categoryLabels, category, language) },
        { title: words.sum, value: ({ currency, minor }) => ({ currency, minor }) },
        { title: words.payee, value: ({ payee }) => payee },
        { title: words.receipt, value: ({ receipt }) => receipt },
      ])}
    />
  );
}
