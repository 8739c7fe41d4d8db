import { Button } from "@mantine/core";
import { useState } from "react";
import { useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { OwnTransfer } from "./calls.ts";
import { accountWords } from "./words.ts";

/** The latest at first, and more whenever somebody asks for more. */
const step = 50;

/** Money that only changed its place: no gift and no payment. */
export function Transfers() {
  const words = useWords(accountWords);
  const [most, setMost] = useState(step);
  const { data } = useAsk("accounts.transfers", { most });
  if (data === undefined) return null;
  const side = (one: OwnTransfer, wanted: "from" | "to") =>
    (one.direction === "debit") === (wanted === "from") ? one.account : one.other;
  const columns: Column<OwnTransfer>[] = [
    { id: "day", title: words.day, card: "head", cell: (one) => <Day day={one.date} />, width: "9rem" },
    { id: "from", title: words.from, cell: (one) => <HiddenText>{side(one, "from")}</HiddenText> },
    { id: "to", title: words.to, cell: (one) => <HiddenText>{side(one, "to")}</HiddenText> },
    {
      id: "sum",
      title: words.sum,
      isNumeric: true,
      card: "side",
      cell: (one) => <Money minor={one.minor} currency={one.currency} />,
      width: "11rem",
    },
  ];
  return (
    <Section title={words.transfers}>
      <DataTable
        caption={words.transfers}
        rows={data.transfers}
        columns={columns}
        rowKey={(one) => one.nullifier}
        empty={<EmptyState icon="accounts" title={words.transfersNone} text={words.transfersNoneText} />}
      />
      {data.total > most && (
        <Button variant="subtle" size="xs" onClick={() => setMost(most + step)}>
          {words.showMore}
        </Button>
      )}
    </Section>
  );
}
