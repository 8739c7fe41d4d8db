import type { DossierPreview, PreviewedField } from "#dossier/preview.ts";
import { formatCount } from "#language/numbers.ts";
import type { Language } from "#language/language.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { fieldLabels } from "#workspace/ui/preview-labels.ts";
import { entryName, fieldLines } from "#workspace/ui/preview-text.ts";
import { Section } from "#workspace/ui/Section.tsx";
import { namesPeople } from "./audiences.ts";
import { ClaimLine } from "./CheckReport.tsx";
import { DossierFigures } from "./DossierFigures.tsx";
import { dossierWords } from "./words.ts";

/** Field by field: what the reader will see, with counts and examples, and what stays hidden from him. */
export function DisclosurePreview({ preview }: { readonly preview: DossierPreview }) {
  const words = useWords(dossierWords);
  const opens = preview.fields.filter(({ opened }) => opened > 0);
  const hidden = preview.fields.filter(({ hidden: count }) => count > 0);
  const { data: head } = useAsk("dossiers.size", {});
  return (
    <>
      {preview.claim !== null && <ClaimLine claim={preview.claim} />}
      <Section title={words.figures} isCard>
        <p className="scope">
          {words.scope}: {preview.scope.join(", ")}
        </p>
        <DossierFigures totals={preview.totals} />
      </Section>
      <Section title={words.preview} lead={words.previewLead(words.allTravel(head ?? 0))} isCard>
        <h3 className="disclosure-title disclosure-opens">
          <Icon name="eye" size={18} />
          {words.opens}
        </h3>
        <FieldList fields={opens} isOpened />
        <h3 className="disclosure-title disclosure-hidden">
          <Icon name="seal" size={18} />
          {words.staysHidden}
        </h3>
        {hidden.length === 0 ? <p>{words.nothingHidden}</p> : <FieldList fields={hidden} isOpened={false} />}
      </Section>
    </>
  );
}

type FieldListProps = { readonly fields: readonly PreviewedField[]; readonly isOpened: boolean };

function FieldList({ fields, isOpened }: FieldListProps) {
  const { language } = useLanguage();
  const types = [...new Set(fields.map(({ type }) => type))];
  return (
    <ul className="disclosure-types">
      {types.map((type) => (
        <li key={type}>
          <p className="disclosure-type">{entryName(type, language)}</p>
          <ul>
            {fields
              .filter((field) => field.type === type)
              .map((field) => (
                <FieldLine key={`${field.field} ${field.isOfRow}`} field={field} isOpened={isOpened} />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function FieldLine({ field, isOpened }: { readonly field: PreviewedField; readonly isOpened: boolean }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const count = (n: number) => formatCount(n, language);
  const ofRows = field.type === "statement.lines" ? words.rowsThemselves : words.rowPlaces;
  const name = field.field === "" ? ofRows : (fieldLabels[field.field]?.[language] ?? field.field);
  return (
    <li className="disclosure-field">
      <span className="disclosure-name">
        {name}
        {isOpened && namesPeople.has(field.field) && (
          <small className="names-people">{words.namesPeople}</small>
        )}
      </span>
      <span className="disclosure-count money">
        {words.ofAll(count(isOpened ? field.opened : field.hidden), count(field.opened + field.hidden))}
      </span>
      {isOpened && field.examples.length > 0 && (
        <details className="disclosure-examples">
          <summary>{words.examples}</summary>
          <ul>
            {field.examples.map((value, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- examples are never reordered
              <li key={i}>
                <HiddenText>{exampleText(field, value, language)}</HiddenText>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function exampleText({ field }: PreviewedField, value: unknown, language: Language): string {
  const isRow = field === "" && typeof value === "object" && value !== null;
  const lines = isRow
    ? fieldLines(
        Object.entries(value).map(([name, one]: [string, unknown]) => ({ name, value: one })),
        language,
      ).map((line) => `${line.name}: ${line.value}`)
    : fieldLines([{ name: field, value }], language).map((line) => line.value);
  return lines.join(" · ");
}
