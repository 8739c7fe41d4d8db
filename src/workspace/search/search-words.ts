/** How a text falls into words: the same for documents, for queries and for highlights, or they would miss each other. */

/**
 * A word: `source.slice(from, to)`, standing in the text from `start` to `end`. For most words the two are the same; a sum with gaps
 * is joined in a text of its own. Not sliced yet, because an index of millions of words has seen nearly all of them before.
 */
type Emit = (source: string, from: number, to: number, start: number, end: number) => void;

/** Letters, marks and digits of the first plane. Surrogates count too: rare scripts are words, an emoji can be looked for. */
let table: Uint8Array | undefined;
function wordTable(): Uint8Array {
  if (table !== undefined) return table;
  table = new Uint8Array(65_536);
  for (let code = 0; code < 65_536; code++) {
    const isSurrogate = code >= 0xd800 && code < 0xe000;
    if (isSurrogate || /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code))) table[code] = 1;
  }
  return table;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019 || code === 0x02bc;

const isoDay = /(\d{4})-(\d{2})-(\d{2})(?!\d)/y;
const writtenDay = /(\d{2})\.(\d{2})\.(\d{4})(?!\d)/y;
const grouped = /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)/y;
const noCents = /[.,]00(?![\d.,])/y;

/** A hundred letters identify whatever a person types; longer runs are encoded data in bank texts. */
const longestWord = 100;

/**
 * Calls `emit` for each word from left to right. Days are one word in whichever way they are written ("09.03.2025" ->
 * "20250309"), sums lose their gaps and their ",00" ("1 240 000,00" -> "1240000"); "it's" and "Natal'ya" are one word.
 */
export function scanWords(text: string, emit: Emit): void {
  const isWord = wordTable();
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isWord[code] === 0) {
      at += 1;
      continue;
    }
    if (isDigit(code) && (at === 0 || isWord[text.charCodeAt(at - 1)] === 0)) {
      const end = scanNumber(text, at, emit);
      if (end > at) {
        at = end;
        continue;
      }
    }
    const start = at;
    while (at < text.length) {
      const next = text.charCodeAt(at);
      const joins = isWord[next] === 1 || (isApostrophe(next) && isWord[text.charCodeAt(at + 1)] === 1);
      if (!joins) break;
      at += 1;
    }
    emit(text, start, Math.min(at, start + longestWord), start, at);
  }
}

/** Emits what is special about a number at `at` and returns where it ends; `at` itself when nothing is. */
function scanNumber(text: string, at: number, emit: Emit): number {
  let end = at + 1;
  while (isDigit(text.charCodeAt(end))) end += 1;
  const after = text.charCodeAt(end);
  const digits = end - at;
  if (digits === 4 && after === 45) {
    const day = matchAt(isoDay, text, at);
    if (day !== undefined) return emitNumber(`${day[1]}${day[2]}${day[3]}`, at, day[0].length, emit);
  }
  if (digits === 2 && after === 46) {
    const day = matchAt(writtenDay, text, at);
    if (day !== undefined) return emitNumber(`${day[3]}${day[2]}${day[1]}`, at, day[0].length, emit);
  }
  if (digits <= 3 && (after === 32 || after === 0xa0 || after === 0x202f)) {
    const sum = matchAt(grouped, text, at)?.[0];
    if (sum !== undefined) {
      const cents = matchAt(noCents, text, at + sum.length)?.[0] ?? "";
      return emitNumber(sum.replace(/[^\d]/gu, ""), at, sum.length + cents.length, emit);
    }
  }
  if (after === 44 || after === 46) {
    const cents = matchAt(noCents, text, end)?.[0];
    if (cents !== undefined) return emitNumber(text.slice(at, end), at, end - at + cents.length, emit);
  }
  return at;
}

function emitNumber(word: string, at: number, length: number, emit: Emit): number {
  emit(word, 0, word.length, at, at + length);
  return at + length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
