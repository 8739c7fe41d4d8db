import { Button } from "@mantine/core";
import { useState } from "react";
import { formatDayTime } from "#language/dates.ts";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { ConfirmButton } from "#workspace/ui/ConfirmButton.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { InvitationRow } from "./invitation-calls.ts";
import { SafetyNumber } from "./SafetyNumber.tsx";
import { useKeyChange } from "./use-key-change.ts";
import { memberWords } from "./words.ts";

/** Invitations that are not finished; nothing when there are none. */
export function Invitations() {
  const words = useWords(memberWords);
  const { data = [] } = useAsk("members.invitations", {});
  if (data.length === 0) return null;
  return (
    <Section title={words.invitations} lead={words.invitationsLead}>
      <ul className="invitations">
        {data.map((invitation) => (
          <Invitation key={invitation.hash} invitation={invitation} />
        ))}
      </ul>
    </Section>
  );
}

function Invitation({ invitation }: { readonly invitation: InvitationRow }) {
  const words = useWords(memberWords);
  const { language } = useLanguage();
  const change = useKeyChange();
  const [isBusy, setBusy] = useState(false);
  const { hash, member, content, accepted, expires } = invitation;
  const name = content?.name ?? member;
  const finish = async () => {
    setBusy(true);
    await change({
      title: name,
      done: words.enrolled(name),
      preview: () => ask("members.preview-enrolling", { hash }),
      perform: (digest) => ask("members.enrol", { hash, digest }),
    });
    setBusy(false);
  };
  const until = formatDayTime(expires, language, Intl.DateTimeFormat().resolvedOptions().timeZone, "short");
  return (
    <li className="card invitation">
      <div className="invitation-head">
        <p className="invitation-name">
          <HiddenText>{name}</HiddenText> <span className="member-id">{member}</span>
        </p>
        <p className="member-id">
          {content === undefined
            ? words.otherOfficer
            : accepted === undefined
              ? words.waitingFor(until)
              : words.acceptedAt}
        </p>
      </div>
      {accepted !== undefined && content !== undefined && accepted.safetyNumber === undefined && (
        <Note tone="warn">{words.notByLink}</Note>
      )}
      {accepted?.safetyNumber !== undefined && (
        <>
          <p>{words.compare}</p>
          <SafetyNumber number={accepted.safetyNumber} />
          <p className="member-id">{words.compareWhy}</p>
        </>
      )}
      <div className="buttons">
        {accepted?.safetyNumber !== undefined && (
          <Button loading={isBusy} onClick={() => void finish()}>
            {words.sameNumbers}
          </Button>
        )}
        <ConfirmButton
          question={words.withdrawQuestion}
          confirm={words.withdraw}
          onConfirm={() => void ask("members.withdraw", { hash })}
        >
          {words.withdraw}
        </ConfirmButton>
      </div>
    </li>
  );
}
