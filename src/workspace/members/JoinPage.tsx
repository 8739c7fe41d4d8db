import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure, useAsk } from "#workspace/desk/client.ts";
import { EntryPage } from "#workspace/shell/EntryPage.tsx";
import type { NewLock } from "#workspace/shell/first-run/types.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { createPasskey, hasPasskeys } from "#workspace/shell/sign-in/passkey.ts";
import { remember } from "#workspace/shell/sign-in/remembered.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { SafetyNumber } from "./SafetyNumber.tsx";
import { NewPassphraseFields } from "./NewPassphraseFields.tsx";
import { memberWords } from "./words.ts";
import "./members.css";

type Invited = CallAnswer<"join.open">;
type Accepted = CallAnswer<"join.accept">;

/** What the link of an invitation opens: the secret stands behind "#", where no server sees it. */
export default function JoinPage() {
  const words = useWords(memberWords);
  const [secret] = useState(() => globalThis.location.hash.slice(1));
  const { data: invited, error } = useAsk("join.open", { secret });
  const [accepted, setAccepted] = useState<Accepted>();
  if (accepted !== undefined && invited !== undefined) return <Done invited={invited} accepted={accepted} />;
  if (error !== null)
    return (
      <EntryPage title={words.joinBadTitle} lead={words.joinBadText}>
        <RefusalAlert refusal={error} />
      </EntryPage>
    );
  if (invited === undefined) return <EntryPage title={words.opening}>{null}</EntryPage>;
  return (
    <EntryPage
      title={words.joinTitle(invited.foundation)}
      lead={words.joinLead(invited.invitedBy, invited.name)}
    >
      <FactList
        facts={[
          { term: words.joinNumber, value: invited.member },
          {
            term: words.joinWhat,
            value:
              invited.rooms.length === 0
                ? words.noRooms
                : invited.rooms.map((room) => words.roomTitles[room] ?? room).join(", "),
          },
        ]}
      />
      <p className="member-id">{words.joinPublic}</p>
      <Accept secret={secret} member={invited.member} onAccepted={setAccepted} />
    </EntryPage>
  );
}

type AcceptProps = {
  readonly secret: string;
  readonly member: string;
  readonly onAccepted: (accepted: Accepted) => void;
};

function Accept({ secret, member, onAccepted }: AcceptProps) {
  const words = useWords(memberWords);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const accept = async (lock: NewLock) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      onAccepted(await ask("join.accept", { secret, lock }));
      remember(member);
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
    }
    setBusy(false);
  };
  const withPasskey = async () => {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const made = await createPasskey(member, salt);
    if (made.kind === "secret")
      await accept({ kind: "passkey", salt, credential: made.credential, secret: made.secret });
    else setRefusal({ code: "passkey", message: words.passkeyFailed });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== "" && passphrase === again) void accept({ kind: "passphrase", passphrase });
      }}
    >
      <h2>{words.joinChoose}</h2>
      <NewPassphraseFields
        label={words.joinPassphrase}
        value={passphrase}
        onChange={setPassphrase}
        again={again}
        onAgain={setAgain}
      />
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <Button type="submit" size="md" loading={isBusy} disabled={passphrase === "" || passphrase !== again}>
        {isBusy ? words.joinMaking : words.joinMake}
      </Button>
      {hasPasskeys() && (
        <Button
          size="md"
          variant="default"
          disabled={isBusy}
          leftSection={<Icon name="key" />}
          onClick={() => void withPasskey()}
        >
          {words.joinPasskey}
        </Button>
      )}
    </form>
  );
}

function Done({ invited, accepted }: { readonly invited: Invited; readonly accepted: Accepted }) {
  const words = useWords(memberWords);
  return (
    <EntryPage title={words.joinDone} lead={words.joinCall(invited.invitedBy)}>
      <SafetyNumber number={accepted.safetyNumber} />
      <p>{words.joinSame}</p>
      <p>
        {words.joinRemember} <b>{accepted.member}</b>.
      </p>
      <Button component={Link} href="/" variant="default">
        {words.joinSignIn}
      </Button>
    </EntryPage>
  );
}
