import type { Tally } from "./tally.ts";
import type { BankRow, RowDraft, StatementEvent, StatementRefusal } from "./types.ts";

/** Rows handed over at once. Large enough that one event costs nothing, small enough to stay in memory. */
const batchSize = 4096;

/**
 * How many rows of one statement are held back to learn whether the bank prints the oldest or the newest first.
 * Beyond that, rows of one single day are taken as oldest first.
 */
const orderWindow = 20_000;

/** Collects events of a reader between two `drain`s; a reader drains once per slice of the file. */
export class EventSink {
  #events: StatementEvent[] = [];
  #rows: BankRow[] = [];

  row(row: BankRow): void {
    this.#rows.push(row);
    if (this.#rows.length >= batchSize) this.#flush();
  }

  event(event: StatementEvent): void {
    this.#flush();
    this.#events.push(event);
  }

  drain(): StatementEvent[] {
    this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #flush(): void {
    if (this.#rows.length === 0) return;
    this.#events.push({ kind: "rows", rows: this.#rows });
    this.#rows = [];
  }
}

/**
 * Puts the rows of one statement into the bank's order, oldest first, and passes them through its tally. Reading
 * a file that prints the newest first keeps its rows in memory until its end; one that prints the oldest first
 * streams.
 */
export class StatementWriter {
  readonly tally: Tally;
  readonly #sink: EventSink;
  #held: RowDraft[] | null;
  #isNewestFirst = false;
  #headSent = false;
  #count = 0;

  /** `order` is given where the reader already yields oldest first (large CSV read from its end). */
  constructor(sink: EventSink, tally: Tally, order: "unknown" | "oldest-first" = "unknown") {
    this.#sink = sink;
    this.tally = tally;
    this.#held = order === "unknown" ? [] : null;
  }

  /** Rows given so far, held ones included. */
  get count(): number {
    return this.#count;
  }

  push(draft: RowDraft): void {
    this.#count += 1;
    if (this.#held === null) {
      this.#write(draft);
      return;
    }
    this.#held.push(draft);
    if (this.#isNewestFirst || this.#held.length < orderWindow) return;
    if (isNewestFirst(this.#held)) {
      this.#isNewestFirst = true;
      return;
    }
    this.#release();
  }

  sendHead(): void {
    if (this.#headSent) return;
    this.#headSent = true;
    this.#sink.event({ kind: "statement", statement: this.tally.head() });
  }

  /** Lets all rows go; after it nothing more may be pushed. */
  flush(): void {
    if (this.#held === null) return;
    if (this.#isNewestFirst || isNewestFirst(this.#held)) this.#held.reverse();
    this.#release();
  }

  close(): void {
    this.flush();
    this.sendHead();
    const { totals, problems } = this.tally.finish();
    this.#sink.event({ kind: "end", totals, problems });
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const draft of held) this.#write(draft);
  }

  #write(draft: RowDraft): void {
    this.sendHead();
    this.#sink.row(this.tally.add(draft));
  }
}

/**
 * True when the rows stand newest first. Printed running balances decide, since they also order the rows of one
 * day; else the dates do.
 */
export function isNewestFirst(rows: readonly RowDraft[]): boolean {
  let forward = 0;
  let backward = 0;
  for (let i = 1; i < rows.length && i < 2000; i += 1) {
    const above = rows[i - 1];
    const below = rows[i];
    if (above?.balance === undefined || below?.balance === undefined) continue;
    if (above.balance + signed(below) === below.balance) forward += 1;
    if (below.balance + signed(above) === above.balance) backward += 1;
  }
  if (forward !== backward) return backward > forward;
  const first = rows.find((row) => row.date !== "")?.date ?? "";
  const last = rows.findLast((row) => row.date !== "")?.date ?? "";
  return first > last;
}

function signed(row: RowDraft): bigint {
  if (row.minor === null) return 0n;
  return row.direction === "credit" ? row.minor : -row.minor;
}

export function refusal(code: string, message: string, line: number | null = null): StatementRefusal {
  return { code, message, line };
}

export function refused(code: string, message: string, line: number | null = null): StatementEvent {
  return { kind: "refused", refusal: refusal(code, message, line) };
}
