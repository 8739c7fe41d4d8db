import { ok, type Result } from "#record/result.ts";
import { partsJson } from "./attribute.ts";
import { newlyBelowZero } from "./covers.ts";
import { parseDay } from "./dates.ts";
import {
  cell,
  checkColumns,
  preview,
  readSum,
  refuseLine,
  type Decided,
  type LineRefusal,
  type Ports,
  type TableRow,
} from "./deciding.ts";
import type { FundsDraft, Refund, JsonDraft } from "./entries.ts";
import { followUps } from "./follow-ups.ts";
import { normaliseAccount, normaliseReference } from "./ids.ts";
import { formatDecimal } from "./money.ts";
import { refundParts } from "./refund-parts.ts";
import { ownAccounts } from "./settlement.ts";
import type { FundsState } from "./state.ts";

export type RefundRefusal = LineRefusal<
  | "column-missing"
  | "cell-missing"
  | "date-malformed"
  | "amount-malformed"
  | "account-unknown"
  | "reference-ambiguous"
  | "refund-exceeds-gift"
  | "refund-currency"
  | "fund-below-zero"
>;

/**
 * `refunds import`: columns `bank_reference, date, amount, currency, reason`; `account` and `credit_date` narrow the
 * reference. The reference is that of the gift. What was received stays received; what was returned stands beside it, in the
 * funds that the gift counts for. The bank debit that pays it is matched on its own.
 */
export async function decideRefunds(
  state: FundsState,
  rows: readonly TableRow[],
  ports: Ports,
): Promise<Result<Decided, RefundRefusal>> {
  const lacking = checkColumns(rows, ["bank_reference", "date", "amount", "currency", "reason"]);
  if (lacking !== undefined) return lacking;
  const wanted: { line: number; refund: WantedRefund }[] = [];
  for (const row of rows) {
    const refund = readRefund(state, row);
    if (!refund.ok) return refund;
    wanted.push({ line: row.line, refund: refund.value });
  }
  const recorded = await ports.lines.byReferences([...new Set(wanted.map(({ refund }) => refund.reference))]);
  const known = countEqual(state);
  const returned = new Map<string, bigint>();
  for (const one of state.refunds.values()) {
    if (one.credit !== undefined)
      returned.set(one.credit, (returned.get(one.credit) ?? 0n) + (one.minor ?? 0n));
  }
  const drafts: FundsDraft[] = [];
  let unchanged = 0;
  let waiting = 0;
  for (const { line, refund } of wanted) {
    const same = known.get(equalKey(refund)) ?? 0;
    if (same > 0) {
      known.set(equalKey(refund), same - 1);
      unchanged += 1;
      continue;
    }
    const credits = (recorded.get(refund.reference) ?? []).filter(
      (credit) =>
        credit.direction === "credit" &&
        (refund.account === undefined || refund.account === credit.account) &&
        (refund.creditDate === undefined || refund.creditDate === credit.date),
    );
    const [credit] = credits;
    if (credits.length > 1) {
      const list = credits
        .map(({ date, minor, currency }) => `${date} ${formatDecimal(minor, currency)} ${currency}`)
        .join("; ");
      return refuseLine(
        "reference-ambiguous",
        line,
        `${credits.length} credits bear the reference ${refund.reference}: ${list}. Add a column account or credit_date`,
      );
    }
    const id = `R-${state.refunds.size + drafts.length + 1}`;
    const { reference, date, minor, currency, reason } = refund;
    const hidden: JsonDraft = { reference, date, minor: minor.toString(), currency, reason };
    if (credit === undefined) {
      waiting += 1;
      hidden["parts"] = [];
    } else {
      if (credit.currency !== currency) {
        return refuseLine(
          "refund-currency",
          line,
          `the gift ${reference} was in ${credit.currency}, not in ${currency}`,
        );
      }
      const sum = (returned.get(credit.nullifier) ?? 0n) + minor;
      if (sum > credit.minor) {
        const both = `${formatDecimal(sum, currency)} of ${formatDecimal(credit.minor, currency)} ${currency}`;
        return refuseLine(
          "refund-exceeds-gift",
          line,
          `more would be returned than was given for ${reference}: ${both}`,
        );
      }
      returned.set(credit.nullifier, sum);
      hidden["credit"] = credit.nullifier;
      hidden["parts"] = partsJson(refundParts(credit.to, minor));
    }
    drafts.push({ type: "refund", stream: "refunds", pub: { id }, hidden });
  }
  const added = drafts.length;
  if (added > 0) {
    const after = preview(state, drafts, ports.author);
    const more = await followUps(after, ports);
    const below = newlyBelowZero(state, preview(after, more, ports.author));
    if (below !== undefined) {
      const sum = `${formatDecimal(-below.minor, below.currency)} ${below.currency}`;
      const message = `${below.appeal} has spent what would be returned: it would be ${sum} below zero; record a cover with its decision first`;
      return refuseLine("fund-below-zero", wanted[0]?.line ?? 0, message);
    }
    drafts.push(...more);
  }
  return ok({ drafts, summary: { added, unchanged, waiting, notes: [] } });
}

type WantedRefund = {
  readonly reference: string;
  readonly date: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly account: string | undefined;
  readonly creditDate: string | undefined;
};

function readRefund(state: FundsState, row: TableRow): Result<WantedRefund, RefundRefusal> {
  const reference = cell(row, "bank_reference");
  const reason = cell(row, "reason");
  if (reference === undefined || reason === undefined) {
    return refuseLine("cell-missing", row.line, "bank_reference and reason must be filled in");
  }
  const date = parseDay(cell(row, "date"));
  const creditWritten = cell(row, "credit_date");
  const creditDate = creditWritten === undefined ? undefined : parseDay(creditWritten);
  if (date === undefined || (creditWritten !== undefined && creditDate === undefined)) {
    return refuseLine("date-malformed", row.line, "a date must be a day such as 2025-03-09");
  }
  const sum = readSum(row);
  if (!sum.ok) return sum;
  const { currency, minor } = sum.value;
  const number = cell(row, "account");
  const account = number === undefined ? undefined : ownAccounts(state).get(normaliseAccount(number));
  if (number !== undefined && account === undefined) {
    return refuseLine("account-unknown", row.line, `no statement of the account ${number} was imported`);
  }
  return ok({ reference: normaliseReference(reference), date, minor, currency, reason, account, creditDate });
}

/** How often each refund is recorded: two equal lines of a file are two refunds, the same file again is none. */
function countEqual(state: FundsState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of state.refunds.values()) counts.set(equalKey(one), (counts.get(equalKey(one)) ?? 0) + 1);
  return counts;
}

function equalKey(one: Pick<Refund, "reference" | "date" | "minor" | "currency">): string {
  return `${normaliseReference(one.reference ?? "")}\t${one.date}\t${one.minor}\t${one.currency}`;
}
