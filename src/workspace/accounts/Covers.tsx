import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { DayField, SumField } from "#workspace/ui/fields.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { AccountForm } from "./AccountForm.tsx";
import type { AccountsOverview, Cover } from "./calls.ts";
import { accountWords } from "./words.ts";

type CoversProps = {
  readonly covers: readonly Cover[];
  readonly appeals: AccountsOverview["appeals"];
  readonly isByPolicy: boolean;
};

/** What general funds lent to appeals and got back; by decision only where no policy does it by itself. */
export function Covers({ covers, appeals, isByPolicy }: CoversProps) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const money = (minor: bigint, currency: string) => <Money minor={minor} currency={currency} />;
  const columns: Column<Cover>[] = [
    {
      id: "appeal",
      title: words.appeal,
      card: "head",
      cell: (one) => `${one.appeal} ${one.title[language] ?? ""}`.trim(),
    },
    {
      id: "given",
      title: words.given,
      isNumeric: true,
      cell: (one) => money(one.given, one.currency),
      width: "12rem",
    },
    {
      id: "repaid",
      title: words.repaid,
      isNumeric: true,
      cell: (one) => money(one.repaid, one.currency),
      width: "12rem",
    },
    {
      id: "stands",
      title: words.stands,
      isNumeric: true,
      card: "side",
      cell: (one) => money(one.given - one.repaid, one.currency),
      width: "12rem",
    },
  ];
  return (
    <Section
      title={words.covers}
      lead={isByPolicy ? words.coversByPolicy : words.coversByDecision}
      actions={
        !isByPolicy &&
        !isOpen &&
        appeals.length > 0 && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {words.give}
          </Button>
        )
      }
    >
      {isOpen && <CoverForm appeals={appeals} onEnd={() => setOpen(false)} />}
      <DataTable
        caption={words.covers}
        rows={covers}
        columns={columns}
        rowKey={(one) => `${one.appeal} ${one.currency}`}
        href={(one) => `/appeals/${encodeURIComponent(one.appeal)}`}
        empty={<EmptyState icon="matching" title={words.coversNone} text={words.coversNoneText} />}
      />
    </Section>
  );
}

function CoverForm({
  appeals,
  onEnd,
}: {
  readonly appeals: AccountsOverview["appeals"];
  readonly onEnd: () => void;
}) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const record = useCommand("cover.record");
  const [type, setType] = useState<"given" | "repaid">("given");
  const [appeal, setAppeal] = useState(appeals.at(-1)?.id ?? "");
  const [minor, setMinor] = useState<bigint>();
  const [date, setDate] = useState(today);
  const [decision, setDecision] = useState("");
  const currency = appeals.find(({ id }) => id === appeal)?.currency ?? "KZT";
  const isFilled = date !== "" && decision.trim() !== "";
  const send = (sum: bigint) => {
    const text = formatSum(sum, currency, language);
    const title = type === "given" ? words.coverGiven(text, appeal) : words.coverRepaid(text, appeal);
    const input = { type, appeal, currency, minor: sum, date, decision: decision.trim() };
    return record(input, { title });
  };
  return (
    <AccountForm send={minor !== undefined && isFilled ? () => send(minor) : undefined} onEnd={onEnd}>
      <NativeSelect
        label={words.kindOfCover}
        value={type}
        onChange={(event) => setType(event.currentTarget.value === "repaid" ? "repaid" : "given")}
        data={[
          { value: "given", label: words.give },
          { value: "repaid", label: words.repay },
        ]}
      />
      <NativeSelect
        label={words.appeal}
        value={appeal}
        onChange={(event) => setAppeal(event.currentTarget.value)}
        data={appeals.map(({ id, title }) => ({ value: id, label: `${id} ${title[language] ?? ""}`.trim() }))}
      />
      <SumField key={currency} label={words.sum} currency={currency} value={minor} onChange={setMinor} />
      <DayField label={words.day} value={date} onChange={setDate} />
      <TextInput
        label={words.decision}
        description={words.decisionHint}
        value={decision}
        onChange={(event) => setDecision(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
    </AccountForm>
  );
}
