/**
 * Search over everything a member may read, decrypted, in her own worker: which documents hold all words of a query, best first.
 * Forms of words, alphabets and keyboards are joined by `#language/stem.ts`; figures and why not a package: decision 0015.
 */
import { dayOfNumber } from "#language/calendar.ts";
import { stemsOf } from "#language/stem.ts";
import type { Result } from "#record/result.ts";
import { readIndexBytes, writeIndexBytes, type IndexBytesRefusal } from "./index-bytes.ts";
import { documentOf, isInTitle, mergeSegments, type Segment, SegmentBuilder, timesOf } from "./postings.ts";
import { noDay, SearchDocuments } from "./search-documents.ts";
import { readQuery, type QueryWord } from "./search-query.ts";
import { scanWords } from "./search-words.ts";

/** What can be found, by its words; a number that people know it by ("A-2025-003") belongs into the title. `kind` is for filters ("appeal"), `sum` a plain decimal ("20300.00"), `day` a `YYYY-MM-DD`. */
export type SearchDocument = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly day?: string;
  readonly sum?: string;
};

export type SearchHit = {
  readonly id: string;
  readonly kind: string;
  readonly day: string | undefined;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
};

export type SearchAnswer = {
  /** The best ones, best first, at most `limit`. */
  readonly hits: readonly SearchHit[];
  /** How many were found in all. */
  readonly total: number;
  /** False when no document has every word, so that those with some of them are given instead; the page should say so. */
  readonly hasAllWords: boolean;
};

export type SearchOptions = { readonly kinds?: readonly string[]; readonly limit?: number };

/** A word in a title says what a document is; in its text, only what it mentions. */
const titleWeight = 3;
/** What the newest document gains over a very old one. */
const recencyGain = 0.25;

export class SearchIndex {
  #documents = new SearchDocuments();
  /** Older documents first, and larger segments first: see {@link add}. */
  #segments: Segment[] = [];

  /** An index over `documents`; of two with one id the later counts. */
  static of(documents: Iterable<SearchDocument>): SearchIndex {
    const index = new SearchIndex();
    index.add(documents);
    return index;
  }

  /** From what {@link bytes} gave; refused when it was written by another version, or is damaged: build it again. */
  static read(bytes: Uint8Array): Result<SearchIndex, IndexBytesRefusal> {
    const read = readIndexBytes(bytes);
    if (!read.ok) return read;
    const index = new SearchIndex();
    index.#documents = read.value.documents;
    index.#segments = [read.value.segment];
    return { ok: true, value: index };
  }

  /** All of it as bytes, for a snapshot. It holds words of confidential texts, so it may only be stored sealed. */
  bytes(): Uint8Array {
    this.#compact();
    return writeIndexBytes(this.#documents, this.#segments[0] ?? new SegmentBuilder(stemsOf).build());
  }

  /** How many documents can be found. */
  get size(): number {
    return this.#documents.count - this.#documents.goneCount;
  }

  /** Adds documents, or replaces those of the same id; found at once. Many at once is faster than one by one. */
  add(documents: Iterable<SearchDocument>): void {
    const builder = new SegmentBuilder(stemsOf);
    for (const document of documents) this.#take(document, builder);
    this.#segments.push(builder.build());
    // A segment is merged into one before it that is at most three times as large: few segments, and each posting moves seldom.
    for (;;) {
      const [last, before] = [this.#segments.at(-1), this.#segments.at(-2)];
      if (last === undefined || before === undefined || before.postings.length > 3 * last.postings.length)
        break;
      this.#segments.splice(
        -2,
        2,
        mergeSegments([before, last], (document) => document),
      );
    }
    if (this.#documents.goneCount > Math.max(1000, this.#documents.count / 4)) this.#compact();
  }

  /** Removes documents by id; unknown ids are passed over. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) this.#documents.remove(id);
  }

  /**
   * What holds every word of `query`, the last word perhaps unfinished; if nothing does, what holds some of them. An empty query finds
   * nothing. Title before text, rare words before common ones, new before old; of equals the smaller id comes first.
   */
  search(query: string, { kinds, limit = 50 }: SearchOptions = {}): SearchAnswer {
    const words = readQuery(query);
    const scores = new Float32Array(this.#documents.count);
    const wordsFound = new Uint8Array(this.#documents.count);
    for (const word of words) this.#scoreWord(word, scores, wordsFound);
    const isWanted = this.#documents.kinds.map((kind) => kinds === undefined || kinds.includes(kind));
    const whole = this.#best(scores, wordsFound, Math.max(words.length, 1), isWanted, limit);
    if (whole.total > 0 || words.length < 2) return { ...whole, hasAllWords: true };
    const some = this.#best(scores, wordsFound, 1, isWanted, limit);
    return { ...some, hasAllWords: some.total === 0 };
  }

  #take({ id, kind, title, text, day, sum }: SearchDocument, builder: SegmentBuilder): void {
    this.#documents.remove(id);
    const number = this.#documents.add(id, kind, day);
    const addTitle: Parameters<typeof scanWords>[1] = (source, from, to) =>
      builder.add(source, from, to, number, true);
    const addText: Parameters<typeof scanWords>[1] = (source, from, to) =>
      builder.add(source, from, to, number, false);
    scanWords(title, addTitle);
    scanWords(text, addText);
    if (day !== undefined) scanWords(day, addText);
    if (sum !== undefined) scanWords(sum, addText);
  }

  #scoreWord({ terms, prefix }: QueryWord, scores: Float32Array, wordsFound: Uint8Array): void {
    const best = new Float32Array(scores.length);
    for (const segment of this.#segments) {
      if (prefix !== undefined) {
        const { from, to } = segment.findPrefix(prefix);
        for (let term = from; term < to; term++) {
          const length = (segment.offsets[term + 1] ?? 0) - (segment.offsets[term] ?? 0);
          // What is typed nearly whole is more likely meant than the beginning of something long.
          takeBest(segment, term, 0.4 + (0.5 * prefix.length) / length, best);
        }
      }
      for (const [at, wanted] of terms.entries()) {
        const { from, to } = segment.find(wanted);
        // The word as it was typed before its other forms.
        if (from < to) takeBest(segment, from, at === 0 ? 1 : 0.8, best);
      }
    }
    let documents = 0;
    for (let i = 0; i < best.length; i++) if ((best[i] ?? 0) > 0) documents += 1;
    const rarity = Math.log(1 + best.length / (1 + documents));
    for (let i = 0; i < best.length; i++) {
      const score = best[i] ?? 0;
      if (score === 0) continue;
      scores[i] = (scores[i] ?? 0) + score * rarity;
      wordsFound[i] = (wordsFound[i] ?? 0) + 1;
    }
  }

  /** The best of what has at least `least` words. */
  #best(
    scores: Float32Array,
    wordsFound: Uint8Array,
    least: number,
    isWanted: readonly boolean[],
    limit: number,
  ): { readonly hits: readonly SearchHit[]; readonly total: number } {
    const { isGone, kindOf } = this.#documents;
    const recency = this.#documents.recency();
    let total = 0;
    let kept: SearchHit[] = [];
    // Below the score of the last one that was kept at the last sorting, nothing can still come in.
    let threshold = -1;
    for (let i = 0; i < scores.length; i++) {
      const found = wordsFound[i] ?? 0;
      if (found < least || isGone[i] === 1 || isWanted[kindOf[i] ?? 0] !== true) continue;
      total += 1;
      // More words found always beats better ones.
      const score = found * 1000 + (scores[i] ?? 0) * (1 + recencyGain * (recency[i] ?? 0));
      if (score < threshold) continue;
      kept.push(this.#hit(i, score));
      if (kept.length < limit * 4) continue;
      kept = kept.sort(compareHits).slice(0, limit);
      threshold = kept.at(-1)?.score ?? -1;
    }
    return { hits: kept.sort(compareHits).slice(0, limit), total };
  }

  #hit(i: number, score: number): SearchHit {
    const { ids, kinds, kindOf, dayOf } = this.#documents;
    const day = dayOf[i] ?? noDay;
    return {
      id: ids[i] ?? "",
      kind: kinds[kindOf[i] ?? 0] ?? "",
      day: day === noDay ? undefined : dayOfNumber(day),
      score,
    };
  }

  /** One segment without what is gone; documents get new numbers. */
  #compact(): void {
    if (this.#segments.length < 2 && this.#documents.goneCount === 0) return;
    const { documents, newNumbers } = this.#documents.withoutGone();
    this.#segments = [mergeSegments(this.#segments, (document) => newNumbers[document] ?? -1)];
    this.#documents = documents;
  }
}

function takeBest(segment: Segment, term: number, weight: number, best: Float32Array): void {
  const end = segment.starts[term + 1] ?? 0;
  for (let at = segment.starts[term] ?? 0; at < end; at++) {
    const posting = segment.postings[at] ?? 0;
    const score = weight * (isInTitle(posting) ? titleWeight : 1) * (0.8 + 0.2 * timesOf(posting));
    const document = documentOf(posting);
    if (score > (best[document] ?? 0)) best[document] = score;
  }
}

function compareHits(a: SearchHit, b: SearchHit): number {
  if (a.score !== b.score) return b.score - a.score;
  const [dayA, dayB] = [a.day ?? "", b.day ?? ""];
  if (dayA !== dayB) return dayA < dayB ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
