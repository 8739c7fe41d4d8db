import { ok, type Result } from "#record/result.ts";
import { moveDraft } from "./attribute.ts";
import { parseDay } from "./dates.ts";
import {
  cell,
  checkColumns,
  preview,
  refuseLine,
  type Decided,
  type LineRefusal,
  type Ports,
  type TableRow,
} from "./deciding.ts";
import type { Decision, FundsDraft, Part } from "./entries.ts";
import { decideRows, rowDestination, type RowDecision, type RowDecisionRefusal } from "./decide-rows.ts";
import { followUps } from "./follow-ups.ts";
import { general, normaliseAccount, normaliseReference } from "./ids.ts";
import { formatDecimal } from "./money.ts";
import type { RecordedLine } from "./ports.ts";
import { ownAccounts } from "./settlement.ts";
import type { FundsState } from "./state.ts";

export type DecisionRefusal =
  | LineRefusal<
      | "column-missing"
      | "cell-missing"
      | "appeal-unknown"
      | "account-unknown"
      | "date-malformed"
      | "reference-ambiguous"
      | "decision-conflicts"
    >
  | RowDecisionRefusal;

/**
 * `decisions import`: columns `bank_reference, appeal, ground, decided_by`; `account` and `date` narrow a reference that
 * several rows bear. A named person says which appeal a credit is for; what it counted for until now is moved, visibly.
 *
 * Beyond appeals: `amount` splits a gift over several lines with one reference (`decide-rows.ts`), and `appeal` may be
 * `fee`, `own-transfer` or the id of a payment, for a debit that nothing explained by itself.
 *
 * A reference that no statement has shown waits. One that fits several rows is refused with the candidates; so is one
 * that contradicts what stands (a donor's own code or hashtag, another decision). The same decision again adds nothing.
 */
export async function decideDecisions(
  state: FundsState,
  rows: readonly TableRow[],
  ports: Ports,
): Promise<Result<Decided, DecisionRefusal>> {
  const lacking = checkColumns(rows, ["bank_reference", "appeal", "ground", "decided_by"]);
  if (lacking !== undefined) return lacking;
  const wanted: { readonly line: number; readonly decision: Decision }[] = [];
  const aboutRows: RowDecision[] = [];
  for (const row of rows) {
    const to = rowDestination(state, row);
    const decision = readDecision(state, row, to);
    if (!decision.ok) return decision;
    const { reference, account, date, ground, by } = decision.value;
    if (to === undefined) wanted.push({ line: row.line, decision: decision.value });
    else
      aboutRows.push({
        line: row.line,
        reference,
        account,
        date,
        to,
        amount: cell(row, "amount"),
        ground,
        by,
      });
  }
  const recorded = await ports.lines.byReferences([
    ...new Set([
      ...wanted.map(({ decision }) => decision.reference),
      ...aboutRows.map(({ reference }) => reference),
    ]),
  ]);
  const decidedRows = decideRows(state, aboutRows, recorded);
  if (!decidedRows.ok) return decidedRows;
  const drafts: FundsDraft[] = decidedRows.value.drafts;
  const standing = new Map<string, string>();
  const seen = new Map<string, Decision>();
  let { unchanged } = decidedRows.value;
  let waiting = 0;
  for (const { line, decision } of wanted) {
    const credits = (recorded.get(decision.reference) ?? []).filter((credit) => isMeant(decision, credit));
    const [credit] = credits;
    if (credits.length > 1)
      return refuseLine("reference-ambiguous", line, severalRows(decision, credits), {
        candidates: credits.map(candidate),
      });
    if (credit === undefined) {
      const known = [...state.decisions.values(), ...seen.values()].filter((other) =>
        isSamePlace(other, decision),
      );
      const other = known.find(({ appeal }) => appeal !== decision.appeal);
      if (other !== undefined) {
        return refuseLine(
          "decision-conflicts",
          line,
          `${decision.reference} waits for ${other.appeal} by decision of ${other.by}`,
          { stands: other },
        );
      }
      if (known.length > 0) unchanged += 1;
      else {
        seen.set(`${line}`, decision);
        drafts.push({ type: "decision", stream: "attributions", pub: {}, hidden: decisionJson(decision) });
        waiting += 1;
      }
      continue;
    }
    const now = standing.get(credit.nullifier) ?? onlyFund(credit.to);
    if (now === decision.appeal) {
      unchanged += 1;
      continue;
    }
    if (standing.has(credit.nullifier) || !mayMove(credit)) {
      const why = standing.has(credit.nullifier) ? "an earlier line of this file" : describeGround(credit);
      return refuseLine(
        "decision-conflicts",
        line,
        `${decision.reference} stands for ${now ?? "several appeals"} by ${why}; correct that first`,
        { stands: candidate(credit) },
      );
    }
    standing.set(credit.nullifier, decision.appeal);
    const ground = { kind: "decision", detail: decision.ground, by: decision.by } as const;
    drafts.push(
      moveDraft(credit, {
        before: credit.to,
        to: [{ to: decision.appeal, minor: credit.minor }],
        ground,
        reason: "decision",
      }),
    );
  }
  const added = drafts.length;
  if (added > 0) drafts.push(...(await followUps(preview(state, drafts, ports.author), ports)));
  return ok({ drafts, summary: { added, unchanged, waiting, notes: [] } });
}

function readDecision(
  state: FundsState,
  row: TableRow,
  destination: string | undefined,
): Result<Decision, DecisionRefusal> {
  const reference = cell(row, "bank_reference");
  const appeal = cell(row, "appeal");
  const ground = cell(row, "ground");
  const by = cell(row, "decided_by");
  if (reference === undefined || appeal === undefined || ground === undefined || by === undefined) {
    return refuseLine(
      "cell-missing",
      row.line,
      "bank_reference, appeal, ground and decided_by must all be filled in",
    );
  }
  if (destination === undefined && !state.appeals.has(appeal) && appeal !== general) {
    return refuseLine("appeal-unknown", row.line, `there is no appeal ${appeal}; import it first`);
  }
  const number = cell(row, "account");
  const account = number === undefined ? undefined : ownAccounts(state).get(normaliseAccount(number));
  if (number !== undefined && account === undefined) {
    return refuseLine("account-unknown", row.line, `no statement of the account ${number} was imported`);
  }
  const written = cell(row, "date");
  const date = written === undefined ? undefined : parseDay(written);
  if (written !== undefined && date === undefined) {
    return refuseLine("date-malformed", row.line, `${written} is not a day such as 2025-03-09`);
  }
  return ok({ reference: normaliseReference(reference), appeal, ground, by, account, date });
}

function isMeant(decision: Decision, credit: RecordedLine): boolean {
  return (
    credit.direction === "credit" &&
    (decision.account === undefined || decision.account === credit.account) &&
    (decision.date === undefined || decision.date === credit.date)
  );
}

function isSamePlace(a: Decision, b: Decision): boolean {
  return normaliseReference(a.reference) === b.reference && a.account === b.account && a.date === b.date;
}

/** Only what nobody decided and no donor said may be moved by a decision. */
function mayMove(credit: RecordedLine): boolean {
  return credit.ground.kind === "policy" || credit.ground.kind === "ambiguous";
}

function onlyFund(parts: readonly Part[]): string | undefined {
  return parts.length === 1 ? parts[0]?.to : undefined;
}

function describeGround({ ground }: RecordedLine): string {
  if (ground.kind === "decision") return `decision of ${ground.by ?? "somebody"} (${ground.detail ?? ""})`;
  return `${ground.kind} ${ground.detail ?? ""}`.trim();
}

function severalRows(decision: Decision, credits: readonly RecordedLine[]): string {
  const list = credits
    .map(({ date, minor, currency }) => `${date} ${formatDecimal(minor, currency)} ${currency}`)
    .join("; ");
  return `${credits.length} credits bear the reference ${decision.reference}: ${list}. Add a column date or account`;
}

function candidate({ account, date, minor, currency, to, ground }: RecordedLine) {
  return {
    account,
    date,
    minor: minor.toString(),
    currency,
    to: to.map((part) => part.to),
    ground: ground.kind,
  };
}

function decisionJson(decision: Decision): { [member: string]: string } {
  const { reference, appeal, ground, by, account, date } = decision;
  return {
    reference,
    appeal,
    ground,
    by,
    ...(account === undefined ? {} : { account }),
    ...(date === undefined ? {} : { date }),
  };
}
