import { normaliseAccount } from "#domain/funds/ids.ts";

/** By what a party is told from others: its account or, where none is printed, its name; undefined for one that the bank did not name. */
export function partyKey(party: unknown): string | undefined {
  if (typeof party !== "object" || party === null) return undefined;
  const { account, name } = party as { readonly account?: unknown; readonly name?: unknown };
  if (typeof account === "string" && account !== "") return normaliseAccount(account);
  return typeof name === "string" && name.trim() !== "" ? name.trim().toLowerCase() : undefined;
}
