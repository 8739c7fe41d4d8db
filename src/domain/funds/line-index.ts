import { toBase64Url } from "#record/bytes.ts";
import { numberOfPosition, type KnownLine } from "./bank-line.ts";
import type { FundsEntry, LineItem, StatementLines } from "./entries.ts";
import { normaliseReference } from "./ids.ts";
import { parseFact } from "./parse-entries.ts";
import type { LinePort, RecordedLine } from "./ports.ts";

/**
 * Answers look-ups of bank rows from opened entries: show it every `statement.lines`, `statement`, `attribution` and
 * `attribution.moved` in log order (or those of one account and period). It holds an object per row, so it is made when
 * rows are looked up, and the state (`state.ts`) is what is kept.
 */
export class LineIndex implements LinePort {
  readonly #parts = new Map<string, Pick<StatementLines, "account" | "import" | "part" | "items">>();
  readonly #rows = new Map<string, Row>();
  readonly #byReference = new Map<string, Set<string>>();
  readonly #byNullifier = new Map<string, string>();
  readonly #byDay = new Map<string, string[]>();

  see(entry: FundsEntry): void {
    const fact = parseFact(entry);
    if (fact === undefined || !fact.ok) return;
    const { value } = fact;
    if (value.type === "statement.lines") {
      this.#parts.set(toBase64Url(entry.hash), value.lines);
    } else if (value.type === "statement") {
      for (const hash of value.statement.parts) this.#count(hash);
    } else if (value.type === "attribution") {
      const { part, lines, nullifiers, items } = value.attribution;
      const known = this.#parts.get(part);
      for (const [i, line] of lines.entries()) {
        const item = known?.items[line];
        const gift = items[i]?.gift;
        const row =
          item === undefined || known === undefined
            ? undefined
            : this.#rows.get(rowKey(known.account, item.position));
        const nullifier = nullifiers[i];
        if (row === undefined || gift === undefined || nullifier === undefined) continue;
        row.attributed = { nullifier, entry: toBase64Url(entry.hash), to: gift.parts, ground: gift.ground };
        this.#byNullifier.set(nullifier, row.key);
      }
    } else if (value.type === "attribution.moved") {
      const { nullifier, item } = value.moved;
      const row = this.#rows.get(this.#byNullifier.get(nullifier) ?? "");
      const gift = item?.gift;
      if (row === undefined || gift === undefined) return;
      row.attributed = { nullifier, entry: toBase64Url(entry.hash), to: gift.parts, ground: gift.ground };
    }
  }

  #count(hash: string): void {
    const part = this.#parts.get(hash);
    for (const [i, item] of (part?.items ?? []).entries()) {
      if (item === undefined || part === undefined) continue;
      const key = rowKey(part.account, item.position);
      let row = this.#rows.get(key);
      if (row === undefined) {
        row = { key, account: part.account, item, references: [], shownBy: [], attributed: undefined };
        this.#rows.set(key, row);
        const day = `${part.account}\t${item.date}`;
        const keys = this.#byDay.get(day);
        if (keys === undefined) this.#byDay.set(day, [key]);
        else keys.push(key);
      }
      // A part holds at most 4 096 lines (spec/money.md), so this orders the rows of an import.
      row.shownBy.push({ import: part.import, order: part.part * 4096 + i });
      if (item.reference === undefined) continue;
      // Another format of the same row may number it otherwise: people cite either.
      const reference = normaliseReference(item.reference);
      if (!row.references.includes(reference)) row.references.push(reference);
      const keys = this.#byReference.get(reference);
      if (keys === undefined) this.#byReference.set(reference, new Set([key]));
      else keys.add(key);
    }
  }

  async onDays(account: string, days: readonly string[]): Promise<readonly KnownLine[]> {
    return days.flatMap((day) => {
      const keys = this.#byDay.get(`${account}\t${day}`) ?? [];
      const rows = keys.flatMap((key) => this.#rows.get(key) ?? []);
      return rows.map(knownLine).sort((a, b) => numberOfPosition(a.position) - numberOfPosition(b.position));
    });
  }

  async byReferences(references: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedLine[]>> {
    return new Map(
      references.map((reference) => [
        reference,
        [...(this.#byReference.get(reference) ?? [])].flatMap((key) => this.#recorded(key)),
      ]),
    );
  }

  async byNullifiers(nullifiers: readonly string[]): Promise<ReadonlyMap<string, RecordedLine>> {
    const found = new Map<string, RecordedLine>();
    for (const nullifier of nullifiers) {
      const [line] = this.#recorded(this.#byNullifier.get(nullifier) ?? "");
      if (line !== undefined) found.set(nullifier, line);
    }
    return found;
  }

  /** Every attributed row, in the order recorded: for exports. */
  *all(): Iterable<RecordedLine> {
    for (const key of this.#rows.keys()) yield* this.#recorded(key);
  }

  #recorded(key: string): RecordedLine[] {
    const row = this.#rows.get(key);
    if (row?.attributed === undefined) return [];
    const { currency, memo, party } = row.item;
    return [{ ...knownLine(row), account: row.account, currency, memo, party, ...row.attributed }];
  }
}

type Row = {
  readonly key: string;
  readonly account: string;
  readonly item: LineItem;
  readonly references: string[];
  readonly shownBy: { readonly import: string; readonly order: number }[];
  attributed: Pick<RecordedLine, "nullifier" | "entry" | "to" | "ground"> | undefined;
};

function rowKey(account: string, position: string): string {
  return `${account}\t${position}`;
}

function knownLine({ item, references, shownBy }: Row): KnownLine {
  const { position, date, direction, minor } = item;
  return { position, date, direction, minor, references, shownBy };
}
