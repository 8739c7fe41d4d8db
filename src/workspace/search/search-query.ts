import { stemsOf } from "#language/stem.ts";
import { scanWords } from "./search-words.ts";

/** One word of a query: the terms that it stands for, itself first, and, while it is being typed, what a term may begin with. */
export type QueryWord = { readonly terms: readonly string[]; readonly prefix?: string };

/** A query of a whole pasted letter would match everything and cost the time of all its words. */
const mostWords = 16;

/**
 * A query as words. The last one counts as unfinished unless a blank or a full stop follows it; so does a month ("2025-03"), which
 * then finds its days.
 *
 * @example readQuery("Айгүл адв") // [{ terms: ["aigul"] }, { terms: ["adv"], prefix: "adv" }]
 */
export function readQuery(query: string): readonly QueryWord[] {
  const month = /^\s*(\d{4})-(0[1-9]|1[0-2])\s*$/u.exec(query);
  if (month !== null) return [{ terms: [], prefix: `${month[1]}${month[2]}` }];
  const found: { readonly word: string; readonly end: number }[] = [];
  scanWords(query.slice(0, 1000), (source, from, to, _start, end) => {
    if (found.length < mostWords) found.push({ word: source.slice(from, to), end });
  });
  return found.map(({ word, end }) => {
    const terms = stemsOf(word);
    const [prefix] = terms;
    return end === query.length && prefix !== undefined ? { terms, prefix } : { terms };
  });
}
