import { useEffect, useRef, useState } from "react";
import { Note } from "#workspace/ui/Note.tsx";
import { EntryPage } from "../EntryPage.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { emptyDraft, keepDraft, keptDraft, lostKeys, steps, type Draft } from "./draft.ts";
import { FoundationStep } from "./FoundationStep.tsx";
import { SheetsStep } from "./SheetsStep.tsx";
import { StartStep } from "./StartStep.tsx";
import { TrusteesStep } from "./TrusteesStep.tsx";
import type { FoundationPrepared, NewLock } from "./types.ts";
import { firstRunWords } from "./words.ts";
import { YouStep } from "./YouStep.tsx";

type WizardProps = { readonly startCodeNeeded: boolean; readonly onLeave: () => void };

/** What every step is given: the draft so far, the way on and the way back. */
export type StepProps = {
  readonly draft: Draft;
  readonly onNext: (changed: Partial<Draft>) => void;
  readonly onBack: (changed: Partial<Draft>) => void;
};

/** From nothing to a foundation in five steps. Words survive a reload; secrets live in this component and end with it. */
export default function Wizard({ startCodeNeeded, onLeave }: WizardProps) {
  const words = useWords(firstRunWords);
  const { language } = useLanguage();
  const [draft, setDraft] = useState(() => keptDraft() ?? emptyDraft(language));
  const [areKeysLost] = useState(lostKeys);
  const [lock, setLock] = useState<NewLock>();
  const [prepared, setPrepared] = useState<FoundationPrepared>();
  const [isRehearsed, setRehearsed] = useState(false);
  const progress = useRef<HTMLParagraphElement>(null);
  const { step } = draft;

  useEffect(() => keepDraft(draft), [draft]);
  const isFirst = useRef(true);
  useEffect(() => {
    // A screen reader begins the new step at its number; the eye at the top.
    if (!isFirst.current) progress.current?.focus({ preventScroll: true });
    isFirst.current = false;
    window.scrollTo(0, 0);
  }, [step]);

  const change = (changed: Partial<Draft>, to: number) => {
    // The shares belong to the plan that they were made for.
    if (Object.keys(changed).length > 0) {
      setPrepared(undefined);
      setRehearsed(false);
    }
    setDraft({ ...draft, ...changed, step: to });
  };
  const props: StepProps = {
    draft,
    onNext: (changed) => change(changed, step + 1),
    onBack: (changed) => (step === 0 ? onLeave() : change(changed, step - 1)),
  };
  const titles = {
    foundation: [words.foundationTitle, words.foundationLead],
    you: [words.youTitle, words.youLead],
    trustees: [words.trusteesTitle, words.trusteesLead],
    sheets: [words.sheetsTitle, words.sheetsLead(draft.trustees.length)],
    start: [words.startTitle, words.startLead],
  } as const;
  const at = steps[step] ?? "foundation";
  const [title, lead] = titles[at];
  return (
    <EntryPage
      title={title}
      lead={lead}
      above={
        <div className="wizard-progress">
          <p ref={progress} tabIndex={-1}>
            {words.step(step + 1, steps.length)}
          </p>
          <div className="wizard-bar" aria-hidden="true">
            {steps.map((name, i) => (
              <span key={name} data-done={i <= step || undefined} />
            ))}
          </div>
        </div>
      }
      width="middle"
    >
      {at === "foundation" && <FoundationStep {...props} />}
      {areKeysLost && step <= 1 && <Note tone="warn">{words.sheetsAgain}</Note>}
      {at === "you" && <YouStep {...props} lock={lock} onLock={setLock} />}
      {at === "trustees" && <TrusteesStep {...props} />}
      {at === "sheets" && lock !== undefined && (
        <SheetsStep
          {...props}
          lock={lock}
          prepared={prepared}
          onPrepared={setPrepared}
          isRehearsed={isRehearsed}
          onRehearsed={() => setRehearsed(true)}
        />
      )}
      {at === "start" && <StartStep {...props} isRehearsed={isRehearsed} startCodeNeeded={startCodeNeeded} />}
    </EntryPage>
  );
}
