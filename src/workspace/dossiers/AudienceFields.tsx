import { Checkbox, Radio } from "@mantine/core";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { fieldLabels } from "#workspace/ui/preview-labels.ts";
import { Section } from "#workspace/ui/Section.tsx";
import { audienceIds, audiences, fieldGroups, namesPeople, type AudienceId } from "./audiences.ts";
import { dossierWords } from "./words.ts";

type AudienceFieldsProps = {
  readonly audience: AudienceId;
  readonly disclose: readonly string[];
  readonly onChange: (audience: AudienceId, disclose: readonly string[]) => void;
};

/** For whom it is, which opens a usual set of fields, and each field by itself. */
export function AudienceFields({ audience, disclose, onChange }: AudienceFieldsProps) {
  const words = useWords(dossierWords);
  return (
    <Section title={words.forWhom} isCard>
      <Radio.Group
        aria-label={words.forWhom}
        value={audience}
        onChange={(value) => {
          const chosen = audienceIds.find((id) => id === value) ?? "other";
          onChange(chosen, chosen === "other" ? disclose : audiences[chosen]);
        }}
      >
        <div className="audiences">
          {audienceIds.map((id) => (
            <Radio key={id} value={id} label={words.audiences[id]} description={words.audienceHints[id]} />
          ))}
        </div>
      </Radio.Group>
      <details className="disclose" open={audience === "other"}>
        <summary>{words.alsoOpen}</summary>
        <div className="disclose-groups">
          {fieldGroups.map(({ id, fields }) => (
            <FieldGroup
              key={id}
              title={words.groups[id]}
              fields={fields}
              disclose={disclose}
              onChange={(next) => onChange("other", next)}
            />
          ))}
        </div>
      </details>
    </Section>
  );
}

type FieldGroupProps = {
  readonly title: string;
  readonly fields: readonly string[];
  readonly disclose: readonly string[];
  readonly onChange: (disclose: readonly string[]) => void;
};

function FieldGroup({ title, fields, disclose, onChange }: FieldGroupProps) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      {fields.map((field) => (
        <Checkbox
          key={field}
          label={
            <>
              {fieldLabels[field]?.[language] ?? field}
              {namesPeople.has(field) && <small className="names-people">{words.namesPeople}</small>}
            </>
          }
          checked={disclose.includes(field)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked ? [...disclose, field] : disclose.filter((one) => one !== field),
            )
          }
        />
      ))}
    </fieldset>
  );
}
