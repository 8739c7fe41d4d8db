import { PassphraseField } from "#workspace/shell/sign-in/PassphraseField.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { memberWords } from "./words.ts";

type NewPassphraseFieldsProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly again: string;
  readonly onAgain: (again: string) => void;
};

/** A new passphrase, typed twice; says so when the two differ. */
export function NewPassphraseFields({ label, value, onChange, again, onAgain }: NewPassphraseFieldsProps) {
  const words = useWords(memberWords);
  return (
    <>
      <PassphraseField label={label} description={words.nextHint} value={value} onChange={onChange} isNew />
      <PassphraseField
        label={words.nextAgain}
        value={again}
        onChange={onAgain}
        isNew
        {...(again !== "" && value !== again && { error: words.differ })}
      />
    </>
  );
}
