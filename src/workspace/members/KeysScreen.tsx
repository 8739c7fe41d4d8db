import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure, useAsk } from "#workspace/desk/client.ts";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { createPasskey, hasPasskeys } from "#workspace/shell/sign-in/passkey.ts";
import { PassphraseField } from "#workspace/shell/sign-in/PassphraseField.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { toast } from "#workspace/ui/toasts.tsx";
import type { LockRow } from "./lock-calls.ts";
import { NewPassphraseFields } from "./NewPassphraseFields.tsx";
import { memberWords } from "./words.ts";
import "./members.css";

type Asked =
  | { readonly kind: "passphrase"; readonly instead: string | undefined }
  | { readonly kind: "passkey" }
  | { readonly kind: "remove"; readonly lock: LockRow };

/** With what one opens one's own keys: change, add, remove. */
export default function KeysScreen() {
  const words = useWords(memberWords);
  const { isSample } = useSignedIn();
  const { data: locks, error } = useAsk("locks.list", {});
  const [asked, setAsked] = useState<Asked>();
  const passphrase = locks?.find(({ kind }) => kind === "passphrase");
  return (
    <>
      <PageHeader
        title={words.keysTitle}
        lead={words.keysLead}
        back={{ href: "/members", label: words.back }}
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {isSample && <Note>{words.sample}</Note>}
      {locks !== undefined && !isSample && (
        <Section title={words.keysTitle} isCard>
          <ul className="locks">
            {locks.map((lock) => (
              <li key={lock.id}>
                <Icon name={lock.kind === "passkey" ? "device" : "key"} />
                <span>{words.lockKinds[lock.kind]}</span>
                {lock.kind === "passphrase" && (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => setAsked({ kind: "passphrase", instead: lock.id })}
                  >
                    {words.change}
                  </Button>
                )}
                {locks.length > 1 && passphrase !== undefined && (
                  <Button size="xs" variant="subtle" onClick={() => setAsked({ kind: "remove", lock })}>
                    {words.removeLock}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {hasPasskeys() && passphrase !== undefined && (
            <Button
              variant="default"
              leftSection={<Icon name="device" size={18} />}
              onClick={() => setAsked({ kind: "passkey" })}
            >
              {words.addPasskey}
            </Button>
          )}
        </Section>
      )}
      <Section title={words.newDevice} isCard>
        <p>{words.newDeviceText}</p>
      </Section>
      {asked !== undefined && <LockDialog asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function LockDialog({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const { member } = useSignedIn();
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const titles = {
    passphrase: words.changePassphrase,
    passkey: words.addPasskey,
    remove: words.removeLock,
  };
  const isWhole = present !== "" && (asked.kind !== "passphrase" || (next !== "" && next === again));
  const go = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      toast(await perform(asked, { present, next, member }, words));
      onClose();
    } catch (error) {
      if (!(error instanceof DeskFailure || error instanceof NoSecret)) throw error;
      setRefusal({
        code: error instanceof DeskFailure ? error.code : "passkey",
        message: error.message,
      });
    }
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={titles[asked.kind]}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) void go();
        }}
      >
        <PassphraseField
          label={words.present}
          description={words.presentHint}
          value={present}
          onChange={setPresent}
          isFocused
        />
        {asked.kind === "passphrase" && (
          <NewPassphraseFields
            label={words.next}
            value={next}
            onChange={setNext}
            again={again}
            onAgain={setAgain}
          />
        )}
        {refusal !== undefined && <RefusalAlert refusal={refusal} />}
        <div className="buttons">
          <Button type="submit" loading={isBusy} disabled={!isWhole}>
            {titles[asked.kind]}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The passkey gave no secret with which keys could be sealed. */
class NoSecret extends Error {}

/** Does it; answers with what to say. */
async function perform(
  asked: Asked,
  { present, next, member }: { readonly present: string; readonly next: string; readonly member: string },
  words: (typeof memberWords)["en"],
): Promise<string> {
  const key = { kind: "passphrase", passphrase: present } as const;
  if (asked.kind === "remove") {
    await ask("locks.remove", { key, id: asked.lock.id });
    return words.lockRemoved;
  }
  if (asked.kind === "passphrase") {
    const lock = { kind: "passphrase", passphrase: next } as const;
    await ask("locks.put", {
      key,
      lock,
      ...(asked.instead !== undefined && { instead: asked.instead }),
    });
    return words.changed;
  }
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const made = await createPasskey(member, salt);
  if (made.kind !== "secret") throw new NoSecret(words.passkeyFailed);
  const { credential, secret } = made;
  await ask("locks.put", { key, lock: { kind: "passkey", salt, credential, secret } });
  return words.passkeyAdded;
}
