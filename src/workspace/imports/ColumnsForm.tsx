import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Refusal } from "#record/result.ts";
import { columnFields, type ColumnField, type ColumnMap } from "#statements/types.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { readAgain, type QueuedFile } from "./import-queue.ts";
import type { TableSample } from "./reading.ts";
import { importWords } from "./words.ts";

type ColumnsFormProps = {
  readonly queued: QueuedFile;
  readonly columns: TableSample;
  /** The columns were not recognised: then the form is open at once. */
  readonly refusal?: Refusal;
};

const shownRows = 5;

/** The first rows of a table, above each column what it means. Every change reads the file anew, so its effect is seen. */
export function ColumnsForm({ queued, columns, refusal }: ColumnsFormProps) {
  const words = useWords(importWords);
  const map = queued.options.map ?? {};
  const [isOpen, setOpen] = useState(refusal !== undefined || Object.keys(map).length > 0);
  if (!isOpen)
    return (
      <Button variant="subtle" size="compact-sm" className="import-link" onClick={() => setOpen(true)}>
        {words.columnsOpen}
      </Button>
    );
  const choose = (column: number, field: string) =>
    void readAgain(queued.key, { ...queued.options, map: withColumn(map, column, field) });
  const [head, ...rows] = columns.rows.slice(0, shownRows + 1);
  const places = Array.from({ length: columns.width }, (_, i) => i + 1);
  const hasDate = map.date !== undefined;
  const hasSum = map.amount !== undefined || map.credit !== undefined || map.debit !== undefined;
  return (
    <section className="import-columns" aria-label={words.columnsTitle}>
      <h3>{words.columnsTitle}</h3>
      <p className="import-soft">{words.columnsLead}</p>
      <div className="import-scroll" tabIndex={0} role="region" aria-label={words.columnsTitle}>
        <table>
          <thead>
            <tr>
              {places.map((column) => (
                <th key={column} scope="col">
                  <NativeSelect
                    size="xs"
                    aria-label={words.column(column)}
                    value={columnFields.find((field) => map[field] === column) ?? ""}
                    onChange={(event) => choose(column, event.currentTarget.value)}
                    data={[
                      { value: "", label: words.unused },
                      ...columnFields.map((field) => ({ value: field, label: words.fields[field] })),
                    ]}
                  />
                </th>
              ))}
            </tr>
            <tr>
              {places.map((column) => (
                <th key={column}>{head?.[column - 1] ?? ""}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a file stand where they stand
              <tr key={i}>
                {places.map((column) => (
                  <td key={column}>{cells[column - 1] ?? ""}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="buttons">
        {Object.keys(map).length > 0 && (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              const { map: _, ...options } = queued.options;
              void readAgain(queued.key, options);
            }}
          >
            {words.columnsReset}
          </Button>
        )}
      </div>
      {refusal !== undefined && hasDate && hasSum && <RefusalAlert refusal={refusal} />}
    </section>
  );
}

/** One meaning stands over one column, and a column has one meaning. */
function withColumn(map: ColumnMap, column: number, field: string): ColumnMap {
  const kept = Object.entries(map).filter(([name, at]) => name !== field && at !== column);
  const known = columnFields.find((one) => one === field);
  return Object.fromEntries(known === undefined ? kept : [...kept, [known, column]]) as Partial<
    Record<ColumnField, number>
  >;
}
