import { Button, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { categoryLabels, labelOf, relatedLabels } from "#domain/funds/labels.ts";
import { compareTexts } from "#language/collate.ts";
import { formatCount } from "#language/numbers.ts";
import { compareBig } from "#workspace/appeals/AppealsScreen.tsx";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { capital } from "#workspace/appeals/capital.ts";
import { tableExports } from "#workspace/appeals/exports.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { AddLink } from "#workspace/ui/AddLink.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { PaymentRow, SpendingList } from "./calls.ts";
import { spendingFilters, type SpendingFilter } from "./filters.ts";
import { fundName, PaymentState } from "./PaymentState.tsx";
import { Waiting } from "./Waiting.tsx";
import { spendingWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./spending.css";

/** At first; whoever wants all of them asks for them. On a phone each is a card of its own, and two hundred are forty screens. */
const shownAtFirst = { wide: 200, phone: 30 };

/** All payments, what waits for this member first. */
export default function SpendingScreen() {
  const words = useWords(spendingWords);
  const [search, setSearch] = useSearchParams();
  const isPhone = useMediaQuery("(max-width: 44em)", false, { getInitialValueInEffect: false }) ?? false;
  const [most, setMost] = useState(isPhone ? shownAtFirst.phone : shownAtFirst.wide);
  const show = spendingFilters.find((one) => one === search.get("show")) ?? "all";
  const { data, error } = useAsk("spending.list", { show, most });
  const { data: waiting = [] } = useAsk("spending.waiting", {});
  const isEmpty = data?.total === 0 && data.present.length === 1;
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={data !== undefined && !isEmpty && <AddLink href="/spending/new" label={words.add} />}
      />
      {error !== null && <AskError error={error} />}
      {isEmpty && (
        <EmptyState icon="spending" title={words.emptyTitle} text={words.emptyText}>
          <div className="buttons">
            <Button component={Link} href="/spending/new">
              {words.add}
            </Button>
            <Button component={Link} href="/import" variant="default">
              {words.importTable}
            </Button>
          </div>
        </EmptyState>
      )}
      {data !== undefined && !isEmpty && (
        <>
          <Waiting payments={waiting} isShownEmpty={false} />
          <PaymentTable
            list={data}
            show={show}
            onShow={(one) => setSearch(one === "all" ? {} : { show: one }, { replace: true })}
            onAll={() => setMost(data.total)}
          />
        </>
      )}
    </>
  );
}

type PaymentTableProps = {
  readonly list: SpendingList;
  readonly show: SpendingFilter;
  readonly onShow: (show: SpendingFilter) => void;
  readonly onAll: () => void;
};

function PaymentTable({ list, show, onShow, onAll }: PaymentTableProps) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const { payments, total, present } = list;
  const isWhole = payments.length === total;
  const columns = useMemo((): Column<PaymentRow>[] => {
    const compare = compareTexts(language);
    const category = (row: PaymentRow) => labelOf(categoryLabels, row.category, language);
    return [
      {
        id: "number",
        title: words.number,
        width: "7.5rem",
        card: "head",
        cell: ({ id }) => id,
        sort: (a, b) => compare(a.id, b.id),
      },
      {
        id: "state",
        title: words.state,
        width: "8.5rem",
        card: "side",
        cell: (row) => <PaymentState row={row} />,
        sort: (a, b) => (a.state < b.state ? -1 : 1),
      },
      {
        id: "date",
        title: words.date,
        width: "6.75rem",
        cell: ({ date }) => (date === undefined ? "–" : <Day day={date} />),
        sort: (a, b) => ((a.date ?? "") < (b.date ?? "") ? -1 : 1),
      },
      {
        id: "sum",
        title: words.sum,
        width: "8.75rem",
        isNumeric: true,
        cell: ({ minor, currency }) => <Money minor={minor} currency={currency} />,
        sort: (a, b) => compareBig(a.minor, b.minor),
      },
      {
        id: "appeal",
        title: words.appeal,
        cell: (row) => fundName(row, language, words.general),
        sort: (a, b) => compare(a.appeal, b.appeal),
      },
      {
        id: "category",
        title: words.category,
        cell: category,
        sort: (a, b) => compare(category(a), category(b)),
      },
      {
        id: "payee",
        title: words.payee,
        cell: ({ payee, related }) => (
          <>
            {payee === undefined ? "–" : <HiddenText>{payee}</HiddenText>}{" "}
            {related !== undefined && <State tone="warn">{labelOf(relatedLabels, related, language)}</State>}
          </>
        ),
        sort: (a, b) => compare(a.payee ?? "", b.payee ?? ""),
      },
      {
        id: "confirmed",
        title: words.confirmed,
        width: "7.5rem",
        cell: ({ confirmed, state }) => (state === "paid" ? <Confirmers confirmed={confirmed} /> : "–"),
        sort: (a, b) => Object.keys(a.confirmed).length - Object.keys(b.confirmed).length,
      },
      { id: "receipt", title: words.receipt, isExtra: true, cell: ({ receipt }) => receipt ?? "–" },
      { id: "bank", title: words.bankTitle, isExtra: true, cell: ({ bank }) => words.bank[bank] || "–" },
      { id: "proposer", title: words.proposer, isExtra: true, cell: ({ proposer }) => proposer },
    ];
  }, [words, language]);
  const labels: Readonly<Record<SpendingFilter, string>> = {
    all: words.all,
    ...words.states,
    unconfirmed: words.unconfirmed,
    related: words.related,
  };
  return (
    <>
      <DataTable
        caption={words.title}
        rows={payments}
        columns={columns}
        rowKey={({ id }) => id}
        href={({ id }) => `/spending/${encodeURIComponent(id)}`}
        tools={
          <div className="segments">
            <SegmentedControl
              aria-label={words.filter}
              size="xs"
              value={show}
              onChange={(value) => onShow(spendingFilters.find((one) => one === value) ?? "all")}
              data={present.map((value) => ({ value, label: capital(labels[value]) }))}
            />
          </div>
        }
        // A file that looks like all payments and holds the latest only would mislead whoever gets it.
        {...(isWhole && {
          exports: tableExports<PaymentRow>("payments", [
            { title: words.number, value: ({ id }) => id },
            { title: words.state, value: ({ state }) => words.states[state] },
            { title: words.date, value: ({ date }) => date },
            { title: words.sum, value: ({ currency, minor }) => ({ currency, minor }) },
            { title: words.appeal, value: ({ appeal }) => appeal },
            { title: words.category, value: ({ category }) => labelOf(categoryLabels, category, language) },
            { title: words.payee, value: ({ payee }) => payee },
            { title: words.related, value: ({ related }) => related },
            { title: words.receipt, value: ({ receipt }) => receipt },
            { title: words.lawyer, value: ({ confirmed }) => confirmed.lawyer?.how },
            { title: words.beneficiary, value: ({ confirmed }) => confirmed.beneficiary?.how },
          ]),
        })}
      />
      {!isWhole && (
        <Button variant="subtle" size="xs" onClick={onAll}>
          {words.showAll(formatCount(total, language))}
        </Button>
      )}
    </>
  );
}

function Confirmers({ confirmed }: { readonly confirmed: PaymentRow["confirmed"] }) {
  const words = useWords(spendingWords);
  const who = [confirmed.lawyer && words.lawyer, confirmed.beneficiary && words.beneficiary].filter(
    (one) => one !== undefined,
  );
  if (who.length === 0) return <span className="none">{words.nobody}</span>;
  return <>{who.length === 2 ? words.both : who[0]}</>;
}
