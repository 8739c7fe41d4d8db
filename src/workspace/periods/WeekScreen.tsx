import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { formatDay, formatWeek } from "#language/dates.ts";
import { ask, DeskFailure, useAsk, useDeskProgress } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { State } from "#workspace/ui/State.tsx";
import { holdMs, showHeld } from "#workspace/ui/held.tsx";
import { BlockerList } from "./BlockerList.tsx";
import type { Week } from "./calls.ts";
import { figuresOf } from "./close-figures.ts";
import { CloseFigures } from "./CloseFigures.tsx";
import { PublicStatements } from "./PublicStatements.tsx";
import { periodWords } from "./words.ts";
import "./periods.css";

const tones = { running: "info", blocked: "warn", closable: "plain", closed: "good" } as const;

/** One week: what its close published, or would publish, or what keeps it open. */
export default function WeekScreen() {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const { week: wanted = "" } = useParams();
  const { data } = useAsk("periods.weeks", {});
  const back = { href: "/periods", label: words.back };
  const week = data?.find((one) => one.week === wanted);
  if (data === undefined) return <PageHeader title={formatWeek(wanted, language)} back={back} />;
  if (week === undefined)
    return (
      <>
        <PageHeader title={wanted} back={back} />
        <EmptyState
          icon="periods"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.back, href: "/periods" }}
        />
      </>
    );
  return (
    <>
      <PageHeader
        title={formatWeek(week.week, language)}
        back={back}
        lead={week.week}
        aside={<State tone={tones[week.state]}>{words.states[week.state]}</State>}
      />
      {week.state === "running" && <Note>{words.runningText(formatDay(week.last, language))}</Note>}
      {week.state === "blocked" && <Blocked week={week} />}
      {week.state === "closed" && <Closed week={week} />}
      {week.state === "closable" && <Closing week={week} />}
    </>
  );
}

function Blocked({ week }: { readonly week: Week }) {
  const words = useWords(periodWords);
  return (
    <Note tone="warn" title={words.blockedBy}>
      <p>
        <BlockerList blockers={week.blockers} />
      </p>
      <p>{words.blockedText}</p>
      <p className="period-action">
        <Button component={Link} href="/matching">
          {words.toMatching}
        </Button>
      </p>
    </Note>
  );
}

function Closed({ week }: { readonly week: Week }) {
  const words = useWords(periodWords);
  const { data } = useAsk("periods.closed", { week: week.week });
  if (data === undefined) return null;
  if (data.length === 0) return <Note>{words.earlier}</Note>;
  return (
    <>
      <p className="period-lead">{words.closedLead}</p>
      <CloseFigures figures={data} caption={words.published} />
      <PublicStatements figures={data} />
    </>
  );
}

function Closing({ week }: { readonly week: Week }) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const input = { week: week.week };
  const preview = useAsk("command.preview", { name: "period.close", input });
  const overview = useAsk("accounts.overview", {});
  const progress = useDeskProgress();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  if (preview.data === undefined)
    return (
      <ProgressPanel
        title={words.closedTitle(formatWeek(week.week, language))}
        step={words.computing}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
    );
  if (!preview.data.ok) return <RefusalAlert refusal={preview.data.refusal} />;
  const { entries, digest } = preview.data.value;
  const titles = new Map(overview.data?.appeals.map(({ id, title }) => [id, title]));
  const close = async () => {
    setSending(true);
    const title = words.closedTitle(formatWeek(week.week, language));
    try {
      const about = week.week;
      showHeld(
        await ask("command.record", { name: "period.close", title, about, input, digest, holdMs }),
        title,
      );
      navigate("/periods");
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
      setSending(false);
    }
  };
  return (
    <>
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      {entries.length === 0 ? (
        <Note>{words.previewNone}</Note>
      ) : (
        <>
          <p className="period-lead">{words.previewLead}</p>
          <CloseFigures
            figures={figuresOf(entries, (id) => titles.get(id) ?? {})}
            caption={words.published}
          />
          <div className="buttons buttons-end">
            <Button variant="default" component={Link} href="/periods">
              {words.back}
            </Button>
            <Button loading={isSending} onClick={() => void close()}>
              {words.close}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
