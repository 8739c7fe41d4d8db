import type { Json } from "#domain/funds/entries.ts";
import { asObject } from "#domain/funds/parse-fields.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { fileColumns, type ListName, type TableName } from "#session/books/decide-table.ts";
import { parseTable } from "#session/imports/table-text.ts";
import type { FileReading } from "./reading.ts";

/** Columns that a table of ours must have; the most telling tables first, because a spending row also has a date. */
const tables: readonly (readonly [TableName, readonly string[]])[] = [
  ["decisions", ["bank_reference", "appeal", "ground", "decided_by"]],
  ["refunds", ["bank_reference", "date", "amount", "currency", "reason"]],
  ["spending", ["id", "date", "appeal", "category", "amount", "currency"]],
  ["confirmations", ["spending", "role", "date"]],
  ["rates", ["date", "from", "to", "rate", "source"]],
  ["events", ["date", "account", "event", "detail"]],
];

/** Bytes that decide: a heading line of ours is far shorter. */
const headSize = 4096;

/**
 * A list or table of ours, told by what is in it and only then by its name; undefined for anything else, which may be a bank
 * file.
 */
export function recogniseOurs(name: string, bytes: Uint8Array): FileReading | undefined {
  const head = new TextDecoder().decode(bytes.subarray(0, headSize)).replace(/^\uFEFF/u, "");
  if (/^\s*[[{]/u.test(head)) return readList(bytes);
  const kind = tableKind(head) ?? tableByName(name, head);
  if (kind === undefined) return undefined;
  const text = strictText(bytes);
  if (!text.ok) return { kind: "refused", refusal: text.refusal };
  const rows = parseTable(text.value);
  if (!rows.ok) return { kind: "refused", refusal: rows.refusal };
  const column = fileColumns[kind];
  const needs = column === undefined ? [] : rows.value.flatMap(({ values }) => values[column]?.trim() || []);
  return { kind: "table", what: kind, rows: rows.value, needs: [...new Set(needs)] };
}

function tableKind(head: string): TableName | undefined {
  const columns = columnsOf(head);
  return tables.find(([, needed]) => needed.every((column) => columns.has(column)))?.[0];
}

/** "decisions-march.csv" with a column missing is still our table: the rules will name the column. */
function tableByName(name: string, head: string): TableName | undefined {
  const found = tables.find(([kind]) => name.toLowerCase().startsWith(kind));
  if (found === undefined || !/\.(?:csv|tsv|txt)$/iu.test(name)) return undefined;
  const columns = columnsOf(head);
  return found[1].filter((column) => columns.has(column)).length >= 2 ? found[0] : undefined;
}

function columnsOf(head: string): ReadonlySet<string> {
  const [first = ""] = head.split(/\r?\n/u);
  return new Set(first.split(/[,;\t]/u).map((cell) => cell.trim().replaceAll('"', "").toLowerCase()));
}

function readList(bytes: Uint8Array): FileReading | undefined {
  const text = strictText(bytes);
  if (!text.ok) return { kind: "refused", refusal: text.refusal };
  let list: Json;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever JSON.parse returns is Json
    list = JSON.parse(text.value) as Json;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return { kind: "refused", refusal: { code: "json-malformed", message: `this is not JSON: ${message}` } };
  }
  const kind = listKind(list);
  const items = Array.isArray(list) ? list : asObject(list)?.["appeals"];
  const count = Array.isArray(items) ? items.length : 0;
  if (kind !== undefined) return { kind: "list", what: kind, list, count };
  return {
    kind: "refused",
    refusal: {
      code: "file-malformed",
      message: 'a JSON file here is an object with a list "appeals", or a list of posts',
    },
  };
}

function listKind(list: Json): ListName | undefined {
  if (Array.isArray(list)) return "posts";
  return Array.isArray(asObject(list)?.["appeals"]) ? "appeals" : undefined;
}

function strictText(bytes: Uint8Array): Result<string, Refusal> {
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\uFEFF/u, ""));
  } catch {
    return refuse({ code: "file-not-utf8", message: "the file is not text in UTF-8" });
  }
}
