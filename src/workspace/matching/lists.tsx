/** What waits without a decision to take here: each says what is missing, and where to get it. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { labelOf, roleLabels } from "#domain/funds/labels.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { MatchingQueue, OpenRefund, UnpaidPayment } from "./calls.ts";
import { matchingWords } from "./words.ts";

type MatchingWords = (typeof matchingWords)["en"];

export function Payments({
  payments,
  onDebits,
}: {
  readonly payments: readonly UnpaidPayment[];
  readonly onDebits: () => void;
}) {
  const words = useWords(matchingWords);
  const columns: Column<UnpaidPayment>[] = [
    {
      id: "spending",
      title: words.spending,
      card: "head",
      cell: (one) => <Link href={`/spending/${encodeURIComponent(one.spending)}`}>{one.spending}</Link>,
      width: "9rem",
    },
    {
      id: "day",
      title: words.day,
      cell: (one) => day(one.date),
      width: "8rem",
      sort: byText((one) => one.date),
    },
    { id: "appeal", title: words.appeal, cell: (one) => one.appeal, width: "9rem" },
    { id: "payee", title: words.payee, cell: (one) => <HiddenText>{one.payee ?? "–"}</HiddenText> },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      card: "side",
      cell: (one) => <Money minor={one.minor} currency={one.currency} />,
      width: "10rem",
    },
    { id: "what", title: words.what, cell: (one) => whatPaymentLacks(one, words, onDebits), width: "20rem" },
  ];
  return (
    <Section title={words.paymentsTitle} lead={words.closesBlocked}>
      <DataTable
        caption={words.tabs.payments}
        rows={payments}
        columns={columns}
        rowKey={(one) => one.spending}
      />
    </Section>
  );
}

function whatPaymentLacks(one: UnpaidPayment, words: MatchingWords, onDebits: () => void): ReactNode {
  if (one.debits > 0)
    return (
      <span className="matching-what">
        {words.debitsOfSum(one.debits)} {toDebits(words, onDebits)}
      </span>
    );
  if (one.isDayShown) return <span className="matching-what">{words.noDebitButFile}</span>;
  return (
    <span className="matching-what">
      {words.noDebitNoFile} <Link href="/import">{words.openImport}</Link>
    </span>
  );
}

export function Refunds({
  refunds,
  onDebits,
}: {
  readonly refunds: readonly OpenRefund[];
  readonly onDebits: () => void;
}) {
  const words = useWords(matchingWords);
  const columns: Column<OpenRefund>[] = [
    {
      id: "refund",
      title: words.reference,
      card: "head",
      cell: (one) => one.reference ?? one.refund,
      width: "10rem",
    },
    {
      id: "day",
      title: words.day,
      cell: (one) => day(one.date),
      width: "8rem",
      sort: byText((one) => one.date),
    },
    { id: "reason", title: words.reason, cell: (one) => one.reason ?? "–" },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      card: "side",
      cell: (one) =>
        one.minor === null || one.currency === null ? (
          "–"
        ) : (
          <Money minor={one.minor} currency={one.currency} />
        ),
      width: "10rem",
    },
    {
      id: "what",
      title: words.what,
      cell: (one) => (
        <span className="matching-what">
          {one.lacks.includes("gift") && (
            <>
              {words.lacksGift} <Link href="/import">{words.openImport}</Link>{" "}
            </>
          )}
          {one.lacks.includes("debit") && (
            <>
              {words.lacksDebit} {toDebits(words, onDebits)}
            </>
          )}
        </span>
      ),
      width: "22rem",
    },
  ];
  return (
    <Section title={words.tabs.refunds} lead={words.closesBlocked}>
      <DataTable caption={words.tabs.refunds} rows={refunds} columns={columns} rowKey={(one) => one.refund} />
    </Section>
  );
}

type Waiting = MatchingQueue["decisions"][number];

export function WaitingDecisions({ decisions }: { readonly decisions: readonly Waiting[] }) {
  const words = useWords(matchingWords);
  const columns: Column<Waiting>[] = [
    { id: "reference", title: words.reference, card: "head", cell: (one) => one.reference, width: "12rem" },
    { id: "appeal", title: words.appeal, card: "side", cell: (one) => one.appeal, width: "9rem" },
    { id: "ground", title: words.ground, cell: (one) => one.ground },
    { id: "by", title: words.by, cell: (one) => <HiddenText>{one.by}</HiddenText>, width: "12rem" },
  ];
  return (
    <Section title={words.decisionsTitle} lead={words.decisionsLead}>
      <DataTable
        caption={words.decisionsTitle}
        rows={decisions}
        columns={columns}
        rowKey={(one) => `${one.reference} ${one.appeal} ${one.ground}`}
      />
    </Section>
  );
}

type Confirmation = MatchingQueue["confirmations"][number];

export function Confirmations({ confirmations }: { readonly confirmations: readonly Confirmation[] }) {
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const columns: Column<Confirmation>[] = [
    { id: "spending", title: words.spending, card: "head", cell: (one) => one.spending, width: "12rem" },
    {
      id: "roles",
      title: words.roles,
      cell: (one) => one.roles.map((role) => labelOf(roleLabels, role, language)).join(", "),
    },
  ];
  return (
    <Section title={words.confirmationsTitle} lead={words.confirmationsLead}>
      <DataTable
        caption={words.confirmationsTitle}
        rows={confirmations}
        columns={columns}
        rowKey={(one) => one.spending}
      />
    </Section>
  );
}

function toDebits(words: MatchingWords, onDebits: () => void): ReactNode {
  return (
    <Button variant="subtle" size="compact-sm" onClick={onDebits}>
      {words.openDebits}
    </Button>
  );
}

const day = (date: string | null): ReactNode => (date === null ? "–" : <Day day={date} />);

function byText<Row>(of: (row: Row) => string | null): (a: Row, b: Row) => number {
  return (a, b) => ((of(a) ?? "") < (of(b) ?? "") ? -1 : 1);
}
