import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { formatWeek } from "#language/dates.ts";
import { formatSum } from "#language/sums.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { AskError } from "./AskError.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import { AppealPosts } from "./AppealPosts.tsx";
import { ProgressOf, tones } from "./AppealsScreen.tsx";
import type { AppealPage } from "./calls.ts";
import { EndedCard } from "./EndedCard.tsx";
import { EndForm } from "./EndForm.tsx";
import { Equation } from "./Equation.tsx";
import { GiveCard } from "./GiveCard.tsx";
import { GroundsTable } from "./Grounds.tsx";
import { Spent } from "./Spent.tsx";
import { Timeline } from "./Timeline.tsx";
import { titleIn } from "./title.ts";
import { WeekChart } from "./WeekChart.tsx";
import { appealWords } from "./words.ts";
import "./appeals.css";

/** One appeal. "How much was raised for her?" is answered before anything is scrolled. */
export default function AppealScreen() {
  const { id = "" } = useParams<{ id: string }>();
  const words = useWords(appealWords);
  const { data, error } = useAsk("appeals.page", { id });
  if (error !== null)
    return (
      <>
        <PageHeader title={id} back={{ href: "/appeals", label: words.back }} />
        <AskError error={error} />
      </>
    );
  return data === undefined ? <div className="screen-loading" /> : <Page page={data} />;
}

function Page({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { id, title, standing, unfinished, ended } = page;
  // Which form is open: once the end is on the record, its form is no longer the one that the page could show.
  const [open, setOpen] = useState<"end" | "reopen">();
  const form = ended === undefined ? "end" : "reopen";
  return (
    <>
      <PageHeader
        title={titleIn(title, language, id)}
        aside={
          <>
            <span className="appeal-code">{id}</span>
            <State tone={tones[standing]}>{words.standings[standing]}</State>
          </>
        }
        back={{ href: "/appeals", label: words.back }}
        actions={
          <>
            <Button
              component={Link}
              href={`/dossiers/new?appeal=${encodeURIComponent(id)}`}
              leftSection={<Icon name="dossiers" size={18} />}
            >
              {words.makeDossier}
            </Button>
            {ended === undefined && (
              <Button
                component={Link}
                href={`/spending/new?appeal=${encodeURIComponent(id)}`}
                variant="default"
              >
                {words.addPayment}
              </Button>
            )}
            {open !== form && (
              <Button variant="default" onClick={() => setOpen(form)}>
                {form === "end" ? words.endAppeal : words.reopen}
              </Button>
            )}
          </>
        }
      />
      {open === form && <EndForm page={page} onEnd={() => setOpen(undefined)} />}
      {unfinished.length > 0 && (
        <Note tone="warn" title={words.provisionalTitle}>
          <p>
            {words.provisional(unfinished.join(", "))} <Link href="/import">{words.importAgain}</Link>
          </p>
        </Note>
      )}
      <Answer page={page} />
      <Equation page={page} />
      <div className="appeal-columns">
        <Section title={words.byWeek} isCard>
          <WeekChart id={`weeks-${id}`} title={words.byWeek} weeks={page.weeks} currency={page.currency} />
        </Section>
        <Spent page={page} />
      </div>
      <AppealPosts page={page} />
      <Section title={words.byGround} lead={words.byGroundLead} isCard tour="appeal-grounds">
        <GroundsTable id={id} />
      </Section>
      <Section title={words.timeline} isCard>
        <Timeline id={id} />
      </Section>
    </>
  );
}

/** The answer in one look, with how near it is to what was asked, and how to give. */
function Answer({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { figures, asked, currency, lastClose } = page;
  const [first, ...others] = figures;
  if (first === undefined) return null;
  const target = asked.find((one) => one.currency === currency);
  return (
    <div className="card answer-card" data-tour="appeal-answer">
      <div className="answer">
        <p className="answer-question">{words.question}</p>
        <p className="answer-sum">
          <Money minor={first.received} currency={currency} />
        </p>
        <p className="answer-note">
          {first.gifts === 0 ? words.answerNothing : words.gifts(first.gifts)}
          {target !== undefined && ` · ${words.ofAsked(formatSum(target.minor, currency, language))}`}
        </p>
        <ProgressOf row={page} />
        {others.some(({ gifts }) => gifts > 0) && (
          <p className="answer-note">
            {words.otherCurrencies}:{" "}
            {others
              .filter(({ gifts }) => gifts > 0)
              .map((one) => `${formatSum(one.received, one.currency, language)} (${words.gifts(one.gifts)})`)
              .join(", ")}
          </p>
        )}
        <p className="answer-note answer-public">
          <Icon name="public" size={16} />
          {lastClose === undefined
            ? words.neverClosed
            : words.lastClose(
                formatWeek(lastClose.week, language),
                formatSum(lastClose.minor, currency, language),
              )}
        </p>
      </div>
      {page.ended === undefined ? <GiveCard page={page} /> : <EndedCard page={page} />}
    </div>
  );
}
