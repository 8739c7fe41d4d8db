import type { Json, JsonObject } from "#domain/funds/entries.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { Choice } from "./choose.ts";
import { addFigures, figuresOfAppeal } from "./figures.ts";
import type { Stated } from "./read-facts.ts";
import { answerClaim, parseClaim, type ClaimAnswer } from "./statement/claim.ts";
import type { Figures, Question } from "./statement/statement.ts";

/**
 * How much of one field would open. `field` is "" for the rows of a statement or attribution themselves: their sum, day and
 * account, which open before any field of theirs can.
 */
export type PreviewedField = {
  readonly type: string;
  readonly field: string;
  readonly isOfRow: boolean;
  /** Values that the reader of the dossier sees. */
  readonly opened: number;
  /** Values that exist and stay hidden from him. */
  readonly hidden: number;
  /** A few of those that open, as they stand in the entries; a sum beside its currency, wherever that stands. */
  readonly examples: readonly Json[];
};

export type DossierPreview = {
  /** Appeals that the question is about. */
  readonly scope: readonly string[];
  readonly fields: readonly PreviewedField[];
  /** The figures that it will state, and what they say to the claim. */
  readonly totals: Figures;
  readonly claim: ClaimAnswer | null;
};

/** `question-unknown`: no such appeal, post or case. `claim-unreadable`: not an amount, a currency and a word. */
export type PreviewRefusal = Refusal<"question-unknown" | "claim-unreadable">;

const examplesMax = 3;

type Tally = { opened: number; hidden: number; readonly examples: Json[] };

/**
 * What a dossier would disclose, without making it: the same {@link Choice} that cuts the disclosures out counts them here.
 * `stated`: the entries of the books as their maker reads them; `state`: the books folded from them, with their days.
 */
export const previewDossier = (
  source: {
    readonly question: Question;
    readonly claim?: string | undefined;
    readonly disclose: readonly string[];
  },
  stated: readonly Stated[],
  state: FundsState,
): Result<DossierPreview, PreviewRefusal> => {
  const claim = source.claim === undefined ? null : parseClaim(source.claim);
  if (claim === undefined)
    return refuse({
      code: "claim-unreadable",
      message: 'A claim reads like "31000000 KZT raised" (or spent, returned, covered, left).',
    });
  const choice = new Choice(source.question, stated, source.disclose);
  if (choice.scope.size === 0)
    return refuse({ code: "question-unknown", message: "The record does not know what is asked about." });
  const scope = [...choice.scope];
  const totals = addFigures(
    scope.map((appeal) => figuresOfAppeal(appeal, source.question, state)),
    state.base,
  );
  return ok({
    scope,
    fields: countFields(choice, stated),
    totals,
    claim: claim === null || source.claim === undefined ? null : answerClaim(source.claim, claim, totals),
  });
};

const countFields = (choice: Choice, stated: readonly Stated[]): readonly PreviewedField[] => {
  const tallies = new Map<string, Tally>();
  const count = (type: string, field: string, isOfRow: boolean, isOpened: boolean, value: Json): void => {
    const key = JSON.stringify([type, field, isOfRow]);
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, (tally = { opened: 0, hidden: 0, examples: [] }));
    if (!isOpened) tally.hidden += 1;
    else if (++tally.opened <= examplesMax) tally.examples.push(value);
  };
  for (const one of stated) {
    const { type, pub, hidden, items } = one.entry;
    const shown = choice.shownOf(one);
    const currency = pub["currency"] ?? hidden["currency"];
    for (const [name, value] of Object.entries(hidden)) {
      const example = name === "minor" && currency !== undefined ? { currency, minor: value } : value;
      count(type, name, false, shown.fields.has(name), example);
    }
    for (const [place, item] of items.entries()) {
      if (item === undefined) continue;
      const ofItem = shown.items(place);
      count(type, "", true, ofItem !== undefined, item.open);
      for (const [name, value] of Object.entries(item.hidden as JsonObject))
        count(type, name, true, ofItem?.has(name) ?? false, value);
    }
  }
  return [...tallies].map(([key, tally]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key that was made above
    const [type, field, isOfRow] = JSON.parse(key) as [string, string, boolean];
    return { type, field, isOfRow, ...tally };
  });
};
