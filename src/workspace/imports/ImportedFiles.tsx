import { formatDayRange } from "#language/dates.ts";
import { compareTexts } from "#language/collate.ts";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { ImportedFile } from "./calls.ts";
import { importWords } from "./words.ts";

/** Bank files on the record. One that was cut short says what to do. */
export function ImportedFiles() {
  const words = useWords(importWords);
  const { language } = useLanguage();
  const { data } = useAsk("imports.files", {});
  if (data === undefined) return null;
  const compare = compareTexts(language);
  const columns: Column<ImportedFile>[] = [
    {
      id: "file",
      title: words.file,
      card: "head",
      cell: (one) => (
        <span className="import-file-name">
          {one.name}
          {one.isUnfinished && <State tone="warn">{words.fileUnfinished}</State>}
          {one.acceptedBy !== null && <State>{words.taken(one.acceptedBy)}</State>}
        </span>
      ),
      sort: (a, b) => compare(a.name, b.name),
    },
    {
      id: "account",
      title: words.account,
      cell: (one) => <HiddenText>{one.account}</HiddenText>,
      sort: (a, b) => compare(a.account, b.account),
      width: "15rem",
    },
    {
      id: "period",
      title: words.period,
      cell: (one) =>
        one.from === null || one.to === null ? "–" : formatDayRange(one.from, one.to, language),
      sort: (a, b) => compare(a.from ?? "", b.from ?? ""),
      width: "16rem",
    },
    { id: "format", title: words.format, cell: (one) => one.format, width: "9rem", isExtra: true },
    {
      id: "rows",
      title: words.rows,
      isNumeric: true,
      cell: (one) => formatCount(one.lines, language),
      sort: (a, b) => a.lines - b.lines,
      width: "6rem",
    },
    {
      id: "fresh",
      title: words.newRows,
      isNumeric: true,
      cell: (one) => formatCount(one.fresh, language),
      sort: (a, b) => a.fresh - b.fresh,
      width: "7rem",
    },
    {
      id: "closing",
      title: words.closing,
      isNumeric: true,
      card: "side",
      cell: (one) =>
        one.closing === null ? "–" : <Money minor={one.closing} currency={one.currency ?? ""} />,
      width: "11rem",
    },
  ];
  return (
    <Section title={words.files}>
      <DataTable
        caption={words.files}
        rows={data.files}
        columns={columns}
        rowKey={(one) => `${one.name} ${one.account} ${one.from ?? ""} ${one.lines}`}
        empty={<EmptyState icon="import" title={words.filesEmpty} text={words.filesEmptyText} />}
      />
    </Section>
  );
}
