import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure, useAsk } from "#workspace/desk/client.ts";
import { RecoverySheet } from "#workspace/shell/first-run/RecoverySheet.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { Moment } from "#workspace/ui/Day.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { PrintSheet } from "#workspace/ui/PrintSheet.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { NewShares } from "./recovery-calls.ts";
import { memberWords } from "./words.ts";
import "./members.css";

type ShareRefusal = Refusal & { readonly share?: number };

/** The trustees' sheets: tried, and split anew. */
export default function RecoveryScreen() {
  const words = useWords(memberWords);
  const { isSample, foundation } = useSignedIn();
  return (
    <>
      <PageHeader
        title={words.recoveryTitle}
        lead={words.recoveryLead}
        back={{ href: "/members", label: words.back }}
      />
      {isSample ? (
        <Note>{words.sample}</Note>
      ) : (
        <>
          <Rehearsal />
          <Split foundation={foundation.name ?? ""} />
        </>
      )}
    </>
  );
}

function Rehearsal() {
  const words = useWords(memberWords);
  const { data: last } = useAsk("recovery.last-rehearsed", {});
  const [shares, setShares] = useState<readonly string[]>(["", ""]);
  const [outcome, setOutcome] = useState<"opened" | ShareRefusal>();
  const rehearse = async () => {
    const answer = await failing(ask("recovery.rehearse", { shares: shares.filter((text) => text !== "") }));
    setOutcome(answer ?? "opened");
    if (answer === undefined) setShares(["", ""]);
  };
  return (
    <Section
      title={words.rehearse}
      lead={words.rehearseLead}
      isCard
      actions={
        <span className="member-id">
          {last === null || last === undefined ? (
            words.neverRehearsed
          ) : (
            <>
              {words.lastRehearsed} <Moment at={last} isRelative />
            </>
          )}
        </span>
      }
    >
      <form
        className="form form-wide"
        onSubmit={(event) => {
          event.preventDefault();
          void rehearse();
        }}
      >
        <ShareFields
          shares={shares}
          onChange={setShares}
          refusal={outcome === "opened" ? undefined : outcome}
        />
        {outcome === "opened" && <Note tone="good">{words.rehearsed}</Note>}
        <div className="buttons">
          <Button type="submit" disabled={shares.filter((text) => text.trim() !== "").length < 2}>
            {words.rehearseNow}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Split({ foundation }: { readonly foundation: string }) {
  const words = useWords(memberWords);
  const [isOpen, setOpen] = useState(false);
  const [shares, setShares] = useState<readonly string[]>(["", ""]);
  const [trustees, setTrustees] = useState("");
  const [threshold, setThreshold] = useState(3);
  const [refusal, setRefusal] = useState<ShareRefusal>();
  const [made, setMade] = useState<NewShares>();
  const names = trustees
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const split = async () => {
    setRefusal(undefined);
    const input = { shares: shares.filter((text) => text !== ""), threshold, trustees: names };
    const refused = await failing(
      ask("recovery.split", input).then((answer) => {
        if (answer.ok) setMade(answer.value);
        return answer;
      }),
    );
    setRefusal(refused);
  };
  if (made !== undefined) return <Sheets made={made} foundation={foundation} />;
  return (
    <Section
      title={words.splitAgain}
      lead={words.splitLead}
      isCard
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {words.splitAgain}
          </Button>
        )
      }
    >
      {isOpen && (
        <form
          className="form form-wide"
          onSubmit={(event) => {
            event.preventDefault();
            void split();
          }}
        >
          <ShareFields shares={shares} onChange={setShares} refusal={refusal} />
          <Textarea
            label={words.trustees}
            description={words.trusteesHint}
            autosize
            minRows={3}
            value={trustees}
            onChange={(event) => setTrustees(event.currentTarget.value)}
          />
          <NumberInput
            label={words.quorum}
            min={2}
            max={Math.max(2, names.length)}
            value={threshold}
            onChange={(value) => setThreshold(Number(value))}
            className="day-field"
          />
          <div className="buttons">
            <Button type="submit" disabled={names.length < threshold || threshold < 2}>
              {words.split}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}

function Sheets({ made, foundation }: { readonly made: NewShares; readonly foundation: string }) {
  const words = useWords(memberWords);
  return (
    <Section title={words.splitAgain} lead={words.shown} isCard>
      <ul className="shares">
        {made.shares.map(({ trustee, text }) => (
          <li key={text}>
            <b>{trustee}</b>
            <code>{text}</code>
          </li>
        ))}
      </ul>
      <PrintSheet label={words.print}>
        {made.shares.map(({ trustee, text }, i) => (
          <RecoverySheet
            key={text}
            foundation={foundation}
            trustee={trustee}
            text={text}
            number={i + 1}
            total={made.shares.length}
            threshold={made.threshold}
          />
        ))}
      </PrintSheet>
    </Section>
  );
}

type ShareFieldsProps = {
  readonly shares: readonly string[];
  readonly onChange: (shares: readonly string[]) => void;
  readonly refusal: ShareRefusal | undefined;
};

function ShareFields({ shares, onChange, refusal }: ShareFieldsProps) {
  const words = useWords(memberWords);
  return (
    <>
      {shares.map((text, i) => (
        <TextInput
          // oxlint-disable-next-line react/no-array-index-key -- fields have no other name than their place
          key={i}
          label={words.share(i + 1)}
          {...(i === 0 && { description: words.shareHint })}
          className="share-field"
          value={text}
          autoComplete="off"
          spellCheck={false}
          error={refusal?.share === i + 1}
          onChange={(event) => onChange(shares.with(i, event.currentTarget.value))}
        />
      ))}
      <div className="buttons">
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => onChange([...shares, ""])}
        >
          {words.addShare}
        </Button>
      </div>
      {refusal !== undefined && (
        <RefusalAlert refusal={refusal}>
          {refusal.share !== undefined && words.shareWrong(refusal.share)}
        </RefusalAlert>
      )}
    </>
  );
}

/** The refusal of an answer, or of a call that failed; undefined when it went well. */
async function failing(
  answer: Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: ShareRefusal }>,
): Promise<ShareRefusal | undefined> {
  try {
    const one = await answer;
    return one.ok ? undefined : one.refusal;
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error;
    return { code: error.code, message: error.message };
  }
}
