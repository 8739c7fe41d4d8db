import type { JsonObject } from "#record/json-strict.ts";
import { entryLabels } from "#domain/funds/labels.ts";
import { formatDecimal, parseMinor } from "#domain/funds/money.ts";
import type { ReadEntry } from "#session/opening.ts";
import type { SearchDocument } from "./search-index.ts";

/** What can be found, and filtered by. */
export const searchKinds = [
  "appeal",
  "post",
  "payment",
  "row",
  "refund",
  "decision",
  "account",
  "member",
  "entry",
] as const;
export type SearchKind = (typeof searchKinds)[number];

/**
 * The documents of one entry. A later entry about the same thing replaces its document by the id; rows of banks and what has no
 * page of its own are found as what they are, by their place: "row:117.24", "entry:118".
 */
export function documentsOf({ stored: { index }, opened }: ReadEntry): SearchDocument[] {
  const { type, pub, hidden, items } = opened;
  if (type === "statement.lines")
    return items.flatMap((item, place) => {
      const document = item === undefined ? undefined : rowDocument(item.open, item.hidden);
      return document === undefined ? [] : [{ ...document, id: `row:${index}.${place}` }];
    });
  const make = documentMakers[type];
  const made = make?.(pub, hidden);
  if (made === undefined) return [];
  const { id = `entry:${index}`, ...rest } = made;
  return [{ id, ...rest }];
}

type Made = Omit<SearchDocument, "id" | "kind"> & { readonly id?: string; readonly kind: SearchKind };

function rowDocument(open: JsonObject, hidden: JsonObject): Omit<SearchDocument, "id"> | undefined {
  // The same row stands in an earlier statement: there it is found.
  if (open["known"] === true) return undefined;
  const party = hidden["donor"] ?? hidden["payee"];
  const name = isObject(party) ? textIn(party, "name") : "";
  const memo = textIn(hidden, "memo");
  return {
    kind: "row",
    title: name === "" ? memo : name,
    text: joined(
      memo,
      textIn(hidden, "reference"),
      ...(isObject(party) ? [textIn(party, "account"), textIn(party, "bin"), textIn(party, "bank")] : []),
    ),
    ...dayOf(textIn(open, "date")),
    ...sumOf(open),
  };
}

const documentMakers: Readonly<Record<string, (pub: JsonObject, hidden: JsonObject) => Made | undefined>> = {
  appeal: (pub) => ({
    id: `appeal:${textIn(pub, "id")}`,
    kind: "appeal",
    title: joined(textIn(pub, "id"), ...textsIn(pub["title"])),
    text: textIn(pub, "hashtag"),
    ...dayOf(textIn(pub, "opened")),
  }),
  post: (pub) => ({
    id: `post:${textIn(pub, "id")}`,
    kind: "post",
    title: textIn(pub, "id"),
    text: joined(textIn(pub, "appeal"), textIn(pub, "case"), textIn(pub, "kind")),
    ...dayOf(textIn(pub, "published").slice(0, 10)),
    ...(isObject(pub["target"]) && sumOf(pub["target"])),
  }),
  spending: payment,
  "spending.reserved": payment,
  confirmation: (pub, hidden) => ({
    kind: "entry",
    title: joined(...labelsOf("confirmation"), textIn(pub, "spending")),
    text: joined(textIn(hidden, "by"), textIn(hidden, "document"), textIn(pub, "role")),
    ...dayOf(textIn(hidden, "date")),
  }),
  refund: (pub, hidden) => ({
    id: `refund:${textIn(pub, "id")}`,
    kind: "refund",
    title: joined(textIn(pub, "id"), ...labelsOf("refund")),
    text: joined(textIn(hidden, "reference"), textIn(hidden, "reason")),
    ...dayOf(textIn(hidden, "date")),
    ...sumOf(hidden),
  }),
  decision: (_, hidden) => ({
    kind: "decision",
    title: joined(...labelsOf("decision"), textIn(hidden, "appeal")),
    text: joined(textIn(hidden, "reference"), textIn(hidden, "ground"), textIn(hidden, "by")),
    ...dayOf(textIn(hidden, "date")),
  }),
  account: (pub, hidden) => ({
    id: `account:${textIn(pub, "account")}`,
    kind: "account",
    title: textIn(hidden, "number"),
    text: joined(textIn(hidden, "holder"), textIn(pub, "currency"), ...labelsOf("account")),
  }),
  statement: (_, hidden) => {
    const file = hidden["file"];
    return {
      kind: "entry",
      title: joined(...labelsOf("statement"), isObject(file) ? textIn(file, "name") : ""),
      text: "",
      ...dayOf(textIn(hidden, "lastDay")),
    };
  },
  genesis: (pub, hidden) => ({
    id: `member:${isObject(pub["officer"]) ? textIn(pub["officer"], "member") : ""}`,
    kind: "member",
    title: textIn(hidden, "name"),
    text: isObject(pub["officer"]) ? textIn(pub["officer"], "member") : "",
  }),
  ...Object.fromEntries(
    ["key.add", "key.appoint"].map((type) => [
      type,
      (pub: JsonObject, hidden: JsonObject): Made => ({
        id: `member:${textIn(pub, "member")}`,
        kind: "member",
        title: textIn(hidden, "name"),
        text: joined(textIn(pub, "member"), ...textsIn(pub["roles"])),
      }),
    ]),
  ),
  ...Object.fromEntries(
    [
      "correction",
      "attribution.moved",
      "account.frozen",
      "account.released",
      "spending.voided",
      "key.revoke",
      "rate",
    ].map((type) => [
      type,
      (pub: JsonObject, hidden: JsonObject): Made => ({
        kind: "entry",
        title: joined(...labelsOf(type), textIn(pub, "id")),
        text: joined(
          ...["reason", "detail", "source"].map((name) => joined(textIn(pub, name), textIn(hidden, name))),
        ),
        ...dayOf(textIn(pub, "date")),
      }),
    ]),
  ),
};

function payment(pub: JsonObject, hidden: JsonObject): Made {
  const receipt = hidden["receipt"];
  return {
    id: `payment:${textIn(pub, "id")}`,
    kind: "payment",
    title: joined(textIn(pub, "id"), textIn(hidden, "payee")),
    text: joined(
      textIn(pub, "appeal"),
      textIn(pub, "category"),
      isObject(receipt) ? textIn(receipt, "name") : "",
      textIn(hidden, "relation"),
      textIn(hidden, "approver"),
    ),
    ...dayOf(textIn(hidden, "date")),
    ...sumOf(pub),
  };
}

const labelsOf = (type: string): string[] => Object.values(entryLabels[type] ?? {});

function sumOf(from: JsonObject): { sum?: string } {
  const minor = parseMinor(from["minor"]);
  const currency = from["currency"];
  return minor === undefined || typeof currency !== "string" ? {} : { sum: formatDecimal(minor, currency) };
}

const dayOf = (day: string): { day?: string } => (/^\d{4}-\d{2}-\d{2}$/u.test(day) ? { day } : {});

function textIn(from: JsonObject, name: string): string {
  const value = from[name];
  return typeof value === "string" ? value : "";
}

/** The texts of a list, or of a title in several languages. */
function textsIn(value: unknown): string[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).filter((text): text is string => typeof text === "string")
    : [];
}

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
