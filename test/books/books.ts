import { hmacSha256, sha256OfText } from "#record/hash.ts";
import { utf8, toBase64Url } from "#record/bytes.ts";
import { expectOk, type Result, type Refusal } from "#record/result.ts";
import type { BankLine, StatementHead } from "#domain/funds/bank-line.ts";
import { accountDrafts } from "#domain/funds/decide-registers.ts";
import type { Decided, Ports } from "#domain/funds/deciding.ts";
import type { FundsDraft, FundsEntry } from "#domain/funds/entries.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import { followUps } from "#domain/funds/follow-ups.ts";
import { LineIndex } from "#domain/funds/line-index.ts";
import { importStatus, StatementPlanner } from "#domain/funds/plan-statement.ts";
import type { KeyedDigest } from "#domain/funds/ports.ts";
import { emptyFunds, type FundsState } from "#domain/funds/state.ts";

/**
 * The books without a log: entries get a hash and a number, nothing is signed or sealed. It does with the rules what a
 * session does, so tests of the rules read as the foundation's year.
 */
export class Books {
  readonly entries: FundsEntry[] = [];
  readonly lines = new LineIndex();
  readonly state: FundsState = emptyFunds();
  readonly keyed: KeyedDigest = (text) => hmacSha256(utf8("the nullifier key of the tests"), utf8(text));
  readonly #next = new Map<string, number>();
  /** Rows of one `statement.lines`; small in tests, so that parts are many. */
  batch = 64;

  constructor(currency = "KZT") {
    this.#append(
      "genesis",
      undefined,
      { name: "Үлгі", currency, officer: { x: "officer-key", member: "accountant" } },
      {},
      [],
    );
  }

  ports(kid = "device-1"): Ports {
    return { lines: this.lines, author: { kid, at: 1_750_000_000 } };
  }

  append(draft: FundsDraft, kid = "device-1"): string {
    const items = (draft.items ?? []).map((item) => ({ open: item.open, hidden: item.hidden ?? {} }));
    return this.#append(draft.type, draft.stream, draft.pub, draft.hidden ?? {}, items, kid);
  }

  appendAll(decided: Result<Decided, Refusal>, kid?: string) {
    const { drafts, summary } = expectOk(decided);
    for (const draft of drafts) this.append(draft, kid);
    return summary;
  }

  #append(
    type: string,
    stream: string | undefined,
    pub: FundsEntry["pub"],
    hidden: FundsEntry["hidden"],
    items: FundsEntry["items"],
    kid = "device-1",
  ): string {
    // Through JSON, as a log would carry it: what does not survive that must not be relied on.
    const text = JSON.stringify({ index: this.entries.length, type, pub, hidden, items });
    const seq = stream === undefined ? 0 : (this.#next.get(stream) ?? 0);
    if (stream !== undefined) this.#next.set(stream, seq + 1);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the copy of what was just written
    const copy = JSON.parse(text) as Pick<FundsEntry, "pub" | "hidden" | "items">;
    const entry: FundsEntry = {
      ...copy,
      index: this.entries.length,
      hash: sha256OfText(text),
      kid,
      type,
      at: 1_750_000_000,
      stream: stream === undefined ? undefined : { id: stream, seq },
    };
    this.entries.push(entry);
    this.lines.see(entry);
    foldFunds(this.state, entry);
    return toBase64Url(entry.hash);
  }

  /** Imports a statement as a session does; `stopAfter` counts appended entries and then leaves, as a crash would. */
  async importStatement(
    statement: TestStatement,
    accepted?: { by: string; why: string },
  ): Promise<Result<{ lines: number; known: number }, Refusal>> {
    const file = {
      sha256: sha256Text(statement),
      name: statement.name,
      size: 1,
      format: statement.format ?? "1c",
      number: 0,
    };
    if (importStatus(this.state, file) === "done") return { ok: true, value: { lines: 0, known: 0 } };
    const account = accountDrafts(this.state, this.keyed, {
      number: statement.account,
      currency: statement.head.currency,
    });
    for (const draft of account.drafts) this.append(draft);
    const planner = new StatementPlanner({
      state: this.state,
      account: { id: account.id, number: statement.account },
      head: statement.head,
      file,
      keyed: this.keyed,
    });
    for (const rows of batches(statement.rows, this.batch)) planner.see(rows);
    const plan = await planner.close(this.lines, accepted);
    if (!plan.ok) return plan;
    const placed = batches(statement.rows, this.batch).map((rows) => plan.value.place(rows));
    const parts = placed.map((lines) => this.append(plan.value.linesDraft(lines)));
    this.append(plan.value.manifestDraft(parts));
    for (const [i, part] of parts.entries()) {
      const draft = plan.value.attributionDraft(part, placed[i] ?? []);
      if (draft !== undefined) this.append(draft);
    }
    for (const draft of await followUps(this.state, this.ports())) this.append(draft);
    return { ok: true, value: plan.value.summary };
  }
}

export type TestStatement = {
  readonly name: string;
  readonly account: string;
  readonly format?: string;
  readonly head: StatementHead;
  readonly rows: readonly BankLine[];
};

function sha256Text(statement: TestStatement): string {
  const text = JSON.stringify(statement, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  return toBase64Url(sha256OfText(text));
}

export function batches<T>(rows: readonly T[], size: number): T[][] {
  const found: T[][] = [];
  for (let i = 0; i < rows.length; i += size) found.push(rows.slice(i, i + size));
  return found;
}
