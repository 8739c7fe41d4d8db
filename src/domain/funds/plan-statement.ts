import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { Attributor, type PlacedLine } from "./attribute.ts";
import {
  positionOf,
  signed,
  type BankLine,
  type KnownLine,
  type StatementHead,
  type StatementProblem,
} from "./bank-line.ts";
import type { JsonObject } from "#record/json-strict.ts";
import type { Discrepancy, FundsDraft, StatementFile, Tally, JsonDraft } from "./entries.ts";
import { normaliseReference } from "./ids.ts";
import { importId } from "./keyed.ts";
import { recogniseOverlap, type StatementSpan } from "./overlap.ts";
import type { OverlapRow } from "./overlap-day.ts";
import type { KeyedDigest, LinePort } from "./ports.ts";
import type { FundsState } from "./state.ts";

/**
 * A statement on its way into the books, in two passes over its rows so that a million of them never stand in memory
 * together:
 *
 * @example
 * const planner = new StatementPlanner({ state, account, head, file, keyed });
 * for await (const rows of file) planner.see(rows);
 * const plan = await planner.close(lines, accepted);          // or a refusal: what does not add up
 * for await (const rows of file again) append(plan.value.linesDraft(plan.value.place(rows)));
 * append(plan.value.manifestDraft(partHashes));               // from here on the rows count
 * for (each part) append(plan.value.attributionDraft(hash, placed));
 */
export class StatementPlanner {
  readonly #input: PlanInput;
  readonly #recordedDays: ReadonlyMap<string, { readonly credit: Tally; readonly debit: Tally }>;
  readonly #attributor: Attributor;
  readonly #rowsOnRecordedDays: OverlapRow[] = [];
  readonly #special: PlacedLine[] = [];
  readonly #reader: LineReader;
  readonly #totals = { credit: { count: 0, minor: 0n }, debit: { count: 0, minor: 0n } };
  readonly #netByDay = new Map<string, bigint>();
  #firstDay: string | null = null;
  #lastDay: string | null = null;

  constructor(input: PlanInput) {
    const days = input.state.days;
    if (days === null) throw new Error("bug: a statement is planned with the daily sums loaded");
    this.#input = input;
    // A copy: the books go on while the plan is carried out, and positions count from what stood when it was made.
    this.#recordedDays = new Map(
      [...(days.accounts.get(input.account.id) ?? [])].map(([day, { credit, debit }]) => [
        day,
        { credit: { ...credit }, debit: { ...debit } },
      ]),
    );
    this.#attributor = new Attributor(input.state, input.account, input.keyed);
    this.#reader = new LineReader(input.head);
  }

  see(rows: readonly BankLine[]): void {
    for (const row of rows) {
      const isReadable = this.#reader.advance(row);
      const { day } = this.#reader;
      const direction = row.direction ?? "credit";
      const total = this.#totals[direction];
      total.count += 1;
      const minor = isReadable ? (row.minor ?? 0n) : 0n;
      total.minor += minor;
      this.#netByDay.set(day, (this.#netByDay.get(day) ?? 0n) + signed({ direction, minor }));
      if (this.#firstDay === null || day < this.#firstDay) this.#firstDay = day;
      if (this.#lastDay === null || day > this.#lastDay) this.#lastDay = day;
      const isRecordedDay = this.#recordedDays.has(day);
      const isSpecial = this.#attributor.isSpecial({ direction, reference: row.reference });
      // Nearly every row of a large file is neither, and then no object is made of it.
      if (!isRecordedDay && !isSpecial) continue;
      const line = this.#reader.line(row, isReadable, "", false);
      if (isRecordedDay) this.#rowsOnRecordedDays.push(line);
      if (isSpecial) this.#special.push(line);
    }
  }

  async close(
    lines: LinePort,
    accepted?: { readonly by: string; readonly why: string },
  ): Promise<Result<StatementPlan, ImportRefusal>> {
    const { state, account, head, file, keyed } = this.#input;
    const unfinished = unfinishedParts(state, account.id);
    if (unfinished.length > 0) {
      return refuse({
        code: "import-unfinished",
        message:
          "an earlier import into this account was interrupted: finish it first by importing its file again",
        parts: unfinished,
      });
    }
    const overlap = recogniseOverlap({
      rows: this.#rowsOnRecordedDays,
      known: await this.#knownLines(lines),
      netByDay: this.#netByDay,
      statement: this.#span(),
      earlier: state.statements.filter((one) => one.account === account.id).map(spanOf),
      netRecorded: (from, to) => this.#netRecorded(from, to),
    });
    const problems = [...head.problems, ...overlap.problems];
    if (problems.length > 0 && accepted === undefined) {
      const first = problems[0];
      return refuse({
        code: "discrepancy-not-accepted",
        message: `${problems.length} things in ${file.name} do not add up, the first: ${first?.message ?? ""}. Look at them with "statement inspect"; to import in spite of them give --accept-discrepancy "who: why"`,
        problems,
      });
    }
    for (const line of this.#special)
      this.#attributor.see({ ...line, known: overlap.known.has(line.ordinal) });
    await this.#attributor.close(lines);
    const before = state.statements.filter((one) => one.account === account.id).length;
    return ok(
      new StatementPlan({
        input: this.#input,
        import: importId(keyed, file, account.id, before),
        known: overlap.known,
        attributor: this.#attributor,
        totals: this.#totals,
        span: this.#span(),
        recordedRows: this.#countRows(),
        problems,
        discrepancy:
          problems.length === 0 || accepted === undefined
            ? undefined
            : { ...accepted, problems: problems.map((one) => `${one.code}: ${one.message}`) },
      }),
    );
  }

  /** Rows per recorded day as they are now: the manifest of this very import will change the books' own counts. */
  #countRows(): (day: string) => number {
    const counts = new Map(
      [...this.#recordedDays].map(([day, { credit, debit }]) => [day, credit.count + debit.count]),
    );
    return (day) => counts.get(day) ?? 0;
  }

  /** Days that both show, and the days on which an earlier statement that shares one begins: its balances count from there. */
  async #knownLines(lines: LinePort): Promise<readonly KnownLine[]> {
    const { state, account } = this.#input;
    const days = new Set(this.#rowsOnRecordedDays.map((row) => row.date));
    const [first, last] = [this.#firstDay, this.#lastDay];
    for (const one of state.statements) {
      if (one.account !== account.id || one.firstDay === undefined || one.lastDay === undefined) continue;
      if (first === null || last === null || one.lastDay < first || one.firstDay > last) continue;
      days.add(one.firstDay);
      // Whole days of it that the new statement lacks must show as lacking.
      for (const day of this.#recordedDays.keys()) {
        if (first <= day && day <= last && one.firstDay <= day && day <= one.lastDay) days.add(day);
      }
    }
    return days.size === 0 ? [] : lines.onDays(account.id, [...days].sort());
  }

  #span(): StatementSpan {
    const { opening, closing, problems } = this.#input.head;
    const { format } = this.#input.file;
    const net = this.#totals.credit.minor - this.#totals.debit.minor;
    const isSound =
      problems.length === 0 && opening !== null && closing !== null && closing - opening === net;
    return { format, firstDay: this.#firstDay, lastDay: this.#lastDay, opening, closing, isSound };
  }

  #netRecorded(from: string, to: string): bigint {
    let net = 0n;
    for (const [day, { credit, debit }] of this.#recordedDays) {
      if (from <= day && day <= to) net += credit.minor - debit.minor;
    }
    return net;
  }
}

export type PlanInput = {
  readonly state: FundsState;
  /** `id` of `keyed.ts` accountId; `number` normalised. */
  readonly account: { readonly id: string; readonly number: string };
  readonly head: StatementHead;
  readonly file: StatementFile;
  readonly keyed: KeyedDigest;
};

export type ImportRefusal =
  | (Refusal<"discrepancy-not-accepted"> & { readonly problems: readonly StatementProblem[] })
  | (Refusal<"import-unfinished"> & { readonly parts: readonly string[] });

/** Whether a statement of a file is in the books: by the file's hash and its place in the file. */
export function importStatus(
  state: FundsState,
  file: { readonly sha256: string; readonly number: number },
): "new" | "unfinished" | "done" {
  const found = state.statements.find(
    (one) => one.file?.sha256 === file.sha256 && one.file.number === file.number,
  );
  if (found === undefined) return "new";
  return [...state.pending.values()].some((part) => part.import === found.import && part.isCounted)
    ? "unfinished"
    : "done";
}

/** Parts that a manifest counts but no attribution names: a crash came between. By hash, in order. */
export function unfinishedParts(state: FundsState, account: string): string[] {
  const parts = [...state.pending].filter(([, part]) => part.account === account && part.isCounted);
  return parts.sort(([, a], [, b]) => a.part - b.part).map(([hash]) => hash);
}

export class StatementPlan {
  readonly #plan: PlanParts;
  readonly #reader: LineReader;
  readonly #rowsPlaced = new Map<string, number>();
  readonly #fresh = { credit: { count: 0, minor: 0n }, debit: { count: 0, minor: 0n } };
  #lines = 0;
  #parts = 0;

  constructor(plan: PlanParts) {
    this.#plan = plan;
    this.#reader = new LineReader(plan.input.head);
  }

  /** The same plan from its first row: attributions are drafted in a third pass, after the manifest landed. */
  restart(): StatementPlan {
    return new StatementPlan(this.#plan);
  }

  get import(): string {
    return this.#plan.import;
  }

  /** Known before the second pass: `lines` rows in the file, `known` of them in the record already. */
  get summary() {
    const { totals, known, problems } = this.#plan;
    return {
      lines: totals.credit.count + totals.debit.count,
      known: known.size,
      credits: totals.credit,
      debits: totals.debit,
      problems,
    };
  }

  /** Second pass, rows in the order of the first: gives each its position in the record. */
  place(rows: readonly BankLine[]): PlacedLine[] {
    const placed: PlacedLine[] = [];
    for (const row of rows) {
      const isReadable = this.#reader.advance(row);
      const { day, ordinal } = this.#reader;
      const known = this.#plan.known.get(ordinal);
      this.#lines += 1;
      if (known !== undefined) {
        placed.push(this.#reader.line(row, isReadable, known, true));
        continue;
      }
      const number = (this.#rowsPlaced.get(day) ?? this.#plan.recordedRows(day)) + 1;
      this.#rowsPlaced.set(day, number);
      const fresh = this.#fresh[row.direction ?? "credit"];
      fresh.count += 1;
      if (isReadable) fresh.minor += row.minor ?? 0n;
      placed.push(this.#reader.line(row, isReadable, positionOf(day, number), false));
    }
    return placed;
  }

  /** One part, at most 1 024 rows (record limit 4 096 hidden lines). */
  linesDraft(placed: readonly PlacedLine[]): FundsDraft {
    const { account } = this.#plan.input;
    const pub = { import: this.#plan.import, part: this.#parts, account: account.id, lines: placed.length };
    this.#parts += 1;
    return { type: "statement.lines", stream: "statements", pub, items: placed.map(lineJson) };
  }

  /** After all rows were placed. `parts`: hashes of the entries of {@link linesDraft}, in order. */
  manifestDraft(parts: readonly string[]): FundsDraft {
    const { input, totals, span, discrepancy } = this.#plan;
    const { head, file, account } = input;
    const hidden: JsonDraft = {
      file: { ...file },
      opening: head.opening?.toString() ?? null,
      closing: head.closing?.toString() ?? null,
      credits: tallyJson(totals.credit),
      debits: tallyJson(totals.debit),
      newCredits: tallyJson(this.#fresh.credit),
      newDebits: tallyJson(this.#fresh.debit),
    };
    for (const [name, day] of [
      ["from", head.from],
      ["to", head.to],
      ["firstDay", span.firstDay],
      ["lastDay", span.lastDay],
    ] as const) {
      if (day !== null) hidden[name] = day;
    }
    if (discrepancy !== undefined)
      hidden["discrepancy"] = { ...discrepancy, problems: [...discrepancy.problems] };
    const pub = { import: this.#plan.import, account: account.id, parts: [...parts], lines: this.#lines };
    return { type: "statement", stream: "statements", pub, hidden };
  }

  attributionDraft(part: string, placed: readonly PlacedLine[]): FundsDraft | undefined {
    return this.#plan.attributor.draft(part, placed);
  }
}

type PlanParts = {
  readonly input: PlanInput;
  readonly import: string;
  readonly known: ReadonlyMap<number, string>;
  readonly attributor: Attributor;
  readonly totals: { readonly credit: Tally; readonly debit: Tally };
  readonly span: StatementSpan;
  readonly recordedRows: (day: string) => number;
  readonly problems: readonly StatementProblem[];
  readonly discrepancy: Discrepancy | undefined;
};

/** Rows as they are recorded: what could not be read counts as a row of the day before it and adds nothing. */
class LineReader {
  /** Of the row last advanced to. */
  ordinal = -1;
  day: string;

  constructor(head: StatementHead) {
    this.day = head.from ?? head.to ?? "1970-01-01";
  }

  /** Goes to the next row; false when it cannot be read. */
  advance(row: BankLine): boolean {
    this.ordinal += 1;
    this.day = row.date ?? this.day;
    return row.minor !== null && row.direction !== null && row.date !== null;
  }

  /** The row that was advanced to. */
  line(row: BankLine, isReadable: boolean, position: string, known: boolean): PlacedLine {
    const reference = row.reference === undefined ? undefined : normaliseReference(row.reference);
    return {
      ordinal: this.ordinal,
      position,
      known,
      date: this.day,
      direction: row.direction ?? "credit",
      minor: isReadable && row.minor !== null ? row.minor : 0n,
      currency: row.currency,
      unreadable: !isReadable,
      row: row.row,
      party: row.counterparty,
      memo: row.memo,
      reference: reference === "" ? undefined : reference,
    };
  }
}

function lineJson(line: PlacedLine): { open: JsonObject; hidden: JsonObject } {
  const open: JsonDraft = {
    position: line.position,
    date: line.date,
    direction: line.direction,
    minor: line.minor.toString(),
    currency: line.currency,
    row: line.row,
  };
  if (line.known) open["known"] = true;
  if (line.unreadable) open["unreadable"] = true;
  const hidden: JsonDraft = {};
  const party: JsonDraft = {};
  for (const name of ["name", "account", "bin", "bank"] as const) {
    const value = line.party?.[name];
    if (value !== undefined) party[name] = value;
  }
  if (Object.keys(party).length > 0) hidden[line.direction === "credit" ? "donor" : "payee"] = party;
  if (line.memo !== undefined) hidden["memo"] = line.memo;
  if (line.reference !== undefined) hidden["reference"] = line.reference;
  return { open, hidden };
}

function tallyJson(tally: Tally): JsonObject {
  return { count: tally.count, minor: tally.minor.toString() };
}

function spanOf(one: FundsState["statements"][number]): StatementSpan & { readonly import: string } {
  const net = (one.credits?.minor ?? 0n) - (one.debits?.minor ?? 0n);
  const opening = one.opening ?? null;
  const closing = one.closing ?? null;
  return {
    import: one.import,
    format: one.file?.format ?? "",
    firstDay: one.firstDay ?? null,
    lastDay: one.lastDay ?? null,
    opening,
    closing,
    isSound:
      one.discrepancy === undefined && opening !== null && closing !== null && closing - opening === net,
  };
}
