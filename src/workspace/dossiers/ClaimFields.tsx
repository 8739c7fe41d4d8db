import { NativeSelect, Switch } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatDecimal } from "#domain/funds/money.ts";
import type { ClaimWhat } from "#dossier/statement/claim.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { CurrencyField, SumField } from "#workspace/ui/fields.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { dossierWords } from "./words.ts";

type ClaimFieldsProps = {
  readonly base: string;
  /** The assertion as the dossier writes it, "31000000 KZT raised"; undefined when there is none. */
  readonly onChange: (claim: string | undefined) => void;
};

const whats = ["raised", "spent", "returned", "covered", "left"] as const;

/** What an accuser, a journalist or a donor says: a sum and a word about it, so that it can be read in one way only. */
export function ClaimFields({ base, onChange }: ClaimFieldsProps) {
  const words = useWords(dossierWords);
  const [isOn, setOn] = useState(false);
  const [minor, setMinor] = useState<bigint>();
  const [currency, setCurrency] = useState(base);
  const [what, setWhat] = useState<ClaimWhat>("raised");
  useEffect(() => {
    const isWhole = isOn && minor !== undefined && /^[A-Z]{3}$/u.test(currency);
    onChange(isWhole ? `${formatDecimal(minor, currency)} ${currency} ${what}` : undefined);
  }, [isOn, minor, currency, what, onChange]);
  return (
    <Section title={words.claim} lead={words.claimLead} isCard>
      <Switch
        label={words.hasClaim}
        checked={isOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      {isOn && (
        <div className="claim-fields">
          <SumField label={words.claimSum} currency={currency} value={minor} onChange={setMinor} />
          <CurrencyField label={words.currency} value={currency} onChange={setCurrency} />
          <NativeSelect
            label={words.claimWhat}
            value={what}
            onChange={(event) => setWhat(whats.find((one) => one === event.currentTarget.value) ?? "raised")}
            data={whats.map((value) => ({ value, label: words.claimWhats[value] }))}
          />
        </div>
      )}
    </Section>
  );
}
