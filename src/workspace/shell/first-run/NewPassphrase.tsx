import { Button } from "@mantine/core";
import { useState } from "react";
import { checkPassphrase } from "#vault/keys/passphrase.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { PassphraseField } from "../sign-in/PassphraseField.tsx";
import { suggestPassphrase } from "./suggest.ts";
import { firstRunWords } from "./words.ts";

export type TypedPassphrase = { readonly first: string; readonly second: string };

type NewPassphraseProps = {
  readonly typed: TypedPassphrase;
  readonly onTyped: (typed: TypedPassphrase) => void;
  /** Somebody pressed "Next": from now on the fields say what is missing. */
  readonly isAsked: boolean;
};

/** A new passphrase, twice, with a proposal that is better than what people think of. */
export function NewPassphrase({ typed, onTyped, isAsked }: NewPassphraseProps) {
  const words = useWords(firstRunWords);
  const { language } = useLanguage();
  const [suggested, setSuggested] = useState<string>();
  const checked = checkPassphrase(typed.first);
  const problem = checked.ok
    ? undefined
    : checked.refusal.code === "passphrase-too-plain"
      ? words.tooPlain
      : words.tooShort;
  const differs = typed.second !== typed.first && (isAsked || typed.second.length >= typed.first.length);
  return (
    <div className="form">
      <PassphraseField
        label={words.passphrase}
        description={words.passphraseHint}
        value={typed.first}
        isNew
        onChange={(first) => onTyped({ ...typed, first })}
        {...(isAsked && problem !== undefined && { error: problem })}
      />
      {typed.first !== "" && checked.ok && (
        <p className="wizard-good">
          <Icon name="check" size={16} /> {words.goodEnough}
        </p>
      )}
      <div className="wizard-suggest">
        <Button
          variant="default"
          size="xs"
          onClick={() => void suggestPassphrase(language).then(setSuggested)}
        >
          {words.suggest}
        </Button>
        <div role="status">
          {suggested !== undefined && (
            <div className="wizard-suggested">
              <p>{words.suggested}</p>
              <p className="wizard-phrase">{suggested}</p>
              <Button
                size="xs"
                variant="light"
                onClick={() => {
                  onTyped({ first: suggested, second: "" });
                }}
              >
                {words.take}
              </Button>
            </div>
          )}
        </div>
      </div>
      <PassphraseField
        label={words.again}
        value={typed.second}
        isNew
        onChange={(second) => onTyped({ ...typed, second })}
        {...(differs && typed.first !== "" && { error: words.differs })}
      />
    </div>
  );
}
