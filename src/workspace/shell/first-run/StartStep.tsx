import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { languageNames } from "#language/language.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { useWords } from "../language.tsx";
import { remember } from "../sign-in/remembered.ts";
import { dropDraft } from "./draft.ts";
import { StepButtons } from "./StepButtons.tsx";
import type { StepProps } from "./Wizard.tsx";
import { firstRunWords } from "./words.ts";

type StartStepProps = StepProps & { readonly isRehearsed: boolean; readonly startCodeNeeded: boolean };

/** The last look: what everyone will read for good, what members will, and what stays on paper. */
export function StartStep({ draft, onBack, isRehearsed, startCodeNeeded }: StartStepProps) {
  const words = useWords(firstRunWords);
  const queries = useQueryClient();
  const [startCode, setStartCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const start = async () => {
    setRefusal(undefined);
    setBusy(true);
    try {
      const started = await ask("foundation.start", {
        rehearsed: isRehearsed,
        ...(startCode.trim() !== "" && { startCode: startCode.trim() }),
      });
      if (!started.ok) return setRefusal(started.refusal);
      remember(started.value.member);
      dropDraft();
      await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
    } finally {
      setBusy(false);
    }
  };
  const { name, currency, languages, officerName, trustees, threshold } = draft;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className="wizard-summary">
        <Part icon="public" title={words.everyoneSees}>
          <li>
            <strong>{name}</strong>
          </li>
          <li>{currency}</li>
          <li>{languages.map((one) => languageNames[one]).join(", ")}</li>
          <li>{words.keysPublic}</li>
        </Part>
        <Part icon="seal" title={words.membersSee}>
          <li>{officerName} (M-01)</li>
        </Part>
        <Part icon="print" title={words.stays}>
          <li>{words.sheetsAtTrustees(trustees.length, threshold)}</li>
        </Part>
      </div>
      {!isRehearsed && <Note tone="warn">{words.notRehearsed}</Note>}
      {startCodeNeeded && (
        <TextInput
          label={words.startCode}
          description={words.startCodeHint}
          value={startCode}
          size="md"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setStartCode(event.currentTarget.value)}
        />
      )}
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <StepButtons
        onBack={() => onBack({})}
        isBusy={isBusy}
        isDisabled={startCodeNeeded && startCode.trim() === ""}
        next={isBusy ? words.starting : words.start}
      />
    </form>
  );
}

type PartProps = {
  readonly icon: "public" | "seal" | "print";
  readonly title: string;
  readonly children: ReactNode;
};

function Part({ icon, title, children }: PartProps) {
  return (
    <section className="wizard-part">
      <h2>
        <Icon name={icon} size={18} />
        {title}
      </h2>
      <ul>{children}</ul>
    </section>
  );
}
