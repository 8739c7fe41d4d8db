import { stemsOf } from "#language/stem.ts";
import { readQuery, type QueryWord } from "./search-query.ts";
import { scanWords } from "./search-words.ts";

/** A part of a text, `text.slice(start, end)`. */
export type Range = { readonly start: number; readonly end: number };

/**
 * The words of `text` for which a search for `query` found it, from left to right, without overlaps: whole words, since "адвокаттар"
 * is found for "адвокатқа", and half of it in bold would look like a mistake.
 *
 * @example matchedRanges("Төлем адвокатқа", "advokat") // [{ start: 6, end: 15 }]
 */
export function matchedRanges(text: string, query: string): Range[] {
  const words = readQuery(query);
  const ranges: Range[] = [];
  if (words.length === 0) return ranges;
  scanWords(text, (source, from, to, start, end) => {
    const word = source.slice(from, to);
    if (words.some((wanted) => matches(word, wanted))) ranges.push({ start, end });
  });
  return ranges;
}

function matches(word: string, { terms, prefix }: QueryWord): boolean {
  const stems = stemsOf(word);
  if (stems.some((stem) => terms.includes(stem))) return true;
  return prefix !== undefined && stems.some((stem) => stem.startsWith(prefix));
}
