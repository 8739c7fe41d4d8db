import { Button, Textarea } from "@mantine/core";
import { useRef, useState, type KeyboardEvent } from "react";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { ask } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import type { TakenShare } from "./QuorumPage.tsx";
import { answerOf } from "./quorum-answer.ts";
import { memberWords } from "./words.ts";

type Given = Extract<CallAnswer<"quorum.check">, { ok: true }>["value"];
type Opened = Extract<CallAnswer<"quorum.open">, { ok: true }>["value"];

type QuorumSharesProps = {
  readonly shares: readonly TakenShare[];
  readonly onChange: (shares: readonly TakenShare[]) => void;
  readonly onOpened: (opened: Opened) => void;
};

/** One share after another; each is judged at once, while its sheet is at hand. */
export function QuorumShares({ shares, onChange, onOpened }: QuorumSharesProps) {
  const words = useWords(memberWords);
  const [text, setText] = useState("");
  const [given, setGiven] = useState<Pick<Given, "needed" | "total">>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState<"taking" | "opening">();
  const field = useRef<HTMLTextAreaElement>(null);
  const missing = given === undefined ? undefined : Math.max(0, given.needed - shares.length);

  const take = async () => {
    setRefusal(undefined);
    setBusy("taking");
    const answer = await answerOf(
      ask("quorum.check", { shares: [...shares.map((share) => share.text), text] }),
    );
    setBusy(undefined);
    if (answer.ok) {
      onChange([...shares, { text, number: answer.value.numbers.at(-1) ?? 0 }]);
      setGiven(answer.value);
      setText("");
    } else setRefusal(answer.refusal);
    field.current?.focus();
  };
  const open = async () => {
    setRefusal(undefined);
    setBusy("opening");
    const answer = await answerOf(ask("quorum.open", { shares: shares.map((share) => share.text) }));
    setBusy(undefined);
    if (answer.ok) onOpened(answer.value);
    else setRefusal(answer.refusal);
  };
  const submitOnEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };

  return (
    <section aria-labelledby="quorum-shares">
      <h2 id="quorum-shares">{words.quorumStepShares}</h2>
      <p role="status" className="quorum-state">
        {missing === undefined
          ? words.quorumNone
          : missing === 0
            ? words.quorumEnough
            : words.quorumMissing(missing)}
      </p>
      {shares.length > 0 && (
        <ul className="quorum-taken" aria-label={words.quorumTaken}>
          {shares.map(({ number }, i) => (
            <li key={number}>
              <Icon name="check" size={18} />
              <span>{words.quorumNumber(number, given?.total ?? shares.length)}</span>
              <Button
                variant="subtle"
                size="xs"
                disabled={busy !== undefined}
                aria-label={words.quorumDrop(number)}
                onClick={() => {
                  onChange(shares.toSpliced(i, 1));
                  setRefusal(undefined);
                  field.current?.focus();
                }}
              >
                <Icon name="close" size={16} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "" && busy === undefined) void take();
        }}
      >
        <Textarea
          ref={field}
          label={words.quorumShare}
          description={words.shareHint}
          className="share-field"
          autosize
          minRows={3}
          value={text}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={refusal?.code.startsWith("share-") === true}
          onKeyDown={submitOnEnter}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {refusal !== undefined && <RefusalAlert refusal={refusal} />}
        <div className="buttons">
          <Button
            type="submit"
            variant={missing === 0 ? "default" : "filled"}
            disabled={text.trim() === ""}
            loading={busy === "taking"}
          >
            {words.quorumTake}
          </Button>
          {missing === 0 && (
            <Button onClick={() => void open()} loading={busy === "opening"} disabled={text.trim() !== ""}>
              {words.quorumOpen}
            </Button>
          )}
        </div>
        <p role="status">{busy === "opening" && words.quorumOpening}</p>
      </form>
    </section>
  );
}
