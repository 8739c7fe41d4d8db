import type { FundsEntry } from "#domain/funds/entries.ts";
import { normaliseAccount, normaliseReference } from "#domain/funds/ids.ts";
import { LineIndex } from "#domain/funds/line-index.ts";
import type { LinePort, RecordedLine } from "#domain/funds/ports.ts";
import { toBase64Url } from "#record/bytes.ts";
import { toFundsEntry } from "./funds-entry.ts";
import type { Session } from "./session.ts";

/**
 * Look-ups of bank rows, answered from the boxes of the log. Rows are many and questions few, so each question reads
 * what it must and keeps only rows that can be an answer: no index of names or references lies on the disk.
 */
export function bankLines(session: Session): LinePort {
  return {
    async onDays(account, days) {
      const wanted = new Set(days);
      const { funds } = await session.books();
      const spans = funds.statements
        .filter((one) => one.account === account && days.some((day) => isWithin(day, one)))
        .map((one) => one.span);
      const isNear = (index: number) =>
        spans.some((span) => span === null || (span[0] <= index && index <= span[1]));
      const index = await collect(session, {
        isPartWanted: (_hash, place) => isNear(place),
        isRowWanted: (_part, _line, open) => wanted.has(String(open["date"])),
      });
      return index.onDays(account, days);
    },
    async byReferences(references) {
      if (references.length === 0) return new Map();
      const wanted = new Set(references);
      const index = await collect(session, {
        isPartWanted: () => true,
        isRowWanted: (_part, _line, _open, hidden) => {
          const reference = hidden["reference"];
          return typeof reference === "string" && wanted.has(normaliseReference(reference));
        },
      });
      return index.byReferences(references);
    },
    async byNullifiers(nullifiers) {
      if (nullifiers.length === 0) return new Map();
      const places = await placesOf(session, new Set(nullifiers));
      const index = await collect(session, {
        isPartWanted: (hash) => places.has(hash),
        isRowWanted: (part, line) => places.get(part)?.has(line) === true,
      });
      return index.byNullifiers(nullifiers);
    },
  };
}

function isWithin(
  day: string,
  one: { readonly firstDay?: string | undefined; readonly lastDay?: string | undefined },
): boolean {
  return one.firstDay !== undefined && one.lastDay !== undefined && one.firstDay <= day && day <= one.lastDay;
}

type Wanted = {
  isPartWanted(hash: string, index: number): boolean;
  isRowWanted(part: string, line: number, open: FundsEntry["pub"], hidden: FundsEntry["pub"]): boolean;
};

/** Reads the rows asked for, and where they count now. */
async function collect(session: Session, wanted: Wanted): Promise<LineIndex> {
  const index = new LineIndex();
  const parts = new Set<string>();
  const isRelevant = (type: string, hash: string, place: number, part: string | undefined) => {
    if (type === "statement.lines") return wanted.isPartWanted(hash, place);
    if (type === "attribution") return part !== undefined && parts.has(part);
    return type === "statement" || type === "attribution.moved";
  };
  for await (const { opened } of session.readWhere(({ hash, payload }, place) =>
    isRelevant(payload.type, toBase64Url(hash), place, textOf(payload.pub["part"])),
  )) {
    const entry = toFundsEntry(opened);
    if (entry.type !== "statement.lines") {
      index.see(entry);
      continue;
    }
    const part = toBase64Url(entry.hash);
    const items = entry.items.map((item, line) =>
      item !== undefined && wanted.isRowWanted(part, line, item.open, item.hidden) ? item : undefined,
    );
    if (!items.some((item) => item !== undefined)) continue;
    parts.add(part);
    index.see({ ...entry, items });
  }
  session.progress.end();
  return index;
}

/** Which lines of which parts bear the nullifiers: public, so no box is opened. */
async function placesOf(
  session: Session,
  nullifiers: ReadonlySet<string>,
): Promise<Map<string, Set<number>>> {
  const places = new Map<string, Set<number>>();
  for await (const { payload } of session.readPublic()) {
    if (payload.type !== "attribution") continue;
    const { part, lines, nullifiers: found } = payload.pub;
    if (typeof part !== "string" || !Array.isArray(lines) || !Array.isArray(found)) continue;
    for (const [i, nullifier] of found.entries()) {
      if (!nullifiers.has(String(nullifier))) continue;
      const known = places.get(part) ?? new Set();
      known.add(Number(lines[i]));
      places.set(part, known);
    }
  }
  return places;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Rows that one of the parties gave or got, by account number or, where none is printed, by name. */
export async function linesOfParties(
  session: Session,
  parties: ReadonlySet<string>,
): Promise<readonly RecordedLine[]> {
  if (parties.size === 0) return [];
  const index = await collect(session, {
    isPartWanted: () => true,
    isRowWanted: (_part, _line, _open, hidden) => {
      const key = partyKey(hidden["donor"] ?? hidden["payee"]);
      return key !== undefined && parties.has(key);
    },
  });
  return [...index.all()];
}

/** By what a party is told from others; undefined for one that the bank did not name. */
export function partyKey(party: unknown): string | undefined {
  if (typeof party !== "object" || party === null) return undefined;
  const { account, name } = party as { readonly account?: unknown; readonly name?: unknown };
  if (typeof account === "string" && account !== "") return normaliseAccount(account);
  return typeof name === "string" && name.trim() !== "" ? name.trim().toLowerCase() : undefined;
}

/** Every bank row of the record, in the order recorded: for exports. */
export async function recordedLines(session: Session): Promise<readonly RecordedLine[]> {
  const index = await collect(session, { isPartWanted: () => true, isRowWanted: () => true });
  return [...index.all()];
}
