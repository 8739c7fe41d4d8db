import { refuse, type Refusal } from "#record/result.ts";
import type { Related } from "./entries.ts";

/** Empty is not related; null is a word that is none of ours, which a person has to correct. */
export function parseRelated(text: string | undefined): Related | undefined | null {
  if (text === undefined) return undefined;
  const lower = text.toLowerCase();
  if (lower === "no") return undefined;
  return lower === "staff" || lower === "officer" || lower === "relative" ? lower : null;
}

export type RelatedPartyRefusal = Refusal<"related-without-approver" | "approver-related">;

/**
 * A payment to staff, officers or their relatives needs the name of somebody who approved it and is neither the payee nor
 * the person whose relative the payee is. Every such payment is marked for good: the charge of personal expenses is
 * answered by listing all of them (`funds --related-party`).
 */
export function checkRelatedParty(payment: {
  readonly related: Related | undefined;
  readonly payee: string;
  readonly approver: string | undefined;
  /** To whom and how: "sister of the accountant". */
  readonly relation: string | undefined;
}): RelatedPartyRefusal | undefined {
  if (payment.related === undefined) return undefined;
  if (payment.approver === undefined) {
    return refuse({
      code: "related-without-approver" as const,
      message: `a payment to ${payment.related} needs an approver who is not related: fill in the column approver`,
    }).refusal;
  }
  const approver = foldName(payment.approver);
  if (
    approver === foldName(payment.payee) ||
    ` ${foldName(payment.relation ?? "")} `.includes(` ${approver} `)
  ) {
    return refuse({
      code: "approver-related" as const,
      message: `${payment.approver} is the payee or related to the payee, and so cannot approve this payment`,
    }).refusal;
  }
  return undefined;
}

function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
