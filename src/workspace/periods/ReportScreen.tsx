import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { compareTexts } from "#language/collate.ts";
import { formatDayRange } from "#language/dates.ts";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { exportTable } from "#workspace/exports/export-table.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { DayField } from "#workspace/ui/fields.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import type { PeriodReport } from "./calls.ts";
import { reportRows, reportTable, type ReportRow } from "./report-table.ts";
import { newestSpan, spanOf, spans, olderYears, yearSpan, type Span, type SpanName } from "./spans.ts";
import { periodWords } from "./words.ts";
import "./periods.css";

/** Everything from one day to another, by appeal; as a table for others too. */
export default function ReportScreen() {
  const words = useWords(periodWords);
  const [picked, setSpan] = useState<Span>();
  // What has anything at all is known with the first answer, whatever it is about.
  const [recorded, setRecorded] = useState<Span>();
  const span = picked ?? newestSpan(recorded, today());
  const isReversed = span.to < span.from;
  const isReady = span.from !== "" && span.to !== "" && !isReversed;
  const { data, error } = useAsk("periods.report", span, { enabled: isReady });
  if (data?.recorded !== undefined && data.recorded.to !== recorded?.to) setRecorded(data.recorded);
  const isChosen = ({ from, to }: Span) => from === span.from && to === span.to;
  const presets = new Map<string, { readonly label: string; readonly span: Span }>([
    ...spans.map(
      (name: SpanName) => [name, { label: words.spans[name], span: spanOf(name, today()) }] as const,
    ),
    ...olderYears(recorded, today()).map(
      (year) => [year, { label: words.year(year), span: yearSpan(year) }] as const,
    ),
  ]);
  const chosen = [...presets].find(([, one]) => isChosen(one.span))?.[0];
  return (
    <>
      <PageHeader
        title={words.reportTitle}
        lead={words.reportLead}
        back={{ href: "/periods", label: words.back }}
      />
      <div className="period-span">
        <NativeSelect
          label={words.presets}
          value={chosen ?? ""}
          onChange={(event) => {
            setSpan(presets.get(event.currentTarget.value)?.span ?? span);
          }}
          data={[
            ...(chosen === undefined ? [{ value: "", label: "…" }] : []),
            ...[...presets].map(([value, { label }]) => ({ value, label })),
          ]}
        />
        <DayField label={words.from} value={span.from} onChange={(from) => setSpan({ ...span, from })} />
        <DayField label={words.to} value={span.to} onChange={(to) => setSpan({ ...span, to })} />
      </div>
      {isReversed && <Note tone="warn">{words.reversed}</Note>}
      {error !== null && <RefusalAlert refusal={error} />}
      {/* Not the empty year of the first question, before the one that has something is there. */}
      {data !== undefined && isReady && (picked !== undefined || isChosen(data)) && (
        <Report report={data} onSpan={setSpan} />
      )}
    </>
  );
}

type ReportProps = {
  readonly report: PeriodReport;
  readonly onSpan: (span: Span) => void;
};

function Report({ report, onSpan }: ReportProps) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const rows = reportRows(report, language);
  const compare = compareTexts(language);
  const save = async (format: "csv" | "xlsx") => {
    const { fileName, mediaType, bytes } = await exportTable(reportTable(report, words, language), format);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }));
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const sum = (id: "received" | "returned" | "spent" | "covered" | "balance"): Column<ReportRow> => ({
    id,
    title: words[id],
    isNumeric: true,
    card: id === "received" ? "side" : "line",
    cell: (one) => (one[id] === 0n ? "–" : <Money minor={one[id]} currency={one.currency} />),
    sort: (a, b) => (a[id] < b[id] ? -1 : a[id] > b[id] ? 1 : 0),
    width: "8.5rem",
  });
  const columns: Column<ReportRow>[] = [
    {
      id: "appeal",
      title: words.appeal,
      card: "head",
      cell: (one) => `${one.appeal} ${one.title}`.trim(),
      sort: (a, b) => compare(a.appeal, b.appeal),
    },
    {
      id: "gifts",
      title: words.count,
      isNumeric: true,
      cell: (one) => formatCount(one.gifts, language),
      sort: (a, b) => a.gifts - b.gifts,
      width: "7.5rem",
    },
    sum("received"),
    sum("returned"),
    sum("spent"),
    sum("covered"),
    sum("balance"),
  ];
  const { general, generalInOtherCurrencies = [], notYetKnown, allAppealsRaised, recorded } = report;
  return (
    <>
      <p className="period-lead">{formatDayRange(report.from, report.to, language)}</p>
      <div className="tiles period-tiles">
        {Object.entries(allAppealsRaised).map(([currency, minor]) => (
          <StatTile
            key={currency}
            label={words.raisedInAll}
            value={<Money minor={BigInt(minor)} currency={currency} />}
          />
        ))}
        {[general, ...generalInOtherCurrencies].map(({ currency, minor, donations }) => (
          <StatTile
            key={currency}
            label={words.general}
            value={<Money minor={BigInt(minor)} currency={currency} />}
            note={words.gifts(donations)}
          />
        ))}
        {notYetKnown.map(({ currency, minor, donations }) => (
          <StatTile
            key={currency}
            label={words.notYetKnown}
            value={<Money minor={BigInt(minor)} currency={currency} />}
            note={<Link href="/matching">{words.gifts(donations)}</Link>}
            tone="warn"
          />
        ))}
      </div>
      <DataTable
        caption={words.reportTitle}
        rows={rows}
        columns={columns}
        rowKey={(one) => `${one.appeal} ${one.currency}`}
        href={(one) => `/appeals/${encodeURIComponent(one.appeal)}`}
        empty={
          recorded === undefined ? (
            <EmptyState
              icon="periods"
              title={words.emptyTitle}
              text={words.emptyText}
              action={{ label: words.emptyAction, href: "/import" }}
            />
          ) : (
            <EmptyState
              icon="periods"
              title={words.reportEmpty}
              text={words.reportEmptyText(formatDayRange(recorded.from, recorded.to, language))}
              action={{ label: words.reportAll, onClick: () => onSpan(recorded) }}
            />
          )
        }
        exports={[
          { label: "CSV", download: () => void save("csv") },
          { label: "XLSX", download: () => void save("xlsx") },
        ]}
      />
    </>
  );
}
