import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { LookAround } from "#workspace/tour/LookAround.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { EntryPage } from "../EntryPage.tsx";
import { useWords } from "../language.tsx";
import { keptDraft } from "./draft.ts";
import { firstRunWords } from "./words.ts";
import "./first-run.css";

const Wizard = lazy(() => import("./Wizard.tsx"));

/** The page of a server that has no foundation yet: two doors. */
export default function FirstRun({ startCodeNeeded }: { readonly startCodeNeeded: boolean }) {
  const words = useWords(firstRunWords);
  const [isStarting, setStarting] = useState(false);
  const [hasDraft] = useState(() => keptDraft() !== undefined);
  if (isStarting)
    return (
      <Suspense fallback={null}>
        <Wizard startCodeNeeded={startCodeNeeded} onLeave={() => setStarting(false)} />
      </Suspense>
    );
  return (
    <EntryPage title={words.welcome} lead={words.welcomeLead} width="wide">
      <div className="doors">
        <section className="door">
          <span className="empty-icon">
            <Icon name="key" size={28} />
          </span>
          <h2>{words.doorStart}</h2>
          <p>{words.doorStartText}</p>
          <Button size="md" fullWidth onClick={() => setStarting(true)}>
            {hasDraft ? words.doorContinue : words.doorStartButton}
          </Button>
        </section>
        <section className="door">
          <span className="empty-icon">
            <Icon name="tour" size={28} />
          </span>
          <h2>{words.doorLook}</h2>
          <p>{words.doorLookText}</p>
          <LookAround label={words.doorLookButton} />
        </section>
      </div>
    </EntryPage>
  );
}
