import type { FundsState } from "#domain/funds/state.ts";
import { parseMinor } from "#domain/funds/money.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { toHex } from "#record/bytes.ts";

/** What an entry is about, for one sentence. Only what this member may read is in it. */
export type Facts = {
  readonly id?: string;
  readonly appeal?: string;
  readonly sum?: { readonly minor: bigint; readonly currency: string };
  /** Rows, lines, gifts: whatever the type counts. */
  readonly count?: number;
  /** Of a file, a category, a role. */
  readonly name?: string;
  readonly account?: string;
  readonly week?: string;
  readonly member?: string;
  readonly room?: string;
  readonly text?: string;
};

export type FactsContext = {
  readonly funds: FundsState;
  /** Local name of a room by its hexadecimal id. */
  readonly rooms: ReadonlyMap<string, string>;
  /** Member by kid, also of revoked keys. */
  readonly members: ReadonlyMap<string, string>;
};

/** Local room names by id, from the keyring of a session. */
export function roomsOf(rooms: Readonly<Record<string, { readonly id: Uint8Array }>>): Map<string, string> {
  return new Map(Object.entries(rooms).map(([name, { id }]) => [toHex(id), name]));
}

export function factsOf(
  { pub, hidden }: { readonly pub: JsonObject; readonly hidden: JsonObject },
  { funds, rooms, members }: FactsContext,
): Facts {
  const text = (name: string): string | undefined => {
    const value = pub[name] ?? hidden[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const spending = text("spending");
  const id = text("id") ?? spending;
  const appeal =
    text("appeal") ?? (id === undefined ? undefined : funds.spending.get(id)?.appeal) ?? undefined;
  const accountId = text("account");
  const account = accountId === undefined ? undefined : funds.accounts.get(accountId)?.number;
  const file = hidden["file"];
  const fileName = isObject(file) && typeof file["name"] === "string" ? file["name"] : undefined;
  const kid = text("kid");
  const roomId = text("room");
  const facts = {
    id,
    appeal,
    // A cover says its currency openly and hides its sum.
    sum: sumIn({ ...hidden, ...pub }) ?? targetIn(pub),
    count: countIn(pub),
    name: fileName ?? text("category") ?? text("role") ?? text("name"),
    account,
    week: text("week"),
    member: text("member") ?? (kid === undefined ? undefined : members.get(kid)),
    room: roomId === undefined ? undefined : (rooms.get(roomId) ?? roomId.slice(0, 8)),
    text: text("reason") ?? text("detail") ?? text("ground"),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

function sumIn(from: JsonObject): Facts["sum"] {
  const minor = parseMinor(from["minor"]);
  const currency = from["currency"];
  return minor === undefined || typeof currency !== "string" ? undefined : { minor, currency };
}

function targetIn({ target }: JsonObject): Facts["sum"] {
  return isObject(target) ? sumIn(target) : undefined;
}

function countIn({ lines, count }: JsonObject): number | undefined {
  if (Array.isArray(lines)) return lines.length;
  return typeof lines === "number" ? lines : typeof count === "number" ? count : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where the thing that an entry is about is shown; undefined when the entry itself is all there is. */
export function pathOf(type: string, { id, appeal }: Facts): string | undefined {
  if (type.startsWith("spending") || type === "confirmation") return id && `/spending/${id}`;
  if (type === "post") return id && `/posts/${id}`;
  if (type === "appeal") return id && `/appeals/${id}`;
  if (type === "statement" || type === "statement.lines") return "/import";
  if (type.startsWith("account")) return "/accounts";
  if (type.startsWith("key.") || type === "room.epoch") return "/members";
  if (type === "fund.close") return "/periods";
  return appeal && `/appeals/${appeal}`;
}
