import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BankLine } from "#domain/funds/bank-line.ts";
import type { TableRow } from "#domain/funds/deciding.ts";
import type { TestStatement } from "./books.ts";

export const foundation = resolve(import.meta.dirname, "../samples/foundation");

export function readJson(name: string, folder = foundation) {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

/** Good enough for what gen-foundation.py writes; the real reader of tables is the command line's. */
export function readTable(name: string, folder = foundation): TableRow[] {
  const lines = readFileSync(join(folder, name), "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const head = (lines[0] ?? "").split(",");
  return lines.slice(1).map((line, i) => {
    const cells = line.split(",");
    return { line: i + 2, values: Object.fromEntries(head.map((column, k) => [column, cells[k] ?? ""])) };
  });
}

/** The 1C statements that gen-foundation.py writes, and no others: `src/statements` has the reader of real ones. */
export function read1c(name: string, folder = foundation): TestStatement {
  const pairs = readFileSync(join(folder, name), "utf8")
    .split("\r\n")
    .map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    });
  const head = new Map<string, string>();
  const rows: BankLine[] = [];
  let current = new Map<string, string>();
  let isInDocument = false;
  for (const [i, [key = "", value = ""]] of pairs.entries()) {
    if (key === "СекцияДокумент") [isInDocument, current] = [true, new Map()];
    else if (key === "КонецДокумента") {
      isInDocument = false;
      const isCredit = current.has("СуммаПриход");
      rows.push({
        row: i + 1,
        date: day(current.get("ДатаОперации")),
        direction: isCredit ? "credit" : "debit",
        minor: minor(current.get("Сумма")),
        currency: current.get("Валюта") ?? "",
        reference: current.get("НомерДокумента"),
        counterparty: { name: current.get(isCredit ? "ПлательщикНаименование" : "ПолучательНаименование") },
        memo: current.get("НазначениеПлатежа"),
      });
    } else (isInDocument ? current : head).set(key, value);
  }
  return {
    name,
    account: head.get("РасчСчет") ?? "",
    head: {
      currency: "KZT",
      opening: minor(head.get("НачальныйОстаток")),
      closing: minor(head.get("КонечныйОстаток")),
      from: day(head.get("ДатаНачала")),
      to: day(head.get("ДатаКонца")),
      problems: [],
    },
    rows,
  };
}

/** The CAMT.053 that gen-foundation.py writes. */
export function readCamt(name: string, folder = foundation): TestStatement {
  const text = readFileSync(join(folder, name), "utf8");
  const one = (from: string, pattern: RegExp) => pattern.exec(from)?.[1];
  const rows = [...text.matchAll(/<Ntry>(.*?)<\/Ntry>/gu)].map(([, entry = ""], i): BankLine => ({
    row: i + 1,
    date: one(entry, /<BookgDt><Dt>(.*?)</u) ?? null,
    direction: "credit",
    minor: minor(one(entry, /<Amt Ccy="EUR">(.*?)</u)),
    currency: "EUR",
    reference: one(entry, /<AcctSvcrRef>(.*?)</u),
    counterparty: { name: one(entry, /<Nm>(.*?)</u) },
    memo: one(entry, /<Ustrd>(.*?)</u),
  }));
  const balances = [...text.matchAll(/<Bal>.*?<Amt Ccy="EUR">(.*?)<.*?<Dt><Dt>(.*?)<.*?<\/Bal>/gu)];
  return {
    name,
    account: one(text, /<IBAN>(.*?)</u) ?? "",
    format: "camt.053",
    head: {
      currency: "EUR",
      opening: minor(balances[0]?.[1]),
      closing: minor(balances[1]?.[1]),
      from: balances[0]?.[2] ?? null,
      to: balances[1]?.[2] ?? null,
      problems: [],
    },
    rows,
  };
}

function minor(text: string | undefined): bigint {
  return BigInt((text ?? "0.00").replace(".", ""));
}

function day(text: string | undefined): string {
  return (text ?? "").split(".").reverse().join("-");
}
