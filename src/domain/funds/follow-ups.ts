import { moveDraft, partsJson } from "./attribute.ts";
import { coverDrafts } from "./covers.ts";
import { preview, type Ports } from "./deciding.ts";
import type { FundsDraft } from "./entries.ts";
import { normaliseReference } from "./ids.ts";
import { refundParts } from "./refund-parts.ts";
import { settleDebits } from "./settlement.ts";
import type { FundsState } from "./state.ts";

/**
 * What the books owe after any import, in the order in which it becomes true: refunds whose gift has now been seen,
 * debits that a payment or refund now explains, and cover given or repaid. Ask again after the drafts were appended:
 * then there is nothing left.
 */
export async function followUps(state: FundsState, { lines, author }: Ports): Promise<FundsDraft[]> {
  const drafts: FundsDraft[] = await matchRefunds(state, lines);
  const matched = drafts.length === 0 ? state : preview(state, drafts, author);
  const moves = await settleOpenDebits(matched, lines);
  drafts.push(...moves);
  const settled = moves.length === 0 ? matched : preview(state, drafts, author);
  drafts.push(...coverDrafts(settled));
  return drafts;
}

async function matchRefunds(state: FundsState, lines: Ports["lines"]): Promise<FundsDraft[]> {
  const waiting = [...state.refunds.values()].filter(
    (one) => one.credit === undefined && one.reference !== undefined,
  );
  if (waiting.length === 0) return [];
  const found = await lines.byReferences(waiting.map((one) => normaliseReference(one.reference ?? "")));
  const drafts: FundsDraft[] = [];
  for (const one of waiting) {
    const credits = (found.get(normaliseReference(one.reference ?? "")) ?? []).filter(
      (line) => line.direction === "credit",
    );
    const [credit] = credits;
    if (credit === undefined || credits.length > 1 || one.minor === undefined) continue;
    if (credit.currency !== one.currency || one.minor > credit.minor) continue;
    const parts = partsJson(refundParts(credit.to, one.minor));
    drafts.push({
      type: "refund.matched",
      stream: "refunds",
      pub: { id: one.id },
      hidden: { credit: credit.nullifier, parts },
    });
  }
  return drafts;
}

async function settleOpenDebits(state: FundsState, lines: Ports["lines"]): Promise<FundsDraft[]> {
  if (state.openDebits.size === 0) return [];
  const details = await lines.byNullifiers([...state.openDebits.keys()]);
  const debits = [...state.openDebits.values()].map((row) => {
    const line = details.get(row.nullifier);
    return { ...row, key: row.nullifier, memo: line?.memo, party: line?.party };
  });
  const drafts: FundsDraft[] = [];
  for (const [nullifier, { to, ground }] of settleDebits(state, debits)) {
    const row = state.openDebits.get(nullifier);
    if (row === undefined) continue;
    const before = [{ to: "unmatched", minor: row.minor }];
    const line = { ...row, direction: "debit" as const };
    drafts.push(moveDraft(line, { before, to: [{ to, minor: row.minor }], ground, reason: "settled" }));
  }
  return drafts;
}
