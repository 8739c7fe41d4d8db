import { readCamt } from "./camt.ts";
import { readCsv } from "./csv.ts";
import { detect } from "./detect.ts";
import { refused } from "./emit.ts";
import { readKaspiLines, readKaspiText } from "./kaspi-gold.ts";
import { readMt940 } from "./mt940.ts";
import { readOfx } from "./ofx.ts";
import { readOneC } from "./one-c.ts";
import { pdfLines } from "./pdf.ts";
import type { ByteSource } from "./source.ts";
import type { ReadOptions, StatementEvent } from "./types.ts";
import { readXlsx } from "./xlsx.ts";

export type StatementFile = { readonly name: string; readonly source: ByteSource };

/**
 * Reads a bank file of any known format. The promise settles once the format is known (PDF and XLSX are then already
 * unpacked); the events themselves come synchronously, in batches, so that a million rows cost no million awaits.
 *
 * Each statement gives one `statement` event before its rows and one `end` after them; rows of several statements of
 * one file may alternate. A file that is no statement gives a single `refused`.
 *
 * @example
 * for (const event of await readStatements({ name, source: bytesSource(bytes) }, {})) …
 */
export async function readStatements(
  file: StatementFile,
  options: ReadOptions,
): Promise<Iterable<StatementEvent>> {
  const detection = detect(file.source);
  if (!detection.ok) return [{ kind: "refused", refusal: detection.refusal }];
  switch (detection.value) {
    case "one-c":
      return withAccount(readOneC(file.source, options), options);
    case "mt940":
      return withAccount(readMt940(file.source, options), options);
    case "camt":
      return withAccount(readCamt(file.source, options), options);
    case "ofx":
      return withAccount(readOfx(file.source, options), options);
    case "kaspi-text":
      return withAccount(readKaspiText(file.source, options), options);
    case "csv":
      return withAccount(readCsv(file.source, options), options);
    case "xlsx":
      return withAccount(await readXlsx(file.source, options), options);
    case "pdf": {
      const text = await pdfLines(file.source);
      if (!text.ok) return [{ kind: "refused", refusal: text.refusal }];
      if (!text.value.some(({ text: line }) => /kaspi\s+gold/iu.test(line))) {
        return [
          refused(
            "pdf-unknown",
            "Only the Kaspi Gold statement can be read as PDF. Ask the bank for 1C, XLSX, CSV, MT940 or CAMT instead.",
          ),
        ];
      }
      return withAccount(readKaspiLines(text.value, options), options);
    }
  }
}

/** Gives a statement without an account the one the caller names, and reports one that names another. */
function* withAccount(events: Iterable<StatementEvent>, options: ReadOptions): Generator<StatementEvent> {
  const wanted = options.account;
  if (wanted === undefined) {
    yield* events;
    return;
  }
  for (const event of events) {
    if (event.kind === "statement" && event.statement.account === null) {
      yield { ...event, statement: { ...event.statement, account: wanted } };
    } else if (event.kind === "end" && event.totals.account === null) {
      yield { ...event, totals: { ...event.totals, account: wanted } };
    } else if (event.kind === "end") {
      const printed =
        event.totals.account === wanted ? (event.totals.accountHint ?? wanted) : event.totals.account;
      if (printed === null || plain(printed) === plain(wanted)) yield event;
      else {
        const message = `The file prints the account ${printed}, but --account says ${wanted}.`;
        yield { ...event, problems: [...event.problems, { code: "account-differs", line: null, message }] };
      }
    } else yield event;
  }
}

function plain(account: string): string {
  return account.replaceAll(/\s/gu, "").toUpperCase();
}
