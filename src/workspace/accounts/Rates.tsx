import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Rate } from "#domain/funds/entries.ts";
import { formatDay } from "#language/dates.ts";
import { formatDecimalText } from "#language/plural.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day, today } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { CurrencyField, DayField } from "#workspace/ui/fields.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { AccountForm } from "./AccountForm.tsx";
import { accountWords } from "./words.ts";

/** Rates of exchange, each a fact with a source. */
export function Rates({ rates, base }: { readonly rates: readonly Rate[]; readonly base: string }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const columns: Column<Rate>[] = [
    {
      id: "day",
      title: words.day,
      card: "head",
      cell: (one) => <Day day={one.date} />,
      width: "9rem",
      sort: (a, b) => (a.date < b.date ? -1 : 1),
    },
    { id: "pair", title: words.currency, cell: (one) => `${one.from}/${one.to}`, width: "9rem" },
    {
      id: "rate",
      title: words.rate,
      isNumeric: true,
      card: "side",
      cell: (one) => <span className="money">{formatDecimalText(one.rate, language)}</span>,
      width: "9rem",
    },
    { id: "source", title: words.source, cell: (one) => one.source },
  ];
  return (
    <Section
      title={words.rates}
      lead={words.ratesLead}
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {words.addRate}
          </Button>
        )
      }
    >
      {isOpen && <RateForm base={base} onEnd={() => setOpen(false)} />}
      <DataTable
        caption={words.rates}
        rows={rates}
        columns={columns}
        rowKey={(one) => `${one.date} ${one.from} ${one.to} ${one.source}`}
        empty={<EmptyState icon="accounts" title={words.ratesNone} text={words.ratesNoneText} />}
      />
    </Section>
  );
}

function RateForm({ base, onEnd }: { readonly base: string; readonly onEnd: () => void }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const add = useCommand("rate.add");
  const [date, setDate] = useState(today);
  const [from, setFrom] = useState(base === "EUR" ? "USD" : "EUR");
  const [to, setTo] = useState(base);
  const [rate, setRate] = useState("");
  const [source, setSource] = useState("");
  const isFilled = [date, from, to, rate, source].every((text) => text.trim() !== "");
  const send = () => {
    const title = words.rateAdded(from, to, formatDay(date, language));
    return add({ date, from, to, rate: rate.trim(), source: source.trim() }, { title });
  };
  return (
    <AccountForm send={isFilled ? send : undefined} onEnd={onEnd}>
      <DayField label={words.day} value={date} onChange={setDate} />
      <CurrencyField label={words.from} value={from} onChange={setFrom} />
      <CurrencyField label={words.to} value={to} onChange={setTo} />
      <TextInput
        label={words.rate}
        description={words.rateHint}
        inputMode="decimal"
        value={rate}
        onChange={(event) => setRate(event.currentTarget.value)}
        required
        withAsterisk={false}
        autoComplete="off"
      />
      <TextInput
        label={words.source}
        description={words.sourceHint}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
    </AccountForm>
  );
}
