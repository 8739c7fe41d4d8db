import { disclosableFields } from "#dossier/choose.ts";

export type AudienceId = "court" | "donor" | "journalist" | "other";

export type DisclosableField = (typeof disclosableFields)[number];

/** Fields that a maker may open, in groups of what they tell. Every one of `disclosableFields` stands in exactly one. */
export const fieldGroups = [
  { id: "payments", fields: ["payee", "receipt", "paidFrom", "relation", "approver"] },
  { id: "confirmations", fields: ["by", "document", "reason"] },
  { id: "rows", fields: ["memo", "reference"] },
  { id: "donors", fields: ["donor"] },
  { id: "accounts", fields: ["number", "holder", "name", "file"] },
  {
    id: "statements",
    fields: [
      "opening",
      "closing",
      "credits",
      "debits",
      "newCredits",
      "newDebits",
      "from",
      "to",
      "date",
      "discrepancy",
    ],
  },
] as const satisfies readonly { readonly id: string; readonly fields: readonly DisclosableField[] }[];

export type FieldGroupId = (typeof fieldGroups)[number]["id"];

/**
 * What is opened for whom, as a beginning that can be changed. Donors open for nobody by themselves: who gave is told to a court
 * only where somebody decides so. Texts of payments name people too.
 */
export const audiences: Readonly<Record<AudienceId, readonly DisclosableField[]>> = {
  court: [
    "payee",
    "receipt",
    "paidFrom",
    "relation",
    "approver",
    "by",
    "document",
    "reason",
    "number",
    "date",
  ],
  donor: [],
  journalist: ["relation"],
  other: [],
};

export const audienceIds = ["court", "donor", "journalist", "other"] as const;

/** Whether a field can name a person outside of the foundation. */
export const namesPeople: ReadonlySet<string> = new Set([
  "donor",
  "memo",
  "payee",
  "by",
  "holder",
  "reference",
]);
