import type { Counterparty } from "./types.ts";

/** What field 86 says in words: purpose and the other party, structured ("?20", ">20") or free. */
export type Mt940Details = {
  readonly memo: string | undefined;
  readonly counterparty: Counterparty | undefined;
};

/**
 * Reads the text of field 86. Lines are joined without a blank where the bank cut a full line of 65 characters in
 * mid-word, with one elsewhere.
 */
export function readDetails(lines: readonly string[]): Mt940Details {
  const joined = joinLines(lines);
  const sign = /^\s*\d{3}\s*([?>~^|])\d\d|^\s*([?>~^|])\d\d/u.exec(joined);
  const mark = sign?.[1] ?? sign?.[2];
  if (mark === undefined) return { memo: joined === "" ? undefined : joined, counterparty: undefined };
  const purpose: string[] = [];
  let name = "";
  let account = "";
  let iban = "";
  let bank = "";
  for (const part of structured(lines, mark)) {
    const code = part.slice(0, 2);
    const text = part.slice(2);
    if (/^(?:2\d|6[0-3])$/u.test(code)) purpose.push(text);
    else if (code === "32" || code === "33") name += text;
    else if (code === "31") account = text.trim();
    else if (code === "38") iban = text.trim();
    else if (code === "30") bank = text.trim();
  }
  const memo = purpose.join("").trim();
  const number = iban === "" ? account : iban;
  const counterparty = {
    ...(name.trim() === "" ? {} : { name: name.trim().replaceAll(/\s{2,}/gu, " ") }),
    ...(number === "" ? {} : { account: number }),
    ...(bank === "" ? {} : { bank }),
  };
  return {
    memo: memo === "" ? undefined : memo,
    counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
  };
}

function structured(lines: readonly string[], mark: string): string[] {
  // Inside structured text a line break means nothing at all.
  const text = lines.join("");
  const parts: string[] = [];
  let from = -1;
  for (let i = 0; i + 2 < text.length + 1; i += 1) {
    if (text[i] !== mark || !/^\d\d$/u.test(text.slice(i + 1, i + 3))) continue;
    if (from >= 0) parts.push(text.slice(from, i));
    from = i + 1;
  }
  if (from >= 0) parts.push(text.slice(from));
  return parts;
}

export function joinLines(lines: readonly string[]): string {
  // Every line but the last filled to the brim: the bank cut in mid-word.
  const isFilled = lines.length > 1 && lines.slice(0, -1).every((line) => line.length >= 64);
  return lines
    .map((line) => (isFilled ? line : line.trim()))
    .join(isFilled ? "" : " ")
    .trim()
    .replaceAll(/ {2,}/gu, " ");
}

/** Field NS: numbered lines of a bank's own; 01-14 are the purpose, 15-16 the name, 33 the bank, 34 the account. */
export function readBankDetails(lines: readonly string[]): Mt940Details {
  const part = (from: number, to: number): string =>
    lines
      .filter(
        (line) => /^\d\d/u.test(line) && Number(line.slice(0, 2)) >= from && Number(line.slice(0, 2)) <= to,
      )
      .map((line) => line.slice(2).trim())
      .join(" ")
      .trim();
  const memo = part(1, 14);
  const name = part(15, 16);
  const account = part(34, 34);
  const bank = part(33, 33);
  const counterparty = {
    ...(name === "" ? {} : { name }),
    ...(account === "" ? {} : { account }),
    ...(bank === "" ? {} : { bank }),
  };
  return {
    memo: memo === "" ? undefined : memo,
    counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
  };
}
