import { formatDecimal, parseAmount } from "#domain/funds/money.ts";
import type { Figures, Sum } from "./statement.ts";

export type ClaimWhat = "raised" | "spent" | "returned" | "covered" | "left";
export type Claim = { readonly minor: bigint; readonly currency: string; readonly what: ClaimWhat };
/** `asserted` and `found` are the same kind of text: an amount in major units, a currency, a word. */
export type ClaimAnswer = { readonly asserted: string; readonly found: string; readonly agrees: boolean };

const words: Readonly<Record<string, ClaimWhat>> = {
  raised: "raised",
  received: "raised",
  spent: "spent",
  returned: "returned",
  refunded: "returned",
  covered: "covered",
  left: "left",
  balance: "left",
};

const claimPattern = /^([0-9][0-9 \u00a0\u202f.,]*) ([A-Z]{3}) ([a-z]+)$/;

/**
 * `"31000000 KZT raised"`: an amount in major units, a currency, what is claimed of it. Spaces may group thousands; one
 * point or comma is the decimal mark. Undefined for anything that could be read in two ways (spec §9).
 */
export const parseClaim = (text: string): Claim | undefined => {
  const [, amount, currency, word] = claimPattern.exec(text) ?? [];
  if (amount === undefined || currency === undefined || word === undefined || !Object.hasOwn(words, word))
    return undefined;
  const minor = parseAmount(amount, currency);
  return minor === undefined ? undefined : { minor, currency, what: words[word] as ClaimWhat };
};

const listOf = (figures: Figures, what: ClaimWhat): readonly Sum[] => {
  if (what === "raised") return figures.raised;
  if (what === "spent") return figures.spent;
  if (what === "returned") return figures.refunded;
  return what === "covered" ? figures.coveredFromGeneral : figures.balance;
};

/** What the figures say to a claim. A false claim in a sound dossier is an answer, not a fault. */
export const answerClaim = (text: string, claim: Claim, figures: Figures): ClaimAnswer => {
  const minor = BigInt(
    listOf(figures, claim.what).find((sum) => sum.currency === claim.currency)?.minor ?? "0",
  );
  const decimal = formatDecimal(minor, claim.currency).replace(/\.0*$/, "");
  return {
    asserted: text,
    found: `${decimal} ${claim.currency} ${claim.what}`,
    agrees: minor === claim.minor,
  };
};
