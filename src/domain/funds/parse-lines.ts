import { parseMinor } from "./money.ts";
import type { Json, JsonObject } from "#record/json-strict.ts";
import type {
  AttributionItem,
  FundsEntry,
  Gift,
  Ground,
  GroundKind,
  LineItem,
  Part,
  Party,
  StatementLines,
} from "./entries.ts";
import * as field from "./parse-fields.ts";

export function statementLines({ pub, items }: FundsEntry): StatementLines {
  const lines = field.count(pub, "lines");
  if (items.length > 0 && items.length !== lines) throw new field.BadField("lines");
  return {
    import: field.text(pub, "import"),
    part: field.count(pub, "part"),
    account: field.text(pub, "account"),
    lines,
    items: items.map((item) => (item === undefined ? undefined : parseLineItem(item.open, item.hidden))),
  };
}

/** One element of `statement.lines`. Throws {@link field.BadField}; called once per bank row, so it does no more than it must. */
export function parseLineItem(open: JsonObject, hidden: JsonObject): LineItem {
  const party = hidden["donor"] ?? hidden["payee"];
  return {
    position: field.text(open, "position"),
    date: field.day(open, "date"),
    direction: field.oneOf(open, "direction", directions),
    minor: field.minor(open, "minor"),
    currency: field.currency(open, "currency"),
    known: open["known"] === true,
    unreadable: open["unreadable"] === true,
    row: field.count(open, "row"),
    party: party === undefined ? undefined : parseParty(party),
    memo: field.optionalText(hidden, "memo"),
    reference: field.optionalText(hidden, "reference"),
  };
}
const directions = ["credit", "debit"] as const;

function parseParty(value: Json): Party {
  const party = field.asObject(value);
  if (party === undefined) throw new field.BadField("donor");
  return {
    name: field.optionalText(party, "name"),
    account: field.optionalText(party, "account"),
    bin: field.optionalText(party, "bin"),
    bank: field.optionalText(party, "bank"),
  };
}

/** One element of `attribution` or `attribution.moved`. The parts must name exactly the destinations of `to`. */
export function parseAttributionItem(open: JsonObject, hidden: JsonObject): AttributionItem {
  const to = field.texts(open, "to");
  const from = open["from"] === undefined ? undefined : field.texts(open, "from");
  if (to.length === 0) throw new field.BadField("to");
  const gift = hidden["gift"] === undefined ? undefined : parseGift(field.object(hidden, "gift"));
  if (gift !== undefined) {
    // Otherwise the destinations shown to everybody could differ from those that the money is counted for.
    if (!sameDestinations(to, gift.parts)) throw new field.BadField("to");
    if (from !== undefined && !sameDestinations(from, gift.before ?? [])) throw new field.BadField("from");
  }
  return from === undefined ? { to, gift } : { to, from, gift };
}

function sameDestinations(names: readonly string[], parts: readonly Part[]): boolean {
  return names.length === parts.length && parts.every((part, i) => part.to === names[i]);
}

function parseGift(gift: JsonObject): Gift {
  const date = gift["date"];
  const direction = gift["direction"];
  // Written without the field readers: this runs for each of a million rows.
  if (typeof date !== "string" || date.length !== 10) throw new field.BadField("gift.date");
  if (direction !== "credit" && direction !== "debit") throw new field.BadField("gift.direction");
  const before = gift["before"] === undefined ? undefined : parseParts(gift, "before");
  return {
    date,
    direction,
    currency: field.text(gift, "currency"),
    account: field.text(gift, "account"),
    parts: parseParts(gift, "parts"),
    before,
    ground: parseGround(field.object(gift, "ground")),
  };
}

export function parseParts(from: JsonObject, name: string): readonly Part[] {
  const parts = from[name];
  if (!Array.isArray(parts) || parts.length === 0) throw new field.BadField(name);
  const seen: Part[] = [];
  for (const value of parts) {
    const part = field.asObject(value);
    const minor = parseMinor(part?.["minor"]);
    const to = part?.["to"];
    if (typeof to !== "string" || minor === undefined || minor < 0n) throw new field.BadField(name);
    if (seen.some((other) => other.to === to)) throw new field.BadField(name);
    seen.push({ to, minor });
  }
  return seen;
}

function parseGround(ground: JsonObject): Ground {
  const kind = ground["kind"];
  if (typeof kind !== "string" || !groundKinds.has(kind)) throw new field.BadField("gift.ground");
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked against the set of kinds
    kind: kind as GroundKind,
    detail: field.optionalText(ground, "detail"),
    by: field.optionalText(ground, "by"),
    decision: field.optionalText(ground, "decision"),
  };
}
const groundKinds: ReadonlySet<string> = new Set<GroundKind>([
  "code",
  "hashtag",
  "decision",
  "policy",
  "ambiguous",
  "payment",
  "refund",
  "fee",
  "own-transfer",
  "none",
]);
