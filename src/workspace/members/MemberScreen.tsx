import { Button, Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { DeviceRow, MemberRow } from "./calls.ts";
import { useKeyChange } from "./use-key-change.ts";
import { memberWords } from "./words.ts";
import "./members.css";

/** One member: her keys, what she reads, and the two things an officer can do about it. */
export default function MemberScreen() {
  const words = useWords(memberWords);
  const { id = "" } = useParams<{ id: string }>();
  const { data, error } = useAsk("members.list", {});
  const [isRemoving, setRemoving] = useState(false);
  const member = data?.members.find((one) => one.id === id);
  const canChange = data?.isOfficer === true && !data.isSample && member !== undefined;
  return (
    <>
      <PageHeader
        title={member?.name ?? id}
        tab={id}
        back={{ href: "/members", label: words.back }}
        aside={
          member !== undefined && (
            <State tone={member.isCurrent ? "good" : "plain"}>
              {member.isCurrent ? words.current : words.removed}
            </State>
          )
        }
        actions={
          <>
            {member?.isMe === true && (
              <Button component={Link} href="/members/keys">
                {words.myKeys}
              </Button>
            )}
            {canChange && !member.isMe && (
              <Button component={Link} href={`/members/invite?member=${id}`} variant="default">
                {words.replaceKeys}
              </Button>
            )}
            {canChange && !member.isMe && member.isCurrent && (
              <Button variant="default" color="red" onClick={() => setRemoving(true)}>
                {words.remove}
              </Button>
            )}
          </>
        }
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {data !== undefined && member === undefined && (
        <EmptyState
          icon="members"
          title={words.unknownMember}
          text={words.lead}
          action={{ label: words.back, href: "/members" }}
        />
      )}
      {member !== undefined && <Facts member={member} />}
      {isRemoving && member !== undefined && <Removal member={member} onClose={() => setRemoving(false)} />}
    </>
  );
}

function Facts({ member }: { readonly member: MemberRow }) {
  const words = useWords(memberWords);
  const roles = [...(member.isOfficer ? [words.officer] : []), ...member.roles];
  return (
    <>
      <Section title={member.id} isCard>
        <FactList
          facts={[
            { term: words.roles, value: roles.map((role) => words.roomTitles[role] ?? role).join(", ") },
            {
              term: words.rooms,
              value:
                member.rooms.length === 0
                  ? words.noRooms
                  : member.rooms.map((room) => words.roomTitles[room] ?? room).join(", "),
            },
          ]}
        />
      </Section>
      <Section title={words.devices} isCard>
        <ul className="devices">
          {member.devices.map((device) => (
            <Device key={device.kid} device={device} />
          ))}
        </ul>
      </Section>
    </>
  );
}

function Device({ device }: { readonly device: DeviceRow }) {
  const words = useWords(memberWords);
  const { language } = useLanguage();
  const { kid, at, entry, addedBy, isAppointed, revoked, isThis } = device;
  const count = (index: number) => formatCount(index, language);
  return (
    <li data-revoked={revoked !== undefined || undefined}>
      <code>{kid.slice(0, 16)}…</code>
      <span>
        {words.deviceSince} <Moment at={at} />
        {addedBy !== undefined && ` · ${words.deviceBy} ${addedBy}`}
        {isAppointed && ` · ${words.deviceByTrustees}`}
        {isThis && ` · ${words.thisDevice}`}
      </span>
      <span>
        <Link href={`/activity/${entry}`}>{words.entry(count(entry))}</Link>
        {revoked !== undefined && (
          <>
            {" · "}
            <Link href={`/activity/${revoked.entry}`}>{words.revokedBy(count(revoked.entry))}</Link>
          </>
        )}
      </span>
    </li>
  );
}

function Removal({ member, onClose }: { readonly member: MemberRow; readonly onClose: () => void }) {
  const words = useWords(memberWords);
  const [, navigate] = useLocation();
  const change = useKeyChange();
  const [reason, setReason] = useState("");
  const name = member.name ?? member.id;
  const remove = async () => {
    const isDone = await change({
      title: words.removeTitle(name),
      done: words.removedDone(name),
      preview: () => ask("members.preview-removal", { member: member.id, reason }),
      perform: (digest) => ask("members.perform", { digest }),
    });
    if (!isDone) return;
    onClose();
    navigate("/members");
  };
  return (
    <Modal opened onClose={onClose} title={words.removeTitle(name)} size="lg">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <Note tone="warn" title={words.canStill}>
          {words.canStillText}
        </Note>
        <Note tone="good" title={words.cannot}>
          {words.cannotText}
        </Note>
        <Textarea
          label={words.removeReason}
          description={words.removeReasonHint}
          value={reason}
          autosize
          minRows={2}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="buttons">
          <Button type="submit" color="red.8" disabled={reason.trim() === ""}>
            {words.look}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
