import type { FundsEntry, LineItem } from "#domain/funds/entries.ts";
import { parseFact } from "#domain/funds/parse-entries.ts";
import { fromBase64Url } from "#record/bytes.ts";
import { toFundsEntry } from "#session/funds-entry.ts";
import type { Session } from "#session/session.ts";

/** A gift that a policy alone sent where it counts: nobody said what it was for. */
export type UnsignedGift = {
  readonly nullifier: string;
  readonly item: LineItem;
  /** Account id. */
  readonly account: string;
  readonly to: string;
};

/** Entries read at once, from the end of the log backwards. */
const windowSize = 512;

/**
 * The latest gifts without a sign, newest entry first, `most` of them. They are a sum in the books and not a queue, so they are
 * looked up here: backwards, until there are enough.
 */
export async function unsignedGifts(
  session: Session,
  wanted: { readonly text: string; readonly most: number },
): Promise<UnsignedGift[]> {
  const found: UnsignedGift[] = [];
  const moved = new Set<string>();
  const matches = matcher(wanted.text);
  for (let to = session.size; to > 0 && found.length < wanted.most; to -= windowSize) {
    const from = Math.max(0, to - windowSize);
    const entries: FundsEntry[] = [];
    for await (const { opened } of session.read(from, to)) {
      const entry = toFundsEntry(opened);
      if (entry.type === "attribution" || entry.type === "attribution.moved") entries.push(entry);
    }
    session.progress.update(session.words.openingBooks, session.size - from, session.size);
    for (const entry of entries.reverse()) {
      const fact = parseFact(entry);
      if (fact?.ok !== true) continue;
      if (fact.value.type === "attribution.moved") moved.add(fact.value.moved.nullifier);
      if (fact.value.type !== "attribution") continue;
      const { part, lines, nullifiers, items } = fact.value.attribution;
      const isWanted = items.map((item) => item?.gift?.ground.kind === "policy");
      if (!isWanted.some(Boolean)) continue;
      const rows = await rowsOf(session, part);
      for (let i = items.length - 1; i >= 0 && found.length < wanted.most; i--) {
        const [gift, nullifier, item] = [items[i]?.gift, nullifiers[i] ?? "", rows[lines[i] ?? -1]];
        const [place] = gift?.parts ?? [];
        if (gift === undefined || item === undefined || place === undefined) continue;
        if (isWanted[i] !== true || moved.has(nullifier) || !matches(item)) continue;
        found.push({ nullifier, item, account: gift.account, to: place.to });
      }
    }
  }
  session.progress.end();
  return found;
}

async function rowsOf(session: Session, part: string): Promise<readonly (LineItem | undefined)[]> {
  const stored = await session.store.entryByHash(fromBase64Url(part) ?? new Uint8Array());
  if (stored === undefined) return [];
  const fact = parseFact(toFundsEntry((await session.open(stored)).opened));
  return fact?.ok === true && fact.value.type === "statement.lines" ? fact.value.lines.items : [];
}

/** Each word somewhere in donor, purpose, reference, day or sum. */
function matcher(text: string): (item: LineItem) => boolean {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return () => true;
  return ({ party, memo, reference, date, minor }) => {
    const said = [party?.name, party?.account, memo, reference, date, minor.toString()]
      .filter((one) => one !== undefined)
      .join(" ")
      .toLowerCase();
    return words.every((word) => said.includes(word.replace(/^(\d+)[.,](\d\d)$/u, "$1$2")));
  };
}
