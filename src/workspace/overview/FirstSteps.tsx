import { Button } from "@mantine/core";
import { Link } from "wouter";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { Overview } from "./calls.ts";
import { overviewWords } from "./words.ts";

/** Instead of empty charts: the three steps after which the first question can be answered. */
export function FirstSteps({ page: { steps, firstAppeal } }: { readonly page: Overview }) {
  const words = useWords(overviewWords);
  const list = [
    { isDone: steps.appeal, title: words.stepAppeal, text: words.stepAppealText, href: "/appeals/new" },
    { isDone: steps.post, title: words.stepPost, text: words.stepPostText, href: "/posts/new" },
    { isDone: steps.bank, title: words.stepBank, text: words.stepBankText, href: "/import" },
  ];
  const next = list.findIndex(({ isDone }) => !isDone);
  return (
    <Section title={words.firstSteps} lead={words.firstStepsLead} isCard>
      <ol className="first-steps">
        {list.map(({ isDone, title, text, href }, i) => (
          <li key={href} className={isDone ? "first-step first-step-done" : "first-step"}>
            <span className="first-step-number" aria-hidden="true">
              {isDone ? <Icon name="check" size={18} /> : i + 1}
            </span>
            <div className="first-step-text">
              <p className="line-title">
                {title} {isDone && <span className="line-note">{words.done}</span>}
              </p>
              <p className="line-note">{text}</p>
            </div>
            {!isDone && (
              <Button
                component={Link}
                href={href}
                size="xs"
                variant={i === next ? "filled" : "default"}
                aria-label={`${words.open}: ${title}`}
              >
                {words.open}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {steps.bank && firstAppeal !== undefined && (
        <Button component={Link} href={`/appeals/${encodeURIComponent(firstAppeal)}`}>
          {words.stepAnswer}
        </Button>
      )}
    </Section>
  );
}
