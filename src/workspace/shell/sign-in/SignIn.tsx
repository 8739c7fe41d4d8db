import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Link, useLocation } from "wouter";
import type { CallAnswer, CallInput } from "#workspace/desk/calls.ts";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { LookAround } from "#workspace/tour/LookAround.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { loadAhead } from "../ahead.ts";
import { EntryPage } from "../EntryPage.tsx";
import { useWords } from "../language.tsx";
import { PassphraseField } from "./PassphraseField.tsx";
import { hasPasskeys, passkeysOf, usePasskey } from "./passkey.ts";
import { forget, remember, rememberedMembers } from "./remembered.ts";
import { signInWords } from "./words.ts";

type SignInProps = {
  readonly foundation: CallAnswer<"desk.state">["foundation"];
  /** Who locked the screen; undefined after a sign-out. */
  readonly lockedMember: string | undefined;
};

type Trouble = Refusal | { readonly code: "passkey"; readonly message: string };
type Key = CallInput<"sign-in">["key"];

/** Opens a member's keys on this device. */
export default function SignIn({ foundation, lockedMember }: SignInProps) {
  const words = useWords(signInWords);
  const queries = useQueryClient();
  const [known] = useState(rememberedMembers);
  const [member, setMember] = useState(lockedMember ?? known[0] ?? "");
  const [isOther, setOther] = useState(known.length === 0);
  const [isRemembered, setRemembered] = useState(true);
  const [passphrase, setPassphrase] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const memberField = useRef<HTMLInputElement>(null);
  const passphraseField = useRef<HTMLInputElement>(null);
  /** Which field she left empty when she wanted in. */
  const [missing, setMissing] = useState<"member" | "passphrase">();

  const [path] = useLocation();
  useEffect(() => void loadAhead(path).catch(() => undefined), [path]);

  const isFilled = (needs: readonly ("member" | "passphrase")[]): boolean => {
    const empty = needs.find((one) => (one === "member" ? canonical(member) : passphrase) === "");
    setMissing(empty);
    if (empty === "member") memberField.current?.focus();
    else if (empty === "passphrase") passphraseField.current?.focus();
    return empty === undefined;
  };
  const enter = async (key: Key) => {
    try {
      const signedIn = await ask("sign-in", { member: canonical(member), key });
      if (isRemembered) remember(canonical(member));
      else forget(canonical(member));
      // The desk opens the books now and answers nothing meanwhile; that somebody is in is known without it.
      queries.setQueryData<CallAnswer<"desk.state">>(
        ["desk.state", {}],
        (state) => state && { ...state, ...signedIn },
      );
      await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setTrouble({ code: error.code, message: error.message });
    }
  };
  const withBusy = async (work: () => Promise<void>) => {
    setTrouble(undefined);
    setBusy(true);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTrouble(undefined);
    if (isFilled(["member", "passphrase"])) void withBusy(() => enter({ kind: "passphrase", passphrase }));
  };
  const tryPasskey = () => {
    if (!isFilled(["member"])) return;
    void withBusy(async () => {
      const keys = passkeysOf(await ask("sign-in.locks", { member: canonical(member) }));
      const used = await usePasskey(keys);
      if (used.kind !== "secret") {
        const message = used.kind === "no-secret" ? words.passkeyTooOld : words.noPasskey;
        setTrouble({ code: "passkey", message });
        return;
      }
      const lock = keys.find(({ credential }) => sameBytes(credential, used.credential))?.id ?? "";
      await enter({ kind: "passkey", lock, secret: used.secret });
    });
  };

  // The server does not say which of the two it was, lest a stranger learn who is a member.
  const isWrong = trouble?.code === "wrong-passphrase" || trouble?.code === "sign-in-refused";
  return (
    <EntryPage
      title={lockedMember === undefined ? (foundation.name ?? words.title) : words.locked}
      lead={lockedMember === undefined ? words.lead : words.lockedLead}
    >
      <form className="form" noValidate onSubmit={submit}>
        {isOther ? (
          <TextInput
            ref={memberField}
            error={missing === "member" && member.trim() === "" ? words.memberNeeded : undefined}
            label={words.member}
            description={words.memberHint}
            value={member}
            size="md"
            autoComplete="username"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setMember(event.currentTarget.value)}
          />
        ) : (
          <NativeSelect
            label={words.member}
            value={member}
            size="md"
            data={[...known.map((one) => ({ value: one, label: one })), { value: "", label: words.another }]}
            onChange={(event) => {
              setMember(event.currentTarget.value);
              if (event.currentTarget.value === "") setOther(true);
            }}
          />
        )}
        <PassphraseField
          label={words.passphrase}
          value={passphrase}
          onChange={setPassphrase}
          isFocused={!isOther}
          inputRef={passphraseField}
          {...(isWrong && { error: words.wrong })}
          {...(missing === "passphrase" && passphrase === "" && { error: words.passphraseNeeded })}
        />
        {isOther && (
          <Checkbox
            label={words.remember}
            description={words.rememberHint}
            checked={isRemembered}
            onChange={(event) => setRemembered(event.currentTarget.checked)}
          />
        )}
        {trouble?.code === "passkey" && <Note tone="warn">{trouble.message}</Note>}
        {trouble !== undefined && !isWrong && trouble.code !== "passkey" && (
          <RefusalAlert refusal={trouble} />
        )}
        <Button type="submit" size="md" loading={isBusy} fullWidth>
          {isBusy ? words.signingIn : words.signIn}
        </Button>
        {hasPasskeys() && (
          <Button
            variant="default"
            size="md"
            fullWidth
            disabled={isBusy}
            leftSection={<Icon name="key" />}
            onClick={tryPasskey}
          >
            {words.passkey}
          </Button>
        )}
      </form>
      <Link href="/quorum" className="entry-link">
        {words.noOfficer}
      </Link>
      {lockedMember === undefined && <LookAround label={words.lookAround} variant="subtle" />}
    </EntryPage>
  );
}

/** "m1", "М-01" typed in Cyrillic and "M-01" are one member. */
function canonical(text: string): string {
  const digits = /^\s*[mм]?[\s-]*(\d{1,3})\s*$/iu.exec(text)?.[1];
  return digits === undefined ? text.trim() : `M-${digits.padStart(2, "0")}`;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
