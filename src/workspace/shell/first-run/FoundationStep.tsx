import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { parseCurrency } from "#domain/funds/currency.ts";
import { languageNames, languages } from "#language/language.ts";
import { CurrencyField } from "#workspace/ui/fields.tsx";
import { useWords } from "../language.tsx";
import { StepButtons } from "./StepButtons.tsx";
import type { StepProps } from "./Wizard.tsx";
import { firstRunWords } from "./words.ts";

/** Name, currency, languages: what the first entry says to everyone. */
export function FoundationStep({ draft, onNext, onBack }: StepProps) {
  const words = useWords(firstRunWords);
  const [name, setName] = useState(draft.name);
  const [currency, setCurrency] = useState(draft.currency);
  const [chosen, setChosen] = useState(draft.languages);
  const [isAsked, setAsked] = useState(false);
  const changed = { name: name.trim(), currency, languages: chosen };
  const isNameMissing = name.trim() === "";
  const isCurrencyMissing = parseCurrency(currency) === undefined;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!isNameMissing && !isCurrencyMissing && chosen.length > 0) onNext(changed);
      }}
    >
      <TextInput
        label={words.name}
        value={name}
        size="md"
        maxLength={200}
        autoComplete="organization"
        error={isAsked && isNameMissing ? words.nameMissing : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <CurrencyField
        label={words.currency}
        description={words.currencyHint}
        value={currency}
        onChange={setCurrency}
        {...(isAsked && isCurrencyMissing && { error: words.currencyMissing })}
      />
      <Checkbox.Group
        label={words.languages}
        description={words.languagesHint}
        value={[...chosen]}
        error={isAsked && chosen.length === 0 ? words.languagesMissing : undefined}
        onChange={(values) => {
          // In the order in which they were chosen: the first is the main one.
          const kept = chosen.filter((one) => values.includes(one));
          setChosen([...kept, ...languages.filter((one) => values.includes(one) && !kept.includes(one))]);
        }}
      >
        <div className="wizard-checks">
          {languages.map((one) => (
            <Checkbox
              key={one}
              value={one}
              lang={one}
              label={chosen[0] === one ? `${languageNames[one]} ★` : languageNames[one]}
            />
          ))}
        </div>
      </Checkbox.Group>
      <StepButtons onBack={() => onBack(changed)} />
    </form>
  );
}
