import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PrintSheet } from "#workspace/ui/PrintSheet.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { useWords } from "../language.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";
import { StepButtons } from "./StepButtons.tsx";
import type { FoundationPrepared, NewLock } from "./types.ts";
import type { StepProps } from "./Wizard.tsx";
import { firstRunWords } from "./words.ts";

type SheetsStepProps = StepProps & {
  readonly lock: NewLock;
  readonly prepared: FoundationPrepared | undefined;
  readonly onPrepared: (prepared: FoundationPrepared) => void;
  readonly isRehearsed: boolean;
  readonly onRehearsed: () => void;
};

/** Makes the keys and the sheets; then the rehearsal, with the sheets in one's hands. */
export function SheetsStep(props: SheetsStepProps) {
  const { draft, onNext, onBack, lock, prepared, onPrepared, isRehearsed, onRehearsed } = props;
  const words = useWords(firstRunWords);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isPrinted, setPrinted] = useState(false);
  const isAsked = useRef(false);
  useEffect(() => {
    if (prepared !== undefined || isAsked.current) return;
    isAsked.current = true;
    const { name, languages, currency, officerName, threshold, trustees } = draft;
    ask("foundation.prepare", {
      name,
      languages,
      currency,
      officerName,
      lock,
      recovery: { threshold, trustees },
    }).then(onPrepared, (error: unknown) =>
      setRefusal(
        error instanceof DeskFailure
          ? { code: error.code, message: error.message }
          : { code: "bug", message: String(error) },
      ),
    );
  }, [prepared, onPrepared, draft, lock]);

  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (prepared !== undefined) onNext({});
      }}
    >
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      {prepared === undefined && refusal === undefined && (
        <p className="wizard-making" role="status">
          <span className="opening-bar" /> {words.making}
        </p>
      )}
      {prepared !== undefined && (
        <>
          <div className="buttons">
            <PrintSheet label={words.print} onPrinted={() => setPrinted(true)}>
              {prepared.shares.map(({ trustee, text }, i) => (
                <RecoverySheet
                  key={text}
                  foundation={draft.name}
                  trustee={trustee}
                  text={text}
                  number={i + 1}
                  total={prepared.shares.length}
                  threshold={prepared.threshold}
                />
              ))}
            </PrintSheet>
            {isPrinted && (
              <p className="wizard-good">
                <Icon name="check" size={16} /> {words.printed}
              </p>
            )}
          </div>
          <ul className="wizard-shares">
            {prepared.shares.map(({ trustee, text }) => (
              <li key={text}>
                <details>
                  <summary>
                    {trustee} <span className="wizard-hint">{words.showShare}</span>
                  </summary>
                  <div className="wizard-share">
                    <code>{text}</code>
                    <CopyButton text={text} label={words.copyShare(trustee)} isSmall />
                  </div>
                </details>
              </li>
            ))}
          </ul>
          <Rehearsal threshold={prepared.threshold} isDone={isRehearsed} onDone={onRehearsed} />
        </>
      )}
      <StepButtons
        onBack={() => onBack({})}
        isDisabled={prepared === undefined}
        {...(!isRehearsed && { next: words.later })}
      />
    </form>
  );
}

type RehearsalProps = { readonly threshold: number; readonly isDone: boolean; readonly onDone: () => void };

function Rehearsal({ threshold, isDone, onDone }: RehearsalProps) {
  const words = useWords(firstRunWords);
  const [typed, setTyped] = useState<readonly string[]>(() => Array.from({ length: threshold }, () => ""));
  const [refusal, setRefusal] = useState<Refusal & { readonly share?: number }>();
  const [isBusy, setBusy] = useState(false);
  const rehearse = async () => {
    setRefusal(undefined);
    setBusy(true);
    try {
      const answer = await ask("recovery.rehearse", { shares: typed });
      if (answer.ok) onDone();
      else setRefusal(answer.refusal);
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="wizard-rehearsal">
      <h2>{words.rehearsalTitle}</h2>
      {isDone ? (
        <div role="status">
          <Note tone="good" title={words.rehearsed}>
            {words.rehearsedText(threshold)}
          </Note>
        </div>
      ) : (
        <>
          <p className="wizard-hint">{words.rehearsalLead(threshold)}</p>
          {typed.map((text, i) => (
            <Textarea
              // oxlint-disable-next-line react/no-array-index-key -- fields of a fixed number
              key={i}
              label={words.share(i + 1)}
              {...(i === 0 && { description: words.shareHint })}
              value={text}
              rows={3}
              autoComplete="off"
              spellCheck={false}
              className="wizard-share-field"
              error={refusal?.share === i + 1}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setTyped(typed.map((one, at) => (at === i ? value : one)));
              }}
            />
          ))}
          {refusal !== undefined && <RefusalAlert refusal={refusal} />}
          <div>
            <Button
              loading={isBusy}
              disabled={typed.some((text) => text.trim() === "")}
              onClick={() => void rehearse()}
            >
              {words.rehearse}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
