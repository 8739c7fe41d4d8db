import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { general, unknown } from "#domain/funds/ids.ts";
import { figureLabels, labelOf } from "#domain/funds/labels.ts";
import { formatDay, formatDayRange } from "#language/dates.ts";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import { accountNumber } from "./account-number.ts";
import type { Account, AccountStatement } from "./calls.ts";
import { FreezeForm } from "./FreezeForm.tsx";
import { accountWords } from "./words.ts";
import "./accounts.css";

/** One account: its statements and what they leave out, its freezes, and what lies in it for whom. */
export default function AccountScreen() {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const { id } = useParams();
  const { data } = useAsk("accounts.overview", {});
  const [isOpen, setOpen] = useState(false);
  const back = { href: "/accounts", label: words.back };
  if (data === undefined) return <PageHeader title={words.title} back={back} />;
  const account = data.accounts.find((one) => one.id === id);
  if (account === undefined)
    return (
      <>
        <PageHeader title={words.title} back={back} />
        <EmptyState
          icon="accounts"
          title={words.missing}
          text={words.missingText}
          action={{ label: words.back, href: "/accounts" }}
        />
      </>
    );
  const { number, currency, balance, balanceDay, frozen } = account;
  const lead =
    balance === null || currency === null || balanceDay === null ? undefined : (
      <>
        {words.balance}: <Money minor={balance} currency={currency} />{" "}
        {words.balanceOn(formatDay(balanceDay, language))}
      </>
    );
  return (
    <>
      <PageHeader
        title={accountNumber(number)}
        back={back}
        lead={lead}
        aside={
          frozen !== null && (
            <State tone="bad">{words.frozenSince(formatDay(frozen.date, language, "short"))}</State>
          )
        }
        actions={
          !isOpen && (
            <Button variant="default" onClick={() => setOpen(true)}>
              {frozen === null ? words.freeze : words.release}
            </Button>
          )
        }
      />
      {isOpen && (
        <FreezeForm
          account={number}
          event={frozen === null ? "frozen" : "released"}
          onEnd={() => setOpen(false)}
        />
      )}
      {frozen !== null && <Held account={account} />}
      <Gaps account={account} />
      <Statements account={account} />
      {account.events.length > 0 && (
        <Section title={words.history}>
          <ul className="account-events">
            {account.events.map(({ kind, date, detail }) => (
              <li key={`${kind} ${date} ${detail}`}>
                <Day day={date} />
                <State tone={kind === "frozen" ? "bad" : "good"}>{words.eventKinds[kind]}</State>
                <span>{detail}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Held({ account }: { readonly account: Account }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const name = (fund: string) => {
    if (fund === general) return labelOf(figureLabels, "general", language);
    return fund === unknown ? labelOf(figureLabels, "notYetKnown", language) : fund;
  };
  return (
    <Section title={words.held} lead={words.heldLead} isCard>
      <dl className="account-held">
        {account.held.map(({ fund, currency, minor }) => (
          <div key={`${fund} ${currency}`}>
            <dt>
              {fund === general || fund === unknown ? (
                name(fund)
              ) : (
                <Link href={`/appeals/${encodeURIComponent(fund)}`}>{fund}</Link>
              )}
            </dt>
            <dd>
              <Money minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Gaps({ account }: { readonly account: Account }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  if (account.gaps.length === 0) return null;
  return (
    <Section title={words.gapsTitle}>
      <div className="account-gaps">
        {account.gaps.map(({ from, to, balancesMeet }) => (
          <Note key={`${from} ${to}`} tone={balancesMeet === true ? "info" : "warn"}>
            {words.gapDays(formatDayRange(from, to, language))}{" "}
            {balancesMeet === null ? words.gapUnknown : balancesMeet ? words.gapMeets : words.gapNot}{" "}
            <Link href="/import">{words.gapAction}</Link>
          </Note>
        ))}
      </div>
    </Section>
  );
}

function Statements({ account }: { readonly account: Account }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const money = (minor: bigint | null) =>
    minor === null || account.currency === null ? "–" : <Money minor={minor} currency={account.currency} />;
  const columns: Column<AccountStatement>[] = [
    {
      id: "file",
      title: words.file,
      card: "head",
      cell: (one) => (
        <>
          {one.file ?? "–"} {one.acceptedBy !== null && <State>{words.taken(one.acceptedBy)}</State>}
        </>
      ),
    },
    {
      id: "period",
      title: words.period,
      cell: (one) =>
        one.from === null || one.to === null ? "–" : formatDayRange(one.from, one.to, language),
      sort: (a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1),
      width: "16rem",
    },
    {
      id: "rows",
      title: words.rows,
      isNumeric: true,
      cell: (one) => formatCount(one.lines, language),
      width: "6rem",
    },
    {
      id: "opening",
      title: words.opening,
      isNumeric: true,
      cell: (one) => money(one.opening),
      width: "11rem",
    },
    {
      id: "closing",
      title: words.closing,
      isNumeric: true,
      card: "side",
      cell: (one) => money(one.closing),
      width: "11rem",
    },
  ];
  return (
    <Section title={words.statementsTitle}>
      <DataTable
        caption={words.statementsTitle}
        rows={account.statements}
        columns={columns}
        rowKey={(one) => `${one.file ?? ""} ${one.from ?? ""} ${one.lines}`}
        empty={
          <EmptyState
            icon="import"
            title={words.emptyTitle}
            text={words.emptyText}
            action={{ label: words.emptyAction, href: "/import" }}
          />
        }
      />
    </Section>
  );
}
