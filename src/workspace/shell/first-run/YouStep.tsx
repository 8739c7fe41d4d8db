import { Button, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { checkPassphrase } from "#vault/keys/passphrase.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { useWords } from "../language.tsx";
import { createPasskey, hasPasskeys } from "../sign-in/passkey.ts";
import type { Draft } from "./draft.ts";
import { NewPassphrase, type TypedPassphrase } from "./NewPassphrase.tsx";
import { StepButtons } from "./StepButtons.tsx";
import type { NewLock } from "./types.ts";
import type { StepProps } from "./Wizard.tsx";
import { firstRunWords } from "./words.ts";

type YouStepProps = StepProps & {
  readonly lock: NewLock | undefined;
  readonly onLock: (lock: NewLock | undefined) => void;
};

/** Who begins, and what opens her keys. */
export function YouStep({ draft, onNext, onBack, lock, onLock }: YouStepProps) {
  const words = useWords(firstRunWords);
  const [officerName, setName] = useState(draft.officerName);
  const [kind, setKind] = useState<Draft["lockKind"]>(hasPasskeys() ? draft.lockKind : "passphrase");
  const [typed, setTyped] = useState<TypedPassphrase>(() =>
    lock?.kind === "passphrase"
      ? { first: lock.passphrase, second: lock.passphrase }
      : { first: "", second: "" },
  );
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const changed = { officerName: officerName.trim(), lockKind: kind };
  const isNameMissing = officerName.trim() === "";

  const makePasskey = async () => {
    setTrouble(undefined);
    setBusy(true);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const made = await createPasskey(draft.name === "" ? "Aigaq" : draft.name, salt);
    setBusy(false);
    if (made.kind === "secret")
      onLock({ kind: "passkey", credential: made.credential, salt, secret: made.secret });
    else setTrouble(made.kind === "no-secret" ? words.passkeyNoSecret : words.passkeyNotUsed);
  };
  const submit = () => {
    setAsked(true);
    if (isNameMissing) return;
    if (kind === "passkey") {
      if (lock?.kind === "passkey") onNext(changed);
      else setTrouble(words.passkeyMissing);
      return;
    }
    if (!checkPassphrase(typed.first).ok || typed.first !== typed.second) return;
    onLock({ kind: "passphrase", passphrase: typed.first });
    onNext(changed);
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={words.yourName}
        description={words.yourNameHint}
        value={officerName}
        size="md"
        maxLength={200}
        autoComplete="name"
        error={isAsked && isNameMissing ? words.yourNameMissing : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {hasPasskeys() && (
        <Radio.Group
          label={words.lockTitle}
          value={kind}
          onChange={(value) => {
            setTrouble(undefined);
            setKind(value === "passkey" ? "passkey" : "passphrase");
          }}
        >
          <div className="wizard-choices">
            <Radio value="passphrase" label={words.byPassphrase} description={words.byPassphraseText} />
            <Radio value="passkey" label={words.byPasskey} description={words.byPasskeyText} />
          </div>
        </Radio.Group>
      )}
      {kind === "passphrase" && <NewPassphrase typed={typed} onTyped={setTyped} isAsked={isAsked} />}
      {kind === "passkey" && lock?.kind === "passkey" && <Note tone="good">{words.passkeyMade}</Note>}
      {kind === "passkey" && lock?.kind !== "passkey" && (
        <>
          {draft.lockKind === "passkey" && <Note>{words.passkeyAnew}</Note>}
          <div>
            <Button
              variant="default"
              size="md"
              loading={isBusy}
              leftSection={<Icon name="key" />}
              onClick={() => void makePasskey()}
            >
              {words.passkeyMake}
            </Button>
          </div>
        </>
      )}
      <div role="status">{trouble !== undefined && <Note tone="warn">{trouble}</Note>}</div>
      <StepButtons onBack={() => onBack(changed)} isBusy={isBusy} />
    </form>
  );
}
