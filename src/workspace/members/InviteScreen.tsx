import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure, useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { MemberList } from "./calls.ts";
import { memberWords } from "./words.ts";
import "./members.css";

/** An officer names a colleague, or one whose keys are lost, and gets a link to hand over. */
export default function InviteScreen() {
  const words = useWords(memberWords);
  const [address] = useSearchParams();
  const { data, error } = useAsk("members.list", {});
  const member = address.get("member") ?? undefined;
  return (
    <>
      <PageHeader
        title={member === undefined ? words.invite : words.replaceTitle(member)}
        lead={member === undefined ? words.inviteLead : words.replaceLead}
        back={{ href: "/members", label: words.back }}
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {data !== undefined && <InviteForm list={data} member={member} />}
    </>
  );
}

const roles = ["finance", "officer"] as const;

function InviteForm({ list, member }: { readonly list: MemberList; readonly member: string | undefined }) {
  const words = useWords(memberWords);
  const known = list.members.find(({ id }) => id === member);
  const [name, setName] = useState(known?.name ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(
    known === undefined ? ["finance"] : [...known.roles, ...(known.isOfficer ? ["officer"] : [])],
  );
  const mine = list.rooms.filter(({ isMine }) => isMine).map((room) => room.name);
  const [rooms, setRooms] = useState<readonly string[]>(
    known === undefined
      ? mine.filter((room) => room === "finance")
      : known.rooms.filter((room) => mine.includes(room)),
  );
  const [link, setLink] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const invite = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const made = await ask("members.invite", {
        name,
        roles: chosen.length === 0 ? ["staff"] : chosen,
        rooms,
        ...(member !== undefined && { member }),
      });
      if (made.ok) setLink(made.value.link);
      else setRefusal(made.refusal);
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
    }
    setBusy(false);
  };
  if (link !== undefined) return <LinkReady name={name} link={link} />;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <TextInput
        label={words.name}
        description={words.nameHint}
        value={name}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Choices
        legend={words.mayDo}
        options={roles.map((id) => [id, words.roleNames[id] ?? id])}
        chosen={chosen}
        onChange={setChosen}
      />
      <Choices
        legend={words.mayRead}
        options={mine.map((id) => [id, words.roomTitles[id] ?? id])}
        chosen={rooms}
        onChange={setRooms}
      />
      {rooms.length === 0 && <p className="member-id">{words.nothingToRead}</p>}
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <div className="buttons">
        <Button type="submit" loading={isBusy} disabled={name.trim() === ""}>
          {words.makeLink}
        </Button>
      </div>
    </form>
  );
}

type ChoicesProps = {
  readonly legend: string;
  readonly options: readonly (readonly [string, string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

function Choices({ legend, options, chosen, onChange }: ChoicesProps) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map(([id, label]) => (
        <Checkbox
          key={id}
          label={label}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  );
}

function LinkReady({ name, link }: { readonly name: string; readonly link: string }) {
  const words = useWords(memberWords);
  return (
    <Section title={words.linkReady} lead={words.linkLead(name)} isCard>
      <p className="invitation-link">{link}</p>
      <p className="member-id">{words.linkOnce}</p>
      <div className="buttons">
        <CopyButton text={link} label={words.copyLink} />
        <Button component={Link} href="/members">
          {words.done}
        </Button>
      </div>
    </Section>
  );
}
