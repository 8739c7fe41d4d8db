import { Button } from "@mantine/core";
import { Link } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import { AccessMatrix } from "./AccessMatrix.tsx";
import type { KeyEvent, MemberList, MemberRow } from "./calls.ts";
import { Invitations } from "./Invitations.tsx";
import { memberWords } from "./words.ts";
import "./members.css";

/** Everybody with keys, what each can read and why, and how that came about. */
export default function MembersScreen() {
  const words = useWords(memberWords);
  const { data, error } = useAsk("members.list", {});
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          <>
            {data?.isOfficer === true && !data.isSample && (
              <Button component={Link} href="/members/invite" leftSection={<Icon name="plus" size={18} />}>
                {words.invite}
              </Button>
            )}
            <Button component={Link} href="/members/keys" variant="default">
              {words.myKeys}
            </Button>
            <Button component={Link} href="/members/recovery" variant="default">
              {words.recovery}
            </Button>
          </>
        }
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {data !== undefined && <Filled list={data} />}
    </>
  );
}

function Filled({ list }: { readonly list: MemberList }) {
  const words = useWords(memberWords);
  return (
    <>
      {list.isSample && <Note>{words.sample}</Note>}
      {!list.isSample && list.officers === 1 && (
        <Note tone="warn" title={words.oneOfficer}>
          {words.oneOfficerText}
        </Note>
      )}
      {list.isOfficer && !list.isSample && <Invitations />}
      <Section title={words.caption}>
        <MemberTable members={list.members} />
      </Section>
      <AccessMatrix list={list} />
      <Section title={words.log} lead={words.logLead}>
        <ol className="key-events">
          {list.events.map((event) => (
            <EventLine key={event.entry} event={event} />
          ))}
        </ol>
      </Section>
    </>
  );
}

function MemberTable({ members }: { readonly members: readonly MemberRow[] }) {
  const words = useWords(memberWords);
  const columns: readonly Column<MemberRow>[] = [
    {
      id: "member",
      title: words.member,
      card: "head",
      cell: ({ id, name, isMe }) => (
        <span className="member-name">
          {name === null ? <i>{words.nameUnknown}</i> : <HiddenText>{name}</HiddenText>}
          <span className="member-id">
            {id}
            {isMe && ` · ${words.you}`}
          </span>
        </span>
      ),
    },
    {
      id: "state",
      title: words.keys,
      width: "10rem",
      card: "side",
      cell: ({ isCurrent }) => (
        <State tone={isCurrent ? "good" : "plain"}>{isCurrent ? words.current : words.removed}</State>
      ),
    },
    {
      id: "roles",
      title: words.roles,
      cell: ({ roles, isOfficer }) =>
        [...(isOfficer ? [words.officer] : []), ...roles.map((role) => words.roomTitles[role] ?? role)].join(
          ", ",
        ),
    },
    {
      id: "rooms",
      title: words.rooms,
      cell: ({ rooms }) =>
        rooms.length === 0 ? words.noRooms : rooms.map((room) => words.roomTitles[room] ?? room).join(", "),
    },
    {
      id: "since",
      title: words.since,
      width: "11rem",
      cell: ({ devices: [first] }) => (first === undefined ? "" : <Moment at={first.at} />),
    },
  ];
  return (
    <DataTable
      caption={words.caption}
      rows={members}
      columns={columns}
      rowKey={({ id }) => id}
      href={({ id }) => `/members/${id}`}
    />
  );
}

function EventLine({ event: { entry, at, by, event } }: { readonly event: KeyEvent }) {
  const words = useWords(memberWords);
  const { language } = useLanguage();
  const text =
    event.kind === "begun"
      ? words.begun(by)
      : event.kind === "added"
        ? words.added(by, event.member, event.roles.join(", "))
        : event.kind === "revoked"
          ? words.revoked(by, event.member)
          : event.kind === "rotated"
            ? words.rotated(by)
            : event.kind === "appointed"
              ? words.appointed(event.member, event.ended.join(", "))
              : words.begins(by, words.roomTitles[event.room] ?? event.room, event.readers.join(", "));
  return (
    <li>
      <Moment at={at} />
      <span>{text}</span>
      <Link href={`/activity/${entry}`}>{words.entry(formatCount(entry, language))}</Link>
    </li>
  );
}
