import { Link } from "wouter";
import { categoryBars, planBars } from "#charts/category-bars.ts";
import { categoryLabels, entryLabels, labelOf } from "#domain/funds/labels.ts";
import { organisationLabels } from "#domain/organisation/labels.ts";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { titleIn } from "#workspace/appeals/title.ts";
import { WeekChart } from "#workspace/appeals/WeekChart.tsx";
import { Chart } from "#workspace/charts/Chart.tsx";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import type { Overview } from "./calls.ts";
import { FirstSteps } from "./FirstSteps.tsx";
import { Needs } from "./Needs.tsx";
import { overviewWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./overview.css";

/** The first page: what needs somebody now, then how things stand. */
export default function OverviewScreen() {
  const words = useWords(overviewWords);
  const { data, error } = useAsk("overview.page", {});
  return (
    <>
      <PageHeader title={words.title} {...(data !== undefined && { lead: data.foundation })} />
      {error !== null && <AskError error={error} />}
      {data !== undefined && <Page page={data} />}
    </>
  );
}

function Page({ page }: { readonly page: Overview }) {
  const { appeal, post, bank } = page.steps;
  const isNew = !appeal || !post || !bank;
  return (
    <>
      {isNew && <FirstSteps page={page} />}
      {(!isNew || page.needs.length > 0) && <Needs needs={page.needs} />}
      {(appeal || bank) && <Figures page={page} />}
      <Latest page={page} />
    </>
  );
}

function Figures({ page }: { readonly page: Overview }) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const { received, spent, covered, general, weeks, base, appeals, categories } = page;
  return (
    <>
      <div className="tiles overview-tiles">
        <StatTile
          label={words.received}
          value={<Money minor={received.minor} currency={base} />}
          note={words.gifts(received.gifts)}
          href="/appeals"
        />
        <StatTile
          label={words.spent}
          value={<Money minor={spent.minor} currency={base} />}
          note={words.payments(spent.payments)}
          href="/spending?show=paid"
        />
        <StatTile
          label={words.covered}
          value={<Money minor={covered.minor} currency={base} />}
          href="/appeals"
        />
        <StatTile
          label={words.general}
          value={<Money minor={general.minor} currency={base} />}
          note={words.gifts(general.gifts)}
          href="/periods/report"
        />
      </div>
      <Section title={words.byWeek} isCard>
        <WeekChart id="overview-weeks" title={words.byWeek} weeks={weeks} currency={base} />
      </Section>
      <div className="appeal-columns overview-columns">
        <Section title={words.plan} isCard>
          <Chart
            language={language}
            draw={(width) =>
              planBars({
                id: "overview-plan",
                title: words.plan,
                language,
                currency: base,
                width,
                items: appeals.map(({ id, title, asked, received: actual }) => ({
                  label: titleIn(title, language, id),
                  plan: asked,
                  actual,
                })),
              })
            }
          />
        </Section>
        <Section title={words.byCategory} isCard>
          <Chart
            language={language}
            draw={(width) =>
              categoryBars({
                id: "overview-categories",
                title: words.byCategory,
                language,
                currency: base,
                width,
                items: categories.map(({ category, minor }) => ({
                  label: labelOf(categoryLabels, category, language),
                  value: minor,
                })),
              })
            }
          />
        </Section>
      </div>
    </>
  );
}

function Latest({ page: { latest } }: { readonly page: Overview }) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  return (
    <Section
      title={words.latest}
      isCard
      actions={
        <Link href="/activity" className="overview-more">
          {words.allActivity}
        </Link>
      }
    >
      <ul className="lines">
        {latest.map(({ index, type, at, member, about, count }) => (
          <li key={index} className="line">
            <span className="line-main">
              <span className="line-title">
                {labelOf({ ...entryLabels, ...organisationLabels }, type, language)} {about}
                {count > 1 && <State>{words.times(count)}</State>}
              </span>
              <span className="line-note">
                {member} · {words.entry(index)}
              </span>
            </span>
            <span className="line-side line-note">
              <Moment at={at} isRelative />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
