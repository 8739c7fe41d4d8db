import { Button } from "@mantine/core";
import { useState } from "react";
import type { Refusal } from "#record/result.ts";
import { formatCount } from "#language/numbers.ts";
import { ask, DeskFailure, useDeskProgress } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { CheckLines, verdictTones } from "#workspace/ui/CheckLines.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { RecordCheck } from "./calls.ts";
import { activityWords } from "./words.ts";
import "./activity.css";

type Stand =
  | { readonly kind: "waiting" }
  | { readonly kind: "checking" }
  | { readonly kind: "checked"; readonly check: RecordCheck }
  | { readonly kind: "failed"; readonly refusal: Refusal };

/** The whole record verified on this device, with every check and its verdict. */
export default function CheckScreen() {
  const words = useWords(activityWords);
  const progress = useDeskProgress();
  const [stand, setStand] = useState<Stand>({ kind: "waiting" });
  const check = async () => {
    setStand({ kind: "checking" });
    try {
      setStand({ kind: "checked", check: await ask("activity.check", {}) });
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setStand({ kind: "failed", refusal: { code: error.code, message: error.message } });
    }
  };
  return (
    <>
      <PageHeader
        title={words.checkTitle}
        lead={words.checkLead}
        back={{ href: "/activity", label: words.back }}
        actions={
          stand.kind !== "checking" && (
            <Button onClick={() => void check()}>
              {stand.kind === "waiting" ? words.checkStart : words.checkAgain}
            </Button>
          )
        }
      />
      {stand.kind === "checking" && (
        <ProgressPanel
          title={words.checking}
          step={progress?.what ?? words.checkingStep}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
        />
      )}
      {stand.kind === "failed" && <RefusalAlert refusal={stand.refusal} />}
      {stand.kind === "checked" && <Checked check={stand.check} />}
    </>
  );
}

function Checked({ check }: { readonly check: RecordCheck }) {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  const count = (n: number) => formatCount(n, language);
  const titles = {
    held: [words.heldTitle, words.heldText(count(check.size), count(check.seconds))],
    broken: [words.brokenTitle, words.brokenText],
    "could-not-check": [words.openTitle, words.openText],
  } as const;
  const [title, text] = titles[check.verdict];
  return (
    <>
      <div className={`record-verdict record-verdict-${verdictTones[check.verdict]}`} role="status">
        <Icon name={check.verdict === "held" ? "check" : "warning"} size={28} />
        <div>
          <h2>{title}</h2>
          <p>{text}</p>
        </div>
      </div>
      <Section title={words.checkTitle} isCard>
        <CheckLines checks={check.checks} titles={words.checks} marks={words.marks} />
      </Section>
    </>
  );
}
