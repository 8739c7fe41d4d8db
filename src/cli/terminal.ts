import process from "node:process";
import type { Language } from "#language/language.ts";
import { groupDigits } from "#language/plural.ts";
import type { Progress } from "#session/progress.ts";

/**
 * Progress of work that lasts: one line on standard error, redrawn in place on a terminal, a plain line every
 * two seconds elsewhere, nothing at all for what ends within a second.
 */
const firstShownAfterMs = 700;

export function progressOn(stream: NodeJS.WriteStream, quiet: boolean, language: Language): Progress {
  const started = performance.now();
  let last = 0;
  let drawn = false;
  return {
    update(what, done, total) {
      const now = performance.now();
      const everyMs = stream.isTTY ? 120 : 2000;
      if (quiet || now - started < firstShownAfterMs || now - last < everyMs) return;
      last = now;
      const share = total > 0 ? ` ${String(Math.floor((done / total) * 100)).padStart(3)} %` : "";
      const line = `${what}${share}  ${groupDigits(String(done), language)}${total > 0 ? ` / ${groupDigits(String(total), language)}` : ""}`;
      stream.write(stream.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
      drawn = true;
    },
    end() {
      if (drawn && stream.isTTY) stream.write("\r\u001b[2K");
      drawn = false;
    },
  };
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 1)}\n`);
}

/** Width of text on a terminal: combining marks take none; our scripts have no double-width letters. */
function widthOf(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}

/** A plain table: first column to the left, `right` columns to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const pad = " ".repeat((widths[i] ?? 0) - widthOf(cell));
          return right.includes(i) ? pad + cell : cell + pad;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
