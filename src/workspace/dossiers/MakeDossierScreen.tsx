import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "wouter";
import type { DossierReport } from "#dossier/check.ts";
import type { Question } from "#dossier/statement/statement.ts";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure, useAsk, useDeskProgress } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { audiences, type AudienceId } from "./audiences.ts";
import type { DossierInput, DossierSubjects, MadeDossier } from "./calls.ts";
import { checkInWorker } from "./check-in-worker.ts";
import { AudienceFields } from "./AudienceFields.tsx";
import { ClaimFields } from "./ClaimFields.tsx";
import { DisclosurePreview } from "./DisclosurePreview.tsx";
import { MadeResult } from "./MadeResult.tsx";
import { QuestionFields } from "./QuestionFields.tsx";
import { dossierWords } from "./words.ts";
import "./dossiers.css";

type Stand =
  | { readonly kind: "asking"; readonly refusal?: Refusal }
  | { readonly kind: "making" }
  | { readonly kind: "checking"; readonly made: MadeDossier }
  | { readonly kind: "made"; readonly made: MadeDossier; readonly report: DossierReport };

/** From a question to a file that was checked, with everything it opens in sight before it is made. */
export default function MakeDossierScreen() {
  const words = useWords(dossierWords);
  const { data: subjects, error } = useAsk("dossiers.subjects", {});
  // The opened log is as large as everything one may read: it goes when the page does.
  useEffect(() => () => void ask("dossiers.close", {}), []);
  return (
    <>
      <PageHeader title={words.make} lead={words.makeLead} back={{ href: "/dossiers", label: words.back }} />
      {error !== null && <RefusalAlert refusal={error} />}
      {subjects !== undefined && <Maker subjects={subjects} />}
    </>
  );
}

function Maker({ subjects }: { readonly subjects: DossierSubjects }) {
  const words = useWords(dossierWords);
  const [question, setQuestion] = useAskedQuestion(subjects);
  const [claim, setClaim] = useState<string>();
  const [audience, setAudience] = useState<AudienceId>("court");
  const [disclose, setDisclose] = useState<readonly string[]>(audiences.court);
  const [stand, setStand] = useState<Stand>({ kind: "asking" });
  const input = { question, disclose, ...(claim !== undefined && { claim }) };

  if (subjects.unfinished.length > 0)
    return (
      <Note tone="warn">
        <p>{words.unfinished(subjects.unfinished.join(", "))}</p>
        <Link href="/import">{words.toImport}</Link>
      </Note>
    );
  if (subjects.appeals.length === 0)
    return (
      <EmptyState
        icon="dossiers"
        title={words.noAppeals}
        text={words.noAppealsText}
        action={{ label: words.openAppeal, href: "/appeals/new" }}
      />
    );
  const make = async (asked: DossierInput) => {
    setStand({ kind: "making" });
    try {
      const made = await ask("dossiers.make", asked);
      setStand({ kind: "checking", made });
      const report = await checkInWorker(made.bytes);
      if (report.verdict !== "broken") await ask("dossiers.note", { made, input: asked, audience });
      setStand({ kind: "made", made, report });
    } catch (error) {
      const refusal =
        error instanceof DeskFailure
          ? { code: error.code, message: error.message }
          : { code: "bug", message: String(error) };
      setStand({ kind: "asking", refusal });
    }
  };
  if (stand.kind === "made") return <MadeResult {...stand} onAgain={() => setStand({ kind: "asking" })} />;
  const isBusy = stand.kind !== "asking";
  return (
    <div className="dossier-maker">
      <form
        className="dossier-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (question !== undefined && !isBusy) void make({ ...input, question });
        }}
      >
        <QuestionFields subjects={subjects} question={question} onChange={setQuestion} />
        <ClaimFields base={subjects.base} onChange={setClaim} />
        <AudienceFields
          audience={audience}
          disclose={disclose}
          onChange={(who, fields) => {
            setAudience(who);
            setDisclose(fields);
          }}
        />
        {stand.kind === "asking" && stand.refusal !== undefined && <RefusalAlert refusal={stand.refusal} />}
        {isBusy ? (
          <Busy isChecking={stand.kind === "checking"} />
        ) : (
          <Button type="submit" size="md" disabled={question === undefined} data-tour="dossier-make">
            {words.make}
          </Button>
        )}
      </form>
      <aside className="dossier-aside" aria-label={words.preview}>
        {question !== undefined && <Counted input={{ ...input, question }} />}
      </aside>
    </div>
  );
}

/** The question, begun with what the address asks for: `/dossiers/new?appeal=A-2025-003`. */
function useAskedQuestion(subjects: DossierSubjects) {
  const [address] = useSearchParams();
  return useState<Question | undefined>(() => {
    for (const kind of ["post", "case", "appeal"] as const) {
      const id = address.get(kind);
      if (id !== null) return { kind, id };
    }
    const from = address.get("from");
    const to = address.get("to");
    if (from !== null && to !== null) return { kind: "period", from, to };
    const [first] = subjects.appeals;
    return first === undefined ? undefined : { kind: "appeal", id: first.id };
  });
}

function Counted({ input }: { readonly input: DossierInput }) {
  const words = useWords(dossierWords);
  const [settled] = useDebouncedValue(input, 150);
  const { data: preview, error } = useAsk("dossiers.preview", settled);
  const progress = useDeskProgress();
  if (error !== null) return <RefusalAlert refusal={error} />;
  if (preview === undefined)
    return (
      <ProgressPanel
        title={words.preview}
        step={words.counting}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
    );
  return preview.ok ? (
    <DisclosurePreview preview={preview.value} />
  ) : (
    <RefusalAlert refusal={preview.refusal} />
  );
}

function Busy({ isChecking }: { readonly isChecking: boolean }) {
  const words = useWords(dossierWords);
  const progress = useDeskProgress();
  return (
    <ProgressPanel
      title={words.making}
      step={isChecking ? words.checkingStep : words.makingStep}
      done={isChecking ? 0 : (progress?.done ?? 0)}
      total={isChecking ? 0 : (progress?.total ?? 0)}
    />
  );
}
