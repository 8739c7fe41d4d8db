import { Button } from "@mantine/core";
import { receiptWords } from "#workspace/receipts/receipt-words.ts";
import type { Metadata } from "#workspace/receipts/metadata.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Dropzone } from "#workspace/ui/Dropzone.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { readReceipt, type ReadReceipt } from "./read-receipt.ts";
import { spendingWords } from "./words.ts";

type ReceiptFieldProps = {
  readonly value: ReadReceipt | undefined;
  readonly onChange: (receipt: ReadReceipt | undefined) => void;
};

/** A place for a photo or PDF; says what was taken out of it before anything is sealed. */
export function ReceiptField({ value, onChange }: ReceiptFieldProps) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const take = async (file: File | undefined) => {
    if (file !== undefined) onChange(await readReceipt(file.name, file));
  };
  if (value === undefined || value.kind === "refused") {
    const said =
      value === undefined
        ? undefined
        : Object.entries(receiptWords[language].refusals).find(([code]) => code === value.refusal.code)?.[1];
    return (
      <div className="receipt-field">
        <Dropzone
          title={words.receiptDrop}
          hint={words.receiptHint}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          isMultiple={false}
          hasCamera
          onFiles={([file]) => void take(file)}
        />
        {said !== undefined && (
          <div role="alert">
            <Note tone="warn">
              <p>{said}</p>
            </Note>
          </div>
        )}
        {value !== undefined && said === undefined && <RefusalAlert refusal={value.refusal} />}
      </div>
    );
  }
  return (
    <div className="receipt-field receipt-taken" role="status">
      <p className="receipt-name">
        <Icon name="seal" />
        {value.receipt.file.name}
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(undefined)}>
          {words.changeReceipt}
        </Button>
      </p>
      {value.kind === "image" ? (
        <>
          {value.removed.length === 0 ? (
            <p className="line-note">{words.removedNone}</p>
          ) : (
            <>
              <p>{words.removed}:</p>
              <MetadataList found={value.removed} />
              <p className="line-note">{words.originalKept}</p>
            </>
          )}
        </>
      ) : (
        <>
          <p>{value.found.length === 0 ? words.pdfFoundNone : `${words.pdfFound}:`}</p>
          <MetadataList found={value.found} />
          <p className="line-note">
            {words.pdfKept} {!value.isComplete && words.pdfIncomplete}
          </p>
        </>
      )}
    </div>
  );
}

function MetadataList({ found }: { readonly found: readonly Metadata[] }) {
  const { language } = useLanguage();
  return (
    <ul className="metadata">
      {found.map(({ kind, detail }, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- shown once, never reordered
        <li key={i}>
          <span>{receiptWords[language].metadata[kind]}</span> {detail}
        </li>
      ))}
    </ul>
  );
}
