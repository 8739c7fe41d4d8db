import { Button, NumberInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { ok } from "#record/result.ts";
import { ask } from "#workspace/desk/client.ts";
import type { Preview } from "#workspace/desk/command.ts";
import { RecoverySheet } from "#workspace/shell/first-run/RecoverySheet.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PrintSheet } from "#workspace/ui/PrintSheet.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { NewShares } from "./recovery-calls.ts";
import { failing, ShareFields, type ShareRefusal } from "./ShareFields.tsx";
import { useKeyChange } from "./use-key-change.ts";
import { memberWords } from "./words.ts";

/** With a preview the sheets are of keys that are not in force yet. */
type Made = NewShares & { readonly preview?: Preview };

type NewSheetsProps = {
  /** The same key split anew, or new keys in the place of the old ones. */
  readonly kind: "split" | "renew";
  readonly foundation: string;
};

/** New sheets for the trustees; the present ones are needed once more. */
export function NewSheets({ kind, foundation }: NewSheetsProps) {
  const words = useWords(memberWords);
  const [isOpen, setOpen] = useState(false);
  const [shares, setShares] = useState<readonly string[]>(["", ""]);
  const [trustees, setTrustees] = useState("");
  const [threshold, setThreshold] = useState(3);
  const [refusal, setRefusal] = useState<ShareRefusal>();
  const [made, setMade] = useState<Made>();
  const names = trustees
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const split = async () => {
    setRefusal(undefined);
    const input = { shares: shares.filter((text) => text !== ""), threshold, trustees: names };
    const refused = await failing(
      ask(kind === "split" ? "recovery.split" : "recovery.renew", input).then((answer) => {
        if (answer.ok) setMade(answer.value);
        return answer;
      }),
    );
    setRefusal(refused);
  };
  const title = kind === "split" ? words.splitAgain : words.renew;
  if (made !== undefined)
    return (
      <Section title={title} lead={words.shown} isCard>
        <Sheets made={made} foundation={foundation} />
        {made.preview !== undefined && (
          <PutInForce preview={made.preview} onAgain={() => setMade(undefined)} />
        )}
      </Section>
    );
  return (
    <Section
      title={title}
      lead={kind === "split" ? words.splitLead : words.renewLead}
      isCard
      actions={
        !isOpen && (
          <Button variant="default" onClick={() => setOpen(true)}>
            {title}
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

type PutInForceProps = { readonly preview: Preview; readonly onAgain: () => void };

/** Only when the sheets are printed: from then on nobody comes back without them. */
function PutInForce({ preview, onAgain }: PutInForceProps) {
  const words = useWords(memberWords);
  const change = useKeyChange();
  const [isInForce, setInForce] = useState(false);
  if (isInForce) return <Note tone="good">{words.renewDoneText}</Note>;
  const putInForce = async () => {
    const isDone = await change({
      title: words.renew,
      done: words.renewDone,
      preview: () => Promise.resolve(ok(preview)),
      perform: (digest) => ask("members.perform", { digest }),
    });
    if (isDone) setInForce(true);
  };
  return (
    <>
      <Note tone="warn">{words.renewPrinted}</Note>
      <div className="buttons">
        <Button onClick={() => void putInForce()}>{words.renewForce}</Button>
        <Button variant="subtle" onClick={onAgain}>
          {words.renewOther}
        </Button>
      </div>
    </>
  );
}

function Sheets({ made, foundation }: { readonly made: Made; readonly foundation: string }) {
  const words = useWords(memberWords);
  return (
    <>
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
    </>
  );
}
