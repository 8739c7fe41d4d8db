import { Button } from "@mantine/core";
import { Link } from "wouter";
import { formatWeek } from "#language/dates.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { State } from "#workspace/ui/State.tsx";
import { BlockerList } from "./BlockerList.tsx";
import type { Week } from "./calls.ts";
import { periodWords } from "./words.ts";
import "./periods.css";

const tones = { running: "info", blocked: "warn", closable: "plain", closed: "good" } as const;

/** The weeks, and first the one that is next to be closed. */
export default function PeriodsScreen() {
  const words = useWords(periodWords);
  const { data, error } = useAsk("periods.weeks", {});
  const actions = (
    <Button component={Link} href="/periods/report" variant="default">
      {words.report}
    </Button>
  );
  if (error !== null) return <RefusalAlert refusal={error} />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} actions={actions} />
      {data?.length === 0 && (
        <EmptyState
          icon="periods"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.emptyAction, href: "/import" }}
        />
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <NextWeek weeks={data} />
          <Weeks weeks={data} />
        </>
      )}
    </>
  );
}

/** The latest week that can be closed, which closes those before it too; else the first that is blocked. */
function NextWeek({ weeks }: { readonly weeks: readonly Week[] }) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const open = weeks.filter(({ state }) => state === "closable" || state === "blocked");
  const next = open.find(({ state }) => state === "closable") ?? open.at(-1);
  if (next === undefined) return <p className="period-all">{words.allClosed}</p>;
  return (
    <section className="card period-next">
      <div>
        <p className="period-soft">{words.next}</p>
        <h2>{formatWeek(next.week, language)}</h2>
        <p className="period-soft">{next.state === "closable" && words.nextText}</p>
        {next.state === "blocked" && <BlockerList blockers={next.blockers} />}
      </div>
      {next.state === "closable" ? (
        <Button component={Link} href={`/periods/${next.week}`}>
          {words.closeNow}
        </Button>
      ) : (
        <Button component={Link} href="/matching">
          {words.toMatching}
        </Button>
      )}
    </section>
  );
}

function Weeks({ weeks }: { readonly weeks: readonly Week[] }) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const columns: Column<Week>[] = [
    {
      id: "week",
      title: words.week,
      card: "head",
      cell: (one) => (
        <>
          {formatWeek(one.week, language)} <span className="period-soft">{one.week}</span>
        </>
      ),
      sort: (a, b) => (a.week < b.week ? -1 : 1),
    },
    {
      id: "state",
      title: words.state,
      card: "side",
      cell: (one) => <State tone={tones[one.state]}>{words.states[one.state]}</State>,
      width: "12rem",
    },
    {
      id: "published",
      title: words.published,
      cell: (one) => <Published week={one} />,
      width: "24rem",
    },
  ];
  return (
    <DataTable
      caption={words.title}
      rows={weeks}
      columns={columns}
      rowKey={(one) => one.week}
      href={(one) => `/periods/${one.week}`}
    />
  );
}

function Published({ week }: { readonly week: Week }) {
  const words = useWords(periodWords);
  const { state, published, carried, blockers } = week;
  if (state === "blocked") return <BlockerList blockers={blockers} />;
  if (state !== "closed") return null;
  if (published.length === 0) return <span className="period-soft">{words.nothingPublished}</span>;
  return (
    <span className="period-published">
      {published.map(({ currency, minor, count }) => (
        <span key={currency}>
          <Money minor={minor} currency={currency} />{" "}
          <span className="period-soft">{words.gifts(count)}</span>
        </span>
      ))}
      {carried > 0 && <span className="period-soft">{words.carried(carried)}</span>}
    </span>
  );
}
