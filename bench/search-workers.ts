/** The processes of the search in (f): our index and minisearch over the same documents, stems and queries. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stemsOf } from "#language/stem.ts";
import { expectOk } from "#record/result.ts";
import { scanWords } from "#workspace/search/search-words.ts";
import { SearchIndex, type SearchDocument } from "#workspace/search/search-index.ts";
import { root } from "./measure.ts";

export type SearchFigures = {
  readonly documents: number;
  readonly buildMs: number;
  readonly saveMs: number;
  readonly loadMs: number;
  readonly bytes: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
};

const names = [
  "Айгүл Мысалова",
  "Пётр Образцов",
  "Zhanar Primerova",
  "Дана Үлгіқызы",
  "Серік Нұсқаев",
  "Ольга Пробная",
];
const words =
  "көмек адвокат қайырымдылық помощь студентке лечение баспана пожертвование күш берсін держитесь поддержка сотқа жол шығыны аударым перевод спасибо рахмет семье балаларға".split(
    " ",
  );

/** Bank rows as they are, invented: a name, a purpose, an account, a reference, a sum, a day. */
function documentsOf(count: number): SearchDocument[] {
  let state = 12345;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, (_, i) => ({
    id: `row-${i}`,
    kind: "row",
    title: `${names[next(names.length)]} ${next(5000)}`,
    text: `${Array.from({ length: 10 }, () => words[next(words.length)]).join(" ")} KZ${String(next(1e9)).padStart(18, "7")} C${String(i).padStart(8, "0")}`,
    day: new Date(Date.UTC(2025, 0, 1 + next(365))).toISOString().slice(0, 10),
    sum: `${500 + next(40_000)}.00`,
  }));
}

function queriesOf(): string[] {
  const queries: string[] = [];
  for (const [i, word] of words.entries())
    queries.push(
      word,
      word.slice(0, 3),
      `${word} ${words[(i * 7 + 3) % words.length]}`,
      `${names[i % names.length]?.split(" ")[0]} ${word}`,
      `C0000${String(i * 37).padStart(4, "0")}`,
      `KZ7777777777${10 + (i % 6)}`,
    );
  return queries;
}

function wordsIn(text: string): string[] {
  const found: string[] = [];
  scanWords(text, (source, from, to) => found.push(source.slice(from, to)));
  return found;
}

export function searchOurs({ documents }: { documents: number }): SearchFigures {
  const all = documentsOf(documents);
  let begun = performance.now();
  const lap = (): number => {
    const ms = performance.now() - begun;
    begun = performance.now();
    return ms;
  };
  const built = SearchIndex.of(all);
  const buildMs = lap();
  const bytes = built.bytes();
  const saveMs = lap();
  const index = expectOk(SearchIndex.read(bytes));
  const loadMs = lap();
  const times = timesOf((query) => index.search(query, { limit: 20 }).hits);
  return { documents, buildMs, saveMs, loadMs, bytes: bytes.length, ...times };
}

export async function searchMinisearch({ documents }: { documents: number }): Promise<SearchFigures> {
  const path = join(root, "bench/peers/node_modules/minisearch/dist/es/index.js");
  const { default: MiniSearch } = await import(pathToFileURL(path).href);
  const all = documentsOf(documents);
  const options = {
    fields: ["title", "text"],
    tokenize: (text: string) => wordsIn(text),
    processTerm: (word: string) => [...stemsOf(word)],
    // Of the query one stem of each word: all of them together would have to be there.
    searchOptions: { processTerm: (word: string) => stemsOf(word)[0] ?? null },
  };
  let begun = performance.now();
  const lap = (): number => {
    const ms = performance.now() - begun;
    begun = performance.now();
    return ms;
  };
  const built = new MiniSearch(options);
  built.addAll(all);
  const buildMs = lap();
  const text = JSON.stringify(built);
  const saveMs = lap();
  const index = MiniSearch.loadJSON(text, options);
  const loadMs = lap();
  const times = timesOf((query) => index.search(query, { prefix: true, combineWith: "AND" }).slice(0, 20));
  return { documents, buildMs, saveMs, loadMs, bytes: Buffer.byteLength(text), ...times };
}

function timesOf(
  search: (query: string) => { readonly length: number },
): Pick<SearchFigures, "p50Ms" | "p95Ms" | "maxMs"> {
  const queries = queriesOf();
  // What finds nothing is fast.
  for (const query of queries.slice(0, 20))
    if (search(query).length === 0) throw new Error(`nothing found for ${query}`);
  const times = queries.map((query) => {
    const begun = performance.now();
    search(query);
    return performance.now() - begun;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}
