import { toBase64Url, toHex } from "#record/bytes.ts";
import { normaliseAccount } from "./ids.ts";
import type { KeyedDigest } from "./ports.ts";

/**
 * The three keyed names of the books (spec/money.md). Keyed, because account numbers and positions are few enough to
 * try them all: an unkeyed digest would tell anybody which account and row an entry is about.
 */
export function accountId(keyed: KeyedDigest, number: string): string {
  return toHex(keyed(`account/${normaliseAccount(number)}`).subarray(0, 8));
}

/** 22 characters that name one bank row: the same row always the same, whichever statement showed it. */
export function nullifierOf(keyed: KeyedDigest, accountNumber: string, position: string): string {
  return toBase64Url(keyed(`aigaq/nullifier/1\n${accountNumber}\n${position}`).subarray(0, 16));
}

/** Names an import by its file, its place in the file and how many statements of the account came before. */
export function importId(
  keyed: KeyedDigest,
  file: { readonly sha256: string; readonly number: number },
  account: string,
  statementsBefore: number,
): string {
  const text = `aigaq/import/1\n${file.sha256}\n${file.number}\n${account}\n${statementsBefore}`;
  return toBase64Url(keyed(text).subarray(0, 16));
}
