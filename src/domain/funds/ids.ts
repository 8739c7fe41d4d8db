/**
 * Ids that people write. Each brand is minted only here, so holding one means that it was checked.
 */
declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** An appeal: `A-2025-003`, `A-01`. It is also the reference code that donors write into the payment's purpose. */
export type AppealId = Id<"appeal">;
/** A post that asked for an appeal: `P-007`. */
export type PostId = Id<"post">;
/** A payment made for an appeal: `S-2025-020`. */
export type SpendingId = Id<"spending">;
/** A case, under the public name that the foundation gave it: `K-12`. Never a name of a person. */
export type CaseId = Id<"case">;

/** Places that money can be which are no appeal. They can never be ids of appeals. */
export const general = "general";
export const unknown = "unknown";
export const unmatched = "unmatched";
export const ownTransfer = "own-transfer";
export const fee = "fee";
export const unreadable = "unreadable";
const reserved: ReadonlySet<string> = new Set([general, unknown, unmatched, ownTransfer, fee, unreadable]);

export function parseAppealId(text: unknown): AppealId | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the pattern
  return isId(text) ? (text as AppealId) : undefined;
}

export function parsePostId(text: unknown): PostId | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the pattern
  return isId(text) ? (text as PostId) : undefined;
}

export function parseSpendingId(text: unknown): SpendingId | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the pattern
  return isId(text) ? (text as SpendingId) : undefined;
}

export function parseCaseId(text: unknown): CaseId | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the pattern
  return isId(text) ? (text as CaseId) : undefined;
}

function isId(text: unknown): boolean {
  return (
    typeof text === "string" && text.length <= 40 && idPattern.test(text) && !reserved.has(text.toLowerCase())
  );
}
const idPattern = /^[\p{L}\p{N}]+(?:[-._][\p{L}\p{N}]+)*$/u;

/** Where a bank row's money went, as an attribution names it in `to`: a fund, a settled payment or refund, or neither. */
export type Destination =
  | { readonly kind: "fund"; readonly fund: string }
  | { readonly kind: "payment"; readonly spending: string }
  | { readonly kind: "refund"; readonly refund: string }
  | { readonly kind: "fee" | "own-transfer" | "unmatched" | "unreadable" };

/** `payment:S-2025-020` is the settlement of that payment; a bare id is a fund (`general` and `unknown` included). */
export function parseDestination(text: string): Destination {
  if (text.startsWith("payment:")) return { kind: "payment", spending: text.slice(8) };
  if (text.startsWith("refund:")) return { kind: "refund", refund: text.slice(7) };
  if (text === fee || text === ownTransfer || text === unmatched || text === unreadable)
    return { kind: text };
  return { kind: "fund", fund: text };
}

/** An account number as compared everywhere: no spaces, capitals. Banks print `KZ61 7229 …` and `kz617229…`. */
export function normaliseAccount(number: string): string {
  return number.replace(/[\s\u00a0]/gu, "").toUpperCase();
}

/** A bank reference as compared everywhere: without spaces around it, inner runs of spaces as one. */
export function normaliseReference(reference: string): string {
  return reference.trim().replace(/\s+/gu, " ");
}
