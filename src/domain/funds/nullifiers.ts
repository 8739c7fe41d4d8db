import { toBase64Url } from "#record/bytes.ts";
import type { FundsEntry } from "./entries.ts";
import { parseFact } from "./parse-entries.ts";

/**
 * Checks that each bank row counts once, from public fields alone: show it every entry in log order. Log check, dossier and
 * verifier use it on the whole stream, not only on the appeal in question, because a row counted twice would show in another.
 */
export class NullifierCheck {
  readonly problems: NullifierProblem[] = [];
  /** The entry that attributes each row now. */
  readonly #now = new Map<string, string>();
  /** Parts: how many lines, whether a manifest counts them, which lines were attributed. */
  readonly #parts = new Map<
    string,
    { readonly lines: number; isCounted: boolean; readonly attributed: Set<number> }
  >();
  readonly #requireParts: boolean;

  /** `requireParts` false: in a dossier the statements themselves may be left out. */
  constructor({ requireParts = true } = {}) {
    this.#requireParts = requireParts;
  }

  get rows(): number {
    return this.#now.size;
  }

  see(entry: FundsEntry): void {
    const fact = parseFact(entry);
    if (fact === undefined || !fact.ok) return;
    const hash = toBase64Url(entry.hash);
    const { value } = fact;
    if (value.type === "statement.lines") {
      this.#parts.set(hash, { lines: value.lines.lines, isCounted: false, attributed: new Set() });
    } else if (value.type === "statement") {
      for (const part of value.statement.parts) this.#countPart(hash, part);
    } else if (value.type === "attribution") {
      this.#attribute(hash, value.attribution);
    } else if (value.type === "attribution.moved") {
      const { nullifier, corrects } = value.moved;
      const now = this.#now.get(nullifier);
      if (now === undefined) this.#add("move-of-unknown-row", hash, nullifier);
      // Two moves of one entry would each take the gift out of the same place.
      else if (now !== corrects) this.#add("move-of-superseded-entry", hash, nullifier);
      else this.#now.set(nullifier, hash);
    }
  }

  /** Parts that are counted but of which lines are not attributed are for the fold's `pending`; here only what is twice. */
  #attribute(
    hash: string,
    attribution: {
      readonly part: string;
      readonly lines: readonly number[];
      readonly nullifiers: readonly string[];
    },
  ): void {
    const part = this.#parts.get(attribution.part);
    if (part === undefined && this.#requireParts)
      this.#add("attribution-without-statement", hash, attribution.part);
    if (part !== undefined && !part.isCounted)
      this.#add("attribution-before-manifest", hash, attribution.part);
    for (const [i, nullifier] of attribution.nullifiers.entries()) {
      const line = attribution.lines[i] ?? -1;
      if (!/^[A-Za-z0-9_-]{22}$/u.test(nullifier)) this.#add("nullifier-malformed", hash, nullifier);
      if (this.#now.has(nullifier)) this.#add("nullifier-twice", hash, nullifier);
      this.#now.set(nullifier, hash);
      if (part === undefined) continue;
      if (line >= part.lines) this.#add("line-not-in-part", hash, `${line}`);
      if (part.attributed.has(line)) this.#add("line-twice", hash, `${line}`);
      part.attributed.add(line);
    }
  }

  #countPart(hash: string, name: string): void {
    const part = this.#parts.get(name);
    if (part === undefined) {
      if (this.#requireParts) this.#add("part-missing", hash, name);
    } else if (part.isCounted) this.#add("part-twice", hash, name);
    else part.isCounted = true;
  }

  #add(code: NullifierProblem["code"], entry: string, subject: string): void {
    this.problems.push({ code, entry, subject });
  }
}

export type NullifierProblem = {
  readonly code:
    | "nullifier-twice"
    | "nullifier-malformed"
    | "line-twice"
    | "line-not-in-part"
    | "attribution-without-statement"
    | "attribution-before-manifest"
    | "move-of-unknown-row"
    | "move-of-superseded-entry"
    | "part-missing"
    | "part-twice";
  /** Hash of the entry at fault. */
  readonly entry: string;
  readonly subject: string;
};
