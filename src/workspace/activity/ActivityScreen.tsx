import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { entryTypes } from "#domain/catalogue.ts";
import { formatDay, dayAt } from "#language/dates.ts";
import { formatCount } from "#language/numbers.ts";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { usePlaceText } from "#workspace/ui/place-text.ts";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { entryName, reasonText } from "#workspace/ui/preview-text.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import type { ActivityFilter, ActivityPage } from "./calls.ts";
import type { ActivityRow } from "./rows.ts";
import { sentenceOf } from "./sentences.ts";
import { activityWords } from "./words.ts";
import "./activity.css";

const kinds = {
  all: [],
  money: [
    "statement",
    "attribution",
    "attribution.moved",
    "decision",
    "refund",
    "refund.matched",
    "fund.close",
  ],
  spending: [...entryTypes.keys()].filter((type) => type.startsWith("spending") || type === "confirmation"),
  publications: [
    "appeal",
    "appeal.ended",
    "appeal.reopened",
    "post",
    "case.share",
    "funds.policy",
    "cover.given",
    "cover.repaid",
  ],
  accounts: ["account", "account.frozen", "account.released", "rate"],
  members: ["genesis", "key.add", "key.revoke", "key.appoint", "key.rotate", "room.epoch"],
  corrections: ["correction"],
} satisfies Readonly<Record<string, readonly string[]>>;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds).filter((name): name is Kind => name in kinds);

const pageSize = 60;

/** Everything that was recorded, newest first. */
export default function ActivityScreen() {
  const words = useWords(activityWords);
  const [address, setAddress] = useSearchParams();
  const kind = kindNames.find((name) => name === address.get("kind")) ?? "all";
  const member = address.get("member") ?? "";
  const [about, setAbout] = usePlaceText("about");
  const set = (name: string, value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      // Its own state is kept: what is searched for stands in it.
      { replace: true, state: history.state },
    );
  const [settledAbout] = useDebouncedValue(about, 250);
  const filter = useMemo(
    (): ActivityFilter => ({
      kinds: kinds[kind],
      ...(member !== "" && { member }),
      ...(settledAbout !== "" && { about: settledAbout.trim() }),
    }),
    [kind, member, settledAbout],
  );
  const { data: people } = useAsk("members.list", {});
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          <Button component={Link} href="/activity/check" variant="default">
            {words.check}
          </Button>
        }
      />
      <div className="activity-filters">
        <NativeSelect
          label={words.kind}
          value={kind}
          onChange={(event) =>
            set("kind", event.currentTarget.value === "all" ? "" : event.currentTarget.value)
          }
          data={kindNames.map((value) => ({ value, label: words.kinds[value] }))}
        />
        <NativeSelect
          label={words.member}
          value={member}
          onChange={(event) => set("member", event.currentTarget.value)}
          data={[
            { value: "", label: words.anyone },
            ...(people?.members ?? []).map(({ id, name }) => ({ value: id, label: `${name ?? id} (${id})` })),
          ]}
        />
        <TextInput
          label={words.about}
          placeholder={words.aboutHint}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
      </div>
      <Entries
        key={JSON.stringify(filter)}
        filter={filter}
        onClear={() => setAddress({}, { replace: true })}
      />
    </>
  );
}

function Entries({ filter, onClear }: { readonly filter: ActivityFilter; readonly onClear: () => void }) {
  const words = useWords(activityWords);
  const { data: first, error } = useAsk("activity.list", { limit: pageSize, filter });
  const [older, setOlder] = useState<readonly ActivityPage[]>([]);
  const [isLoading, setLoading] = useState(false);
  // What was loaded below belongs to the page above it: others are asked for again when the log has grown.
  const size = first?.size;
  useEffect(() => setOlder([]), [size]);
  const pages = first === undefined ? [] : [first, ...older];
  const rows = pages.flatMap((page) => page.rows);
  const before = pages.at(-1)?.before;
  const more = async () => {
    if (before === undefined) return;
    setLoading(true);
    const page = await ask("activity.list", { limit: pageSize, filter, before });
    setOlder([...older, page]);
    setLoading(false);
  };
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (end.current === null) return undefined;
    const observer = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting === true) void latest.current();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [before]);
  if (error !== null) return <RefusalAlert refusal={error} />;
  if (first === undefined) return null;
  if (rows.length === 0 && before === undefined)
    return (
      <EmptyState
        icon="activity"
        title={words.emptyTitle}
        text={words.emptyText}
        action={{ label: words.clear, onClick: onClear }}
      />
    );
  return (
    <>
      <Days rows={rows} />
      {before !== undefined && (
        <div ref={end} className="activity-more">
          <Button variant="default" loading={isLoading} onClick={() => void more()}>
            {isLoading ? words.looking : words.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Days({ rows }: { readonly rows: readonly ActivityRow[] }) {
  const { language } = useLanguage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const days: { readonly day: string; readonly rows: ActivityRow[] }[] = [];
  for (const row of rows) {
    const day = dayAt(row.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return (
    <div className="activity">
      {days.map(({ day, rows: ofDay }) => (
        <section key={`${day} ${ofDay[0]?.index ?? ""}`}>
          <h2>{formatDay(day, language)}</h2>
          <ol>
            {runsOf(ofDay).map((run) =>
              run.length < runMin ? (
                run.map((row) => <Row key={row.index} row={row} zone={zone} />)
              ) : (
                <Run key={run[0]?.index} rows={run} zone={zone} />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** From this many of one kind in a row on, they are told as one: an import has hundreds. */
const runMin = 4;

function runsOf(rows: readonly ActivityRow[]): readonly (readonly ActivityRow[])[] {
  const runs: ActivityRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1)?.at(-1);
    if (last?.type === row.type && last.member === row.member) runs.at(-1)?.push(row);
    else runs.push([row]);
  }
  return runs;
}

function Run({ rows, zone }: { readonly rows: readonly ActivityRow[]; readonly zone: string }) {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  const [first] = rows;
  if (first === undefined) return null;
  return (
    <li>
      <details className="activity-run">
        <summary>
          <Time at={first.at} zone={zone} />
          <span>{words.run(entryName(first.type, language), rows.length)}</span>
          <span className="activity-who">{first.member}</span>
        </summary>
        <ol>
          {rows.map((row) => (
            <Row key={row.index} row={row} zone={zone} />
          ))}
        </ol>
      </details>
    </li>
  );
}

function Time({ at, zone }: { readonly at: number; readonly zone: string }) {
  const time = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  return <time dateTime={new Date(at * 1000).toISOString()}>{time.format(at * 1000)}</time>;
}

function Row({ row, zone }: { readonly row: ActivityRow; readonly zone: string }) {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  return (
    <li>
      <Time at={row.at} zone={zone} />
      <span className="activity-text">
        <Link href={`/activity/${row.index}`}>{sentenceOf(row.type, row.facts, language)}</Link>
        {row.facts.text !== undefined && (
          <small className="personal">{reasonText(row.type, row.facts.text, language)}</small>
        )}
      </span>
      <span className="activity-who">{row.member}</span>
      <span className="activity-index">{words.entry(formatCount(row.index, language))}</span>
    </li>
  );
}
