import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { parseMinor } from "#domain/funds/money.ts";
import type { FundsState } from "#domain/funds/state.ts";
import type { Language } from "#language/language.ts";
import type { JsonObject } from "#record/json-strict.ts";
import type { ReadEntry } from "#session/opening.ts";
import type { Session } from "#session/session.ts";
import { readPeople } from "#session/keys/people.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { sentenceOf } from "#workspace/activity/sentences.ts";
import { contextOf, rowOf } from "#workspace/activity/rows.ts";
import { searchKinds, type SearchKind } from "./documents.ts";
import { matchedRanges, type Range } from "./highlight.ts";
import { searchIndexOf } from "./search-book.ts";
import type { SearchHit } from "./search-index.ts";
import { searchWords } from "./words.ts";

export type FoundItem = {
  readonly id: string;
  readonly kind: SearchKind;
  readonly title: string;
  readonly titleRanges: readonly Range[];
  readonly text: string;
  readonly textRanges: readonly Range[];
  readonly day: string | undefined;
  readonly sum: { readonly minor: bigint; readonly currency: string } | undefined;
  /** Inside the app. */
  readonly path: string;
};

export type SearchFound = {
  readonly items: readonly FoundItem[];
  readonly total: number;
  /** False: nothing holds every word, so what holds some of them is shown. */
  readonly hasAllWords: boolean;
  /** How many documents were searched. */
  readonly searched: number;
};

export type SearchInput = {
  readonly query: string;
  readonly kinds?: readonly SearchKind[];
  readonly limit: number;
};

export const searchCalls = {
  /** Everything that this member may read, on her own device. The first question of a log builds the index. */
  "search.find": async (desk: Desk, { query, kinds, limit }: SearchInput): Promise<SearchFound> => {
    const { session } = desk;
    const { progress } = session;
    const index = await searchIndexOf(session, (done, total) =>
      progress.update(searchWords[desk.language].building, done, total),
    );
    progress.end();
    const answer = index.search(query, { limit, ...(kinds !== undefined && kinds.length > 0 && { kinds }) });
    const reader = new HitReader(session, desk.language, query);
    const items: FoundItem[] = [];
    for (const hit of answer.hits) {
      const item = await reader.read(hit);
      if (item !== undefined) items.push(item);
    }
    return { items, total: answer.total, hasAllWords: answer.hasAllWords, searched: index.size };
  },
};

type Shown = Pick<FoundItem, "title" | "text" | "path"> & {
  readonly sum?: FoundItem["sum"];
  readonly day?: string;
};

/** Turns hits into what is shown: from the books where they know it, else from the entry itself. */
class HitReader {
  readonly #session: Session;
  readonly #language: Language;
  readonly #query: string;
  #names: Map<string, string | null> | undefined;

  constructor(session: Session, language: Language, query: string) {
    this.#session = session;
    this.#language = language;
    this.#query = query;
  }

  async read(hit: SearchHit): Promise<FoundItem | undefined> {
    const kind = searchKinds.find((one) => one === hit.kind);
    const shown =
      kind === undefined ? undefined : await this.#shown(kind, hit.id.slice(hit.id.indexOf(":") + 1));
    if (kind === undefined || shown === undefined) return undefined;
    const { title, text, path, sum, day } = shown;
    return {
      id: hit.id,
      kind,
      title,
      titleRanges: matchedRanges(title, this.#query),
      text,
      textRanges: matchedRanges(text, this.#query),
      day: day ?? hit.day,
      sum,
      path,
    };
  }

  async #shown(kind: SearchKind, name: string): Promise<Shown | undefined> {
    const { funds } = await this.#session.books();
    switch (kind) {
      case "appeal":
        return appealShown(funds, name, this.#language);
      case "post": {
        const post = funds.posts.get(name);
        return post && { title: post.id, text: post.appeal, path: `/posts/${post.id}`, sum: post.target };
      }
      case "payment": {
        const one = funds.spending.get(name);
        return (
          one && {
            title: joined(one.id, one.payee),
            text: joined(
              one.appeal,
              labelOf(categoryLabels, one.category, this.#language),
              one.receipt?.name,
            ),
            path: `/spending/${one.id}`,
            sum: { minor: one.minor, currency: one.currency },
          }
        );
      }
      case "refund": {
        const one = funds.refunds.get(name);
        const sum =
          one?.minor === undefined || one.currency === undefined
            ? undefined
            : { minor: one.minor, currency: one.currency };
        return one && { title: one.id, text: joined(one.reference, one.reason), path: "/matching", sum };
      }
      case "account": {
        const one = funds.accounts.get(name);
        return one && { title: one.number ?? name, text: one.holder ?? "", path: `/accounts/${name}` };
      }
      case "member":
        return { title: joined(await this.#nameOf(name)) || name, text: name, path: `/members/${name}` };
      case "row":
      case "decision":
      case "entry":
        return this.#fromEntry(kind, name);
    }
  }

  async #nameOf(member: string): Promise<string> {
    if (this.#names === undefined) {
      const { members } = await readPeople(this.#session);
      this.#names = new Map(members.map(({ id, name }) => [id, name]));
    }
    return this.#names.get(member) ?? "";
  }

  async #fromEntry(kind: "row" | "decision" | "entry", name: string): Promise<Shown | undefined> {
    const [index = 0, place] = name.split(".").map(Number);
    const entry = await openedEntry(this.#session, index);
    if (entry !== undefined) {
      const path = `/activity/${index}`;
      if (kind === "row") {
        const item = entry.opened.items[place ?? 0];
        return item && { ...rowShown(item.open, item.hidden), path: `${path}?row=${(place ?? 0) + 1}` };
      }
      const row = rowOf(entry, await contextOf(this.#session));
      const { hidden, pub } = entry.opened;
      return {
        title: sentenceOf(row.type, row.facts, this.#language),
        text: joined(
          ...["reference", "reason", "ground", "detail", "by", "document"].map(
            (field) => textIn(hidden, field) ?? textIn(pub, field),
          ),
        ),
        path,
      };
    }
    return undefined;
  }
}

/** Bank rows stand in hundreds together, and results of one name often in the same hundred. */
const opened = new WeakMap<Session, Map<number, Promise<ReadEntry | undefined>>>();
const openedMax = 32;

function openedEntry(session: Session, index: number): Promise<ReadEntry | undefined> {
  const known = opened.get(session) ?? new Map<number, Promise<ReadEntry | undefined>>();
  opened.set(session, known);
  const entry = known.get(index) ?? openEntry(session, index);
  // Again the youngest: the oldest is dropped first.
  known.delete(index);
  known.set(index, entry);
  const [oldest] = known.keys();
  if (known.size > openedMax && oldest !== undefined) known.delete(oldest);
  return entry;
}

async function openEntry(session: Session, index: number): Promise<ReadEntry | undefined> {
  for await (const stored of session.store.entries(index, index + 1)) return session.open(stored);
  return undefined;
}

function appealShown(funds: FundsState, id: string, language: Language): Shown | undefined {
  const appeal = funds.appeals.get(id);
  if (appeal === undefined) return undefined;
  const { title } = appeal;
  return {
    title: joined(id, title[language] ?? title.ru ?? title.kk ?? title.en),
    text: appeal.hashtag ?? "",
    path: `/appeals/${id}`,
  };
}

function rowShown(open: JsonObject, hidden: JsonObject): Omit<Shown, "path"> {
  const party = hidden["donor"] ?? hidden["payee"];
  const name = isObject(party) ? textIn(party, "name") : undefined;
  const memo = textIn(hidden, "memo");
  const minor = parseMinor(open["minor"]);
  const currency = textIn(open, "currency");
  const day = textIn(open, "date");
  const sign = open["direction"] === "debit" ? -1n : 1n;
  return {
    title: name ?? memo ?? "–",
    text: joined(
      name === undefined ? undefined : memo,
      textIn(hidden, "reference"),
      isObject(party) ? textIn(party, "account") : undefined,
    ),
    sum: minor === undefined || currency === undefined ? undefined : { minor: sign * minor, currency },
    ...(day !== undefined && { day }),
  };
}

function textIn(from: JsonObject, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function joined(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== "").join(" · ");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
