import type { Result } from "#record/result.ts";
import { sha256Base64Url } from "#record/hash.ts";
import type { JsonObject } from "#record/json-strict.ts";
import {
  endReasons,
  type Appeal,
  type AppealEnd,
  type AppealReopening,
  type Confirmation,
  type Cover,
  type Fact,
  type FundClose,
  type FundsEntry,
  type MemberKey,
  type Policy,
  type Post,
  type Refund,
  type Spending,
  type Statement,
  type Tally,
  type Titles,
} from "./entries.ts";
import { parseAttributionItem, parseParts, statementLines } from "./parse-lines.ts";
import * as field from "./parse-fields.ts";

/**
 * Reads what an entry says about money. Undefined: an entry of another subject. A refusal: the entry names one of our
 * types but not its form; it was signed by a member, so it stays in the log, and the fold lists it and counts nothing.
 */
export function parseFact(entry: FundsEntry): Result<Fact, field.FactRefusal> | undefined {
  const parser = parsers.get(entry.type);
  if (parser === undefined) return undefined;
  return field.parseOrRefuse(entry.type, () => parser(entry));
}

const parsers: ReadonlyMap<string, (entry: FundsEntry) => Fact> = new Map<
  string,
  (entry: FundsEntry) => Fact
>([
  ["genesis", ({ pub }) => genesis(pub)],
  ["key.add", ({ pub }) => ({ type: "key.add", key: memberKey(pub) })],
  ["key.appoint", ({ pub }) => ({ type: "key.appoint", key: memberKey(pub) })],
  ["funds.policy", ({ pub }) => ({ type: "funds.policy", policy: policy(pub) })],
  ["appeal", ({ pub }) => ({ type: "appeal", appeal: appeal(pub) })],
  ["appeal.ended", ({ pub }) => ({ type: "appeal.ended", end: appealEnd(pub) })],
  ["appeal.reopened", ({ pub }) => ({ type: "appeal.reopened", reopening: appealReopening(pub) })],
  ["post", ({ pub }) => ({ type: "post", post: post(pub) })],
  ["case.share", ({ pub }) => ({ type: "case.share", share: caseShare(pub) })],
  ["account", ({ pub, hidden }) => ({ type: "account", account: account(pub, hidden) })],
  ["statement.lines", (entry) => ({ type: "statement.lines", lines: statementLines(entry) })],
  ["statement", ({ pub, hidden }) => ({ type: "statement", statement: statement(pub, hidden) })],
  ["attribution", (entry) => ({ type: "attribution", attribution: attribution(entry) })],
  ["attribution.moved", (entry) => ({ type: "attribution.moved", moved: moved(entry) })],
  ["decision", ({ hidden }) => ({ type: "decision", decision: decision(hidden) })],
  ["refund", ({ pub, hidden }) => ({ type: "refund", refund: refund(pub, withoutEmptyParts(hidden)) })],
  ["refund.matched", ({ pub, hidden }) => ({ type: "refund.matched", refund: refund(pub, hidden) })],
  ["spending", ({ pub, hidden }) => ({ type: "spending", spending: spending(pub, hidden) })],
  [
    "spending.reserved",
    ({ pub, hidden }) => ({ type: "spending.reserved", spending: spending(pub, hidden) }),
  ],
  ["spending.approved", ({ pub }) => ({ type: "spending.approved", id: field.text(pub, "id") })],
  [
    "spending.paid",
    ({ pub, hidden }) => ({
      type: "spending.paid",
      id: field.text(pub, "id"),
      date: field.optionalDay(hidden, "date"),
    }),
  ],
  [
    "spending.voided",
    ({ pub }) => ({ type: "spending.voided", id: field.text(pub, "id"), reason: field.text(pub, "reason") }),
  ],
  ["confirmation", ({ pub, hidden }) => ({ type: "confirmation", confirmation: confirmation(pub, hidden) })],
  ["cover.given", ({ pub, hidden }) => ({ type: "cover.given", cover: cover(pub, hidden) })],
  ["cover.repaid", ({ pub, hidden }) => ({ type: "cover.repaid", cover: cover(pub, hidden) })],
  ["rate", ({ pub }) => ({ type: "rate", rate: rate(pub) })],
  ["account.frozen", ({ pub }) => ({ type: "account.frozen", event: accountEvent(pub) })],
  ["account.released", ({ pub }) => ({ type: "account.released", event: accountEvent(pub) })],
  ["fund.close", ({ pub }) => ({ type: "fund.close", close: fundClose(pub) })],
  [
    "correction",
    ({ pub }) => ({
      type: "correction",
      correction: { corrects: field.text(pub, "corrects"), reason: field.text(pub, "reason") },
    }),
  ],
]);

/** The entry types that the books read; every other type is passed over by the fold. */
export const fundsEntryTypes: readonly string[] = [...parsers.keys()];

function genesis(pub: JsonObject): Fact {
  const officer = field.optionalObject(pub, "officer");
  const keys = officer === undefined ? [] : [memberKey(officer)];
  return { type: "genesis", name: field.text(pub, "name"), currency: field.currency(pub, "currency"), keys };
}

function memberKey(pub: JsonObject): MemberKey {
  // RFC 7638: the thumbprint of the key is its name in every entry that it signs.
  const kid = sha256Base64Url(`{"crv":"Ed25519","kty":"OKP","x":"${field.text(pub, "x")}"}`);
  return { kid, member: field.text(pub, "member") };
}

function policy(pub: JsonObject): Policy {
  return {
    names: titles(field.object(pub, "names")),
    unsigned: field.oneOf(pub, "unsigned", ["general", "unknown"]),
    shortfall: field.oneOf(pub, "shortfall", ["general", "none"]),
    approvalLimit: pub["approvalLimit"] === undefined ? undefined : field.money(pub, "approvalLimit"),
  };
}

function appeal(pub: JsonObject): Appeal {
  return {
    id: field.text(pub, "id"),
    hashtag: field.optionalText(pub, "hashtag"),
    opened: field.day(pub, "opened"),
    title: titles(field.object(pub, "title")),
    currency: field.currency(pub, "currency"),
    leftover: saidText(field.optionalText(pub, "leftover")),
  };
}

function appealEnd(pub: JsonObject): AppealEnd {
  return {
    appeal: field.text(pub, "appeal"),
    ended: field.day(pub, "ended"),
    reason: field.oneOf(pub, "reason", endReasons),
    leftover: saidText(field.optionalText(pub, "leftover")),
  };
}

/** Without blanks around it; a text of nothing but blanks says nothing. */
function saidText(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

function appealReopening(pub: JsonObject): AppealReopening {
  return {
    appeal: field.text(pub, "appeal"),
    reopened: field.day(pub, "reopened"),
    reason: field.text(pub, "reason"),
  };
}

function titles(from: JsonObject): Titles {
  const found: { kk?: string; ru?: string; en?: string } = {};
  for (const language of ["kk", "ru", "en"] as const) {
    const title = field.optionalText(from, language);
    if (title !== undefined) found[language] = title;
  }
  return found;
}

function post(pub: JsonObject): Post {
  return {
    id: field.text(pub, "id"),
    appeal: field.text(pub, "appeal"),
    kind: field.text(pub, "kind"),
    published: field.text(pub, "published"),
    target: field.money(pub, "target"),
    case: field.optionalText(pub, "case"),
    textHash: field.optionalText(pub, "textHash"),
  };
}

function caseShare(pub: JsonObject): { case: string; appeal: string; parts: number; of: number } {
  const share = {
    case: field.text(pub, "case"),
    appeal: field.text(pub, "appeal"),
    parts: field.count(pub, "parts"),
    of: field.count(pub, "of"),
  };
  if (share.of === 0 || share.parts > share.of) throw new field.BadField("parts");
  return share;
}

function account(pub: JsonObject, hidden: JsonObject) {
  return {
    account: field.text(pub, "account"),
    currency:
      pub["currency"] === undefined || pub["currency"] === null ? null : field.currency(pub, "currency"),
    published: pub["published"] === true,
    number: field.optionalText(hidden, "number"),
    holder: field.optionalText(hidden, "holder"),
  };
}

function statement(pub: JsonObject, hidden: JsonObject): Statement {
  const file = field.optionalObject(hidden, "file");
  const discrepancy = field.optionalObject(hidden, "discrepancy");
  return {
    import: field.text(pub, "import"),
    account: field.text(pub, "account"),
    parts: field.texts(pub, "parts"),
    lines: field.count(pub, "lines"),
    file: file && {
      sha256: field.text(file, "sha256"),
      name: field.text(file, "name"),
      size: field.count(file, "size"),
      format: field.text(file, "format"),
      number: field.count(file, "number"),
    },
    opening: balance(hidden, "opening"),
    closing: balance(hidden, "closing"),
    from: field.optionalDay(hidden, "from"),
    to: field.optionalDay(hidden, "to"),
    firstDay: field.optionalDay(hidden, "firstDay"),
    lastDay: field.optionalDay(hidden, "lastDay"),
    credits: tally(hidden, "credits"),
    debits: tally(hidden, "debits"),
    newCredits: tally(hidden, "newCredits"),
    newDebits: tally(hidden, "newDebits"),
    discrepancy: discrepancy && {
      by: field.text(discrepancy, "by"),
      why: field.text(discrepancy, "why"),
      problems: field.texts(discrepancy, "problems"),
    },
  };
}

function balance(hidden: JsonObject, name: string): bigint | null | undefined {
  if (hidden[name] === undefined) return undefined;
  return hidden[name] === null ? null : field.minor(hidden, name);
}

function tally(hidden: JsonObject, name: string): Tally | undefined {
  const value = field.optionalObject(hidden, name);
  return value && { count: field.count(value, "count"), minor: field.minor(value, "minor") };
}

function attribution({ pub, items }: FundsEntry) {
  const nullifiers = field.texts(pub, "nullifiers");
  const lines = field.list(pub, "lines").map((line) => {
    if (typeof line !== "number" || !Number.isSafeInteger(line) || line < 0)
      throw new field.BadField("lines");
    return line;
  });
  // One line, one nullifier, one item: were the counts to differ, a line could count without a nullifier.
  if (lines.length !== nullifiers.length) throw new field.BadField("nullifiers");
  if (items.length > 0 && items.length !== lines.length) throw new field.BadField("lines");
  return {
    part: field.text(pub, "part"),
    lines,
    nullifiers,
    items: items.map((item) =>
      item === undefined ? undefined : parseAttributionItem(item.open, item.hidden),
    ),
  };
}

function moved({ pub, items }: FundsEntry) {
  if (items.length > 1) throw new field.BadField("items");
  const item = items[0];
  return {
    corrects: field.text(pub, "corrects"),
    nullifier: field.text(pub, "nullifier"),
    reason: field.text(pub, "reason"),
    item: item && parseAttributionItem(item.open, item.hidden),
  };
}

function decision(hidden: JsonObject) {
  if (hidden["reference"] === undefined) return undefined;
  return {
    reference: field.text(hidden, "reference"),
    appeal: field.text(hidden, "appeal"),
    ground: field.text(hidden, "ground"),
    by: field.text(hidden, "by"),
    account: field.optionalText(hidden, "account"),
    date: field.optionalDay(hidden, "date"),
  };
}

/** A refund whose gift is not known yet says so with an empty list: a field that is not there cannot be shown not to be. */
function withoutEmptyParts(hidden: JsonObject): JsonObject {
  const { parts, ...rest } = hidden;
  return Array.isArray(parts) && parts.length === 0 ? rest : hidden;
}

function refund(pub: JsonObject, hidden: JsonObject): Refund {
  return {
    id: field.text(pub, "id"),
    reference: field.optionalText(hidden, "reference"),
    date: field.optionalDay(hidden, "date"),
    minor: hidden["minor"] === undefined ? undefined : field.positiveMinor(hidden, "minor"),
    currency: hidden["currency"] === undefined ? undefined : field.currency(hidden, "currency"),
    reason: field.optionalText(hidden, "reason"),
    credit: field.optionalText(hidden, "credit"),
    parts: hidden["parts"] === undefined ? undefined : parseParts(hidden, "parts"),
  };
}

function spending(pub: JsonObject, hidden: JsonObject): Spending {
  const receipt = field.optionalObject(hidden, "receipt");
  return {
    id: field.text(pub, "id"),
    appeal: field.text(pub, "appeal"),
    category: field.text(pub, "category"),
    minor: field.positiveMinor(pub, "minor"),
    currency: field.currency(pub, "currency"),
    approval: field.oneOf(pub, "approval", ["outside", "members"]),
    related: field.optionalOneOf(pub, "related", ["staff", "officer", "relative"]),
    date: field.optionalDay(hidden, "date"),
    payee: field.optionalText(hidden, "payee"),
    receipt: receipt && {
      name: field.text(receipt, "name"),
      sha256: field.optionalText(receipt, "sha256"),
      file: field.optionalText(receipt, "file"),
    },
    paidFrom: field.optionalText(hidden, "paidFrom"),
    relation: field.optionalText(hidden, "relation"),
    approver: field.optionalText(hidden, "approver"),
  };
}

function confirmation(pub: JsonObject, hidden: JsonObject): Confirmation {
  return {
    spending: field.text(pub, "spending"),
    role: field.oneOf(pub, "role", ["lawyer", "beneficiary"]),
    how: field.oneOf(pub, "how", ["signed", "attested", "recorded"]),
    date: field.optionalDay(hidden, "date"),
    by: field.optionalText(hidden, "by"),
    document: field.optionalText(hidden, "document"),
  };
}

function cover(pub: JsonObject, hidden: JsonObject): Cover {
  const minor = shownOrHidden(pub, hidden, "minor");
  const date = shownOrHidden(pub, hidden, "date");
  return {
    appeal: field.text(pub, "appeal"),
    currency: field.currency(pub, "currency"),
    minor: minor && field.positiveMinor(minor, "minor"),
    date: date && field.day(date, "date"),
    ground: field.oneOf(pub, "ground", ["policy", "decision"]),
    decision: field.optionalText(pub, "decision"),
  };
}

/** Where a field stands that some entries show and others hide. Said twice it could be read in two ways. */
function shownOrHidden(pub: JsonObject, hidden: JsonObject, name: string): JsonObject | undefined {
  if (pub[name] === undefined) return hidden[name] === undefined ? undefined : hidden;
  if (hidden[name] !== undefined) throw new field.BadField(name);
  return pub;
}

function rate(pub: JsonObject) {
  const decimal = field.text(pub, "rate");
  if (!/^[0-9]{1,12}(?:\.[0-9]{1,12})?$/u.test(decimal)) throw new field.BadField("rate");
  return {
    date: field.day(pub, "date"),
    from: field.currency(pub, "from"),
    to: field.currency(pub, "to"),
    rate: decimal,
    source: field.text(pub, "source"),
  };
}

function accountEvent(pub: JsonObject) {
  return {
    account: field.text(pub, "account"),
    date: field.day(pub, "date"),
    detail: field.text(pub, "detail"),
  };
}

function fundClose(pub: JsonObject): FundClose {
  const pooled = pub["pooled"] === null ? null : field.object(pub, "pooled");
  return {
    appeal: field.text(pub, "appeal"),
    currency: field.currency(pub, "currency"),
    week: field.text(pub, "week"),
    count: signedCount(pub, "count"),
    minor: field.minor(pub, "minor"),
    classes: field.objects(pub, "classes").map((one) => ({
      minor: field.minor(one, "minor"),
      count: field.count(one, "count"),
    })),
    pooled: pooled && { count: signedCount(pooled, "count"), minor: field.minor(pooled, "minor") },
    carried: field.count(pub, "carried"),
    attributions: field.count(pub, "attributions"),
  };
}

/** A pool may take back more than it adds: gifts that were moved to another appeal after an earlier close. */
function signedCount(from: JsonObject, name: string): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new field.BadField(name);
  return value;
}
