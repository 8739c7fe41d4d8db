import { Radio, TextInput } from "@mantine/core";
import type { Related } from "#domain/funds/entries.ts";
import { labelOf, relatedLabels } from "#domain/funds/labels.ts";
import { capital } from "#workspace/appeals/capital.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { spendingWords } from "./words.ts";

type RelatedFieldsProps = {
  readonly related: Related | "no";
  readonly relation: string;
  readonly approver: string;
  /** A payment of the past names who approved it; a new one is approved by keys. */
  readonly needsApprover: boolean;
  readonly onChange: (change: {
    readonly related?: Related | "no";
    readonly relation?: string;
    readonly approver?: string;
  }) => void;
};

/** Is the payee staff, an officer or a relative of one? */
export function RelatedFields({ related, relation, approver, needsApprover, onChange }: RelatedFieldsProps) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  return (
    <div className="entry-fields">
      <Radio.Group
        aria-label={words.relatedField}
        value={related}
        onChange={(value) => {
          const chosen = (["staff", "officer", "relative"] as const).find((one) => one === value);
          onChange({ related: chosen ?? "no" });
        }}
      >
        <div className="radios">
          <Radio value="no" label={words.relatedNo} />
          {(["staff", "officer", "relative"] as const).map((one) => (
            <Radio key={one} value={one} label={capital(labelOf(relatedLabels, one, language))} />
          ))}
        </div>
      </Radio.Group>
      {related !== "no" && (
        <div className="field-row">
          <TextInput
            label={words.relationField}
            description={words.relationHint}
            value={relation}
            onChange={(event) => onChange({ relation: event.currentTarget.value })}
          />
          {needsApprover && (
            <TextInput
              label={words.approverField}
              description={words.approverHint}
              value={approver}
              onChange={(event) => onChange({ approver: event.currentTarget.value })}
            />
          )}
        </div>
      )}
    </div>
  );
}
