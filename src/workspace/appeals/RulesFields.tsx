import { Radio, TextInput } from "@mantine/core";
import { languageNames, languages } from "#language/language.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { SumField } from "#workspace/ui/fields.tsx";
import type { AppealList } from "./calls.ts";
import type { PolicyChoice } from "./commands.ts";
import { appealWords } from "./words.ts";

/** What the rules are now; for a foundation without rules, what most choose. */
export function choiceOf({ policy, foundation }: AppealList): PolicyChoice {
  return {
    foundation:
      policy === null || Object.keys(policy.names).length === 0
        ? { kk: foundation, ru: foundation, en: foundation }
        : policy.names,
    unsigned: policy?.unsigned ?? "general",
    shortfall: policy?.shortfall ?? "general",
    ...(policy?.approvalLimit !== undefined && { approvalLimit: policy.approvalLimit }),
  };
}

type RulesFieldsProps = {
  readonly choice: PolicyChoice;
  readonly onChange: (choice: PolicyChoice) => void;
  readonly currency: string;
};

/** The questions of the rules for money. */
export function RulesFields({ choice, onChange, currency }: RulesFieldsProps) {
  const words = useWords(appealWords);
  const { unsigned, shortfall, approvalLimit, foundation } = choice;
  return (
    <>
      <Radio.Group
        label={words.unsigned}
        value={unsigned}
        onChange={(value) => onChange({ ...choice, unsigned: value === "general" ? "general" : "unknown" })}
      >
        <div className="radios">
          <Radio value="general" label={words.unsignedGeneral} />
          <Radio value="unknown" label={words.unsignedUnknown} />
        </div>
      </Radio.Group>
      <Radio.Group
        label={words.shortfall}
        value={shortfall}
        onChange={(value) => onChange({ ...choice, shortfall: value === "general" ? "general" : "none" })}
      >
        <div className="radios">
          <Radio value="general" label={words.shortfallGeneral} />
          <Radio value="none" label={words.shortfallNone} />
        </div>
      </Radio.Group>
      <SumField
        label={words.limitField}
        description={words.limitHint}
        isOptional
        currency={approvalLimit?.currency ?? currency}
        value={approvalLimit?.minor}
        onChange={(minor) => {
          const { approvalLimit: before, ...rest } = choice;
          const of = before?.currency ?? currency;
          onChange(minor === undefined ? rest : { ...rest, approvalLimit: { currency: of, minor } });
        }}
      />
      <div className="field-row">
        {languages.map((language) => (
          <TextInput
            key={language}
            label={`${words.foundationName}: ${languageNames[language]}`}
            lang={language}
            value={foundation[language] ?? ""}
            onChange={(event) => {
              const { [language]: _, ...others } = foundation;
              const name = event.currentTarget.value;
              onChange({
                ...choice,
                foundation: name === "" ? others : { ...others, [language]: name },
              });
            }}
          />
        ))}
      </div>
    </>
  );
}
