import { Button, Modal } from "@mantine/core";
import type { Preview, PreviewEntry, PreviewField } from "#workspace/desk/command.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import type { Asked } from "./command.tsx";
import { Icon } from "./icons.tsx";
import { entryName, fieldLines, roomName } from "./preview-text.ts";
import { RefusalAlert } from "./RefusalAlert.tsx";
import { uiWords } from "./words.ts";

/** More entries than this are counted, not listed: an import has thousands, and nobody reads them here. */
const listedMax = 12;

/**
 * The last look before something goes on the record: what everybody will be able to read for ever, what is sealed to whom,
 * and what follows of itself. The button says what it does; Back is always there and loses nothing.
 */
export default function PreviewDialog({ asked }: { readonly asked: Asked }) {
  const words = useWords(uiWords);
  const { title, outcome, answer } = asked;
  const isEmpty = outcome.kind === "preview" && outcome.preview.entries.length === 0;
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={title}
      size="lg"
      closeButtonProps={{ "aria-label": words.close }}
    >
      {outcome.kind === "refused" && <RefusalAlert refusal={outcome.refusal} />}
      {isEmpty && <p className="preview-lead">{words.nothingNew}</p>}
      {outcome.kind === "preview" && !isEmpty && <Shown preview={outcome.preview} />}
      <div className="buttons buttons-end">
        <Button
          variant="default"
          data-autofocus={outcome.kind === "refused" || isEmpty || undefined}
          onClick={() => answer(false)}
        >
          {words.back}
        </Button>
        {outcome.kind === "preview" && !isEmpty && (
          <Button data-autofocus onClick={() => answer(true)}>
            {words.record}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Shown({ preview }: { readonly preview: Preview }) {
  const words = useWords(uiWords);
  return (
    <>
      <p className="preview-lead">{words.previewLead}</p>
      <Entries entries={preview.entries} />
      {preview.followUps.length > 0 && (
        <>
          <h3 className="preview-heading">{words.followUps}</h3>
          <Entries entries={preview.followUps} />
        </>
      )}
      {preview.summary.notes.length > 0 && (
        <ul className="preview-notes">
          {preview.summary.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly PreviewEntry[] }) {
  const words = useWords(uiWords);
  return (
    <div className="preview-entries">
      {entries.slice(0, listedMax).map((entry, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a preview is shown once and never reordered
        <Entry key={i} entry={entry} />
      ))}
      {entries.length > listedMax && (
        <p className="preview-more">{words.andMore(entries.length - listedMax)}</p>
      )}
    </div>
  );
}

function Entry({ entry }: { readonly entry: PreviewEntry }) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  return (
    <article className="preview-entry">
      <h3>{entryName(entry.type, language)}</h3>
      <Fields icon="public" title={words.forEveryone} fields={entry.public} />
      {entry.hidden.length > 0 && (
        <Fields
          icon="seal"
          title={words.sealedTo(roomName(entry.room, language))}
          fields={entry.hidden}
          beside={entry.public}
        />
      )}
      {entry.items > 0 && (
        <p className="preview-items">
          <Icon name="seal" size={16} />
          {words.sealedRows(entry.items)}
        </p>
      )}
    </article>
  );
}

type FieldsProps = {
  readonly icon: "public" | "seal";
  readonly title: string;
  readonly fields: readonly PreviewField[];
  readonly beside?: readonly PreviewField[];
};

function Fields({ icon, title, fields, beside }: FieldsProps) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  const lines = fieldLines(fields, language, beside);
  return (
    <div className={`preview-part preview-${icon}`}>
      <p className="preview-part-title">
        <Icon name={icon} size={16} />
        {title}
      </p>
      {lines.length === 0 ? (
        <p className="preview-none">{words.onlyThatItIs}</p>
      ) : (
        <dl>
          {lines.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
