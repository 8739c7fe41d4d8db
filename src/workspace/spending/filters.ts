/** Which payments are listed. */
export const spendingFilters = [
  "all",
  "reserved",
  "approved",
  "paid",
  "unconfirmed",
  "related",
  "voided",
] as const;
export type SpendingFilter = (typeof spendingFilters)[number];
