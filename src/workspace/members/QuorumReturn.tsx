import { Button, Checkbox, Radio } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { ask } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { remember } from "#workspace/shell/sign-in/remembered.ts";
import { Moment } from "#workspace/ui/Day.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { answerOf } from "./quorum-answer.ts";
import { NewPassphraseFields } from "./NewPassphraseFields.tsx";
import { memberWords } from "./words.ts";

type QuorumReturnProps = {
  readonly shares: readonly string[];
} & Opened;

type Opened = Extract<CallAnswer<"quorum.open">, { ok: true }>["value"];
type Person = Opened["people"][number];

const shownAs = ({ id, name }: Person): string => (name === null ? id : `${id} · ${name}`);

/** Who comes back, and with what she opens her keys from now on. */
export function QuorumReturn({ shares, people, seen }: QuorumReturnProps) {
  const words = useWords(memberWords);
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  // Where somebody was revoked, whoever counts as an officer may be a thief's: then nobody is chosen beforehand.
  const [member, setMember] = useState(() =>
    people.every(({ isCurrent }) => isCurrent)
      ? ((people.find(({ isOfficer }) => isOfficer) ?? people[0])?.id ?? "")
      : "",
  );
  const [ending, setEnding] = useState<readonly string[]>([]);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => heading.current?.focus(), []);

  const comeBack = async () => {
    setRefusal(undefined);
    setBusy(true);
    const lock = { kind: "passphrase", passphrase } as const;
    const answer = await answerOf(
      ask("quorum.return", { shares, member, lock, ending: { members: ended.map(({ id }) => id), seen } }),
    );
    setBusy(false);
    if (!answer.ok) {
      setRefusal(answer.refusal);
      return;
    }
    remember(member);
    navigate("/", { replace: true });
    await queries.invalidateQueries();
  };
  const others = people.filter(({ id, isCurrent }) => isCurrent && id !== member);
  const ended = others.filter(({ id }) => ending.includes(id));
  const isReady = member !== "" && passphrase !== "" && passphrase === again;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) void comeBack();
      }}
    >
      <h2 tabIndex={-1} ref={heading}>
        {words.quorumWho}
      </h2>
      <Radio.Group label={words.member} description={words.quorumWhoHint} value={member} onChange={setMember}>
        <div className="quorum-people">
          {people.map((one) => {
            const shown = shownAs(one);
            const label = one.isOfficer ? words.quorumOfficer(shown) : shown;
            return (
              <Radio
                key={one.id}
                value={one.id}
                label={one.isCurrent ? label : words.quorumRemoved(shown)}
                size="md"
              />
            );
          })}
        </div>
      </Radio.Group>
      {member !== "" && others.length > 0 && (
        <Checkbox.Group
          label={words.quorumEnds}
          description={words.quorumEndsHint}
          value={[...ending]}
          onChange={setEnding}
        >
          <div className="quorum-people">
            {others.map((one) => (
              <Checkbox
                key={one.id}
                value={one.id}
                label={one.isOfficer ? words.quorumOfficer(shownAs(one)) : shownAs(one)}
                size="md"
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {member !== "" && (
        <KeysThatEnd
          ending={people.filter((one) => one.id === member || ended.includes(one))}
          staying={others.filter((one) => one.isOfficer && !ended.includes(one))}
        />
      )}
      <NewPassphraseFields
        label={words.next}
        value={passphrase}
        onChange={setPassphrase}
        again={again}
        onAgain={setAgain}
      />
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <Button type="submit" size="md" loading={isBusy} disabled={!isReady}>
        {words.quorumReturn}
      </Button>
      <p role="status">{isBusy && words.quorumReturning}</p>
    </form>
  );
}

type KeysThatEndProps = { readonly ending: readonly Person[]; readonly staying: readonly Person[] };

/** Exactly whose keys end when the button is pressed, and which officers could still undo it. */
function KeysThatEnd({ ending, staying }: KeysThatEndProps) {
  const words = useWords(memberWords);
  const keys = ending.flatMap((one) => one.keys.map((key) => ({ ...key, owner: shownAs(one) })));
  return (
    <div aria-live="polite">
      <p>{keys.length === 0 ? words.quorumEndsNone : words.quorumEndsNow}</p>
      {keys.length > 0 && (
        <ul className="quorum-ending">
          {keys.map(({ kid, owner, at, addedBy }) => (
            <li key={kid}>
              <b>{owner}</b>
              <span>{addedBy === null ? words.quorumKey : words.quorumKeyBy(addedBy)}</span>
              <Moment at={at} />
            </li>
          ))}
        </ul>
      )}
      {staying.length > 0 && <Note tone="warn">{words.quorumStaying(staying.map(shownAs).join(", "))}</Note>}
    </div>
  );
}
