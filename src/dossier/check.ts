import { emptyFunds } from "#domain/funds/state.ts";
import { foldFunds } from "#domain/funds/fold.ts";
import { fromUtf8 } from "#record/bytes.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import { checkBag } from "./bag.ts";
import { checkCheckpoint, type Judged } from "./check-checkpoint.ts";
import { type BelievedEntries, checkEntries, type IndexedEntry, openEntries } from "./check-entries.ts";
import { CheckList, type CheckLine, type Verdict, verdictOf } from "./check-list.ts";
import { checkCloses } from "./check-closes.ts";
import { checkCovers } from "./check-covers.ts";
import { checkLines, checkPayments } from "./check-lines.ts";
import {
  addFigures,
  askedOf,
  figuresOfAppeal,
  hasUndatedPayment,
  hiddenOf,
  scopeOf,
  spendingOf,
} from "./figures.ts";
import { readFacts, type Stated } from "./read-facts.ts";
import { answerClaim, type ClaimAnswer, parseClaim } from "./statement/claim.ts";
import type { Lang } from "./statement/labels.ts";
import {
  figureNames,
  type Figures,
  type Question,
  readStatement,
  type Statement,
  type StatementFigures,
  type StatementInputs,
} from "./statement/statement.ts";
import { readablePages } from "./statement/view.ts";
import { type Files, readZip } from "./zip-read.ts";

export type DossierReport = {
  readonly verdict: Verdict;
  readonly checks: readonly CheckLine[];
  readonly claim: ClaimAnswer | null;
  /** What the entries say, computed here; null when they could not be relied on. */
  readonly figures: StatementFigures | null;
  readonly question: Question | null;
};

export type CheckOptions = {
  /** The reader's own policy (tlog-policy text); it takes the place of the one in the dossier. */
  readonly policy?: string | undefined;
};

/**
 * Checks a dossier as spec/dossier.md says, and answers with every check, whatever the first fault is. Nothing that a
 * file contains makes it throw. No clock, no network.
 *
 * @example const { verdict, checks } = await checkDossier(zipBytes);
 */
export const checkDossier = async (zip: Uint8Array, options: CheckOptions = {}): Promise<DossierReport> => {
  const files = readZip(zip);
  return files.ok ? checkDossierFiles(files.value, options) : reportOf(refusedZip(files.refusal.message));
};

const refusedZip = (message: string): CheckList => {
  const checks = new CheckList();
  checks.of("bag.zip").broken("", message);
  return checks;
};

type Found = {
  readonly claim: ClaimAnswer | null;
  readonly figures: StatementFigures | null;
  readonly question: Question | null;
};
const nothingFound: Found = { claim: null, figures: null, question: null };

const reportOf = (checks: CheckList, found: Found = nothingFound): DossierReport => {
  const lines = checks.lines();
  return { verdict: verdictOf(lines), checks: lines, ...found };
};

/** The same for a dossier that was unpacked: file names are those inside its folder. */
export const checkDossierFiles = (files: Files, options: CheckOptions = {}): DossierReport => {
  const checks = new CheckList();
  checks.of("bag.zip").ok();
  checkBag(files, {
    form: checks.of("bag.form"),
    present: checks.of("bag.files"),
    digests: checks.of("bag.manifest"),
  });
  const policy =
    options.policy === undefined ? files.get("data/policy.txt") : new TextEncoder().encode(options.policy);
  const judged = checkCheckpoint(policy, files.get("data/checkpoint"), checks);
  if (judged === undefined) return reportOf(checks);
  const believed = checkEntries(
    { files, checkpointText: judged.checkpointText, checkpoint: judged.checkpoint },
    judged.logKey,
    checks,
  );
  const { opened, disclosures } = openEntries(files, believed.entries, checks.of("disclosure.digest"));
  // A total over evidence that does not hold is no total: what follows says "could not be checked" then.
  if (!checks.evidenceHolds) return reportOf(checks);
  const stated = readFacts(opened, checks.of("entry.fields"));
  const form = checks.of("statement.form");
  const statement = readStatement(fromUtf8(files.get("data/statement.json") ?? new Uint8Array()) ?? "");
  if (typeof statement === "string") {
    form.broken("", statement);
    return reportOf(checks);
  }
  form.ok();
  if (!checks.of("entry.fields").good) return reportOf(checks);
  const { question } = statement.inputs;
  const figures = computeFigures({ question, stated, opened, judged, believed, disclosures }, checks);
  if (!figures.ok) {
    if (figures.refusal.code === "question-unknown") form.broken("", figures.refusal.message);
    return reportOf(checks, { ...nothingFound, question });
  }
  compareFigures(statement.figures, figures.value, checks);
  const claim = compareClaim(statement.inputs, figures.value, checks);
  if (checks.evidenceHolds) comparePages({ ...statement.inputs, ...figures.value }, claim, files, checks);
  return reportOf(checks, { claim, figures: figures.value, question });
};

export type FigureSource = {
  readonly question: Question;
  readonly stated: readonly Stated[];
  readonly opened: readonly IndexedEntry[];
  readonly judged: Judged;
  readonly believed: BelievedEntries;
  readonly disclosures: number;
};

/** `question-unknown`: no such appeal, post or case. `books-broken`: the checks say what; no figure is computed then. */
export type FiguresRefusal = { readonly code: "question-unknown" | "books-broken"; readonly message: string };

/** Spec §8 and §9: the checks of the books, then every figure of the statement from the entries alone. */
export const computeFigures = (
  source: FigureSource,
  checks: CheckList,
): Result<StatementFigures, FiguresRefusal> => {
  const { question, stated, judged, believed } = source;
  const scope = scopeOf(question, stated);
  const rows = checkLines(stated, new Set(scope), checks);
  checkPayments(stated, rows, checks);
  checkCovers(stated, new Set(scope), checks.of("cover.opened"));
  checkCloses(stated, new Set(scope), checks.of("close.restated"));
  if (scope === undefined || believed.genesis === undefined)
    return refuse({ code: "question-unknown", message: "the record does not know what is asked about" });
  if (!checks.evidenceHolds) return refuse({ code: "books-broken", message: "the books do not hold" });
  let state = emptyFunds();
  for (const { entry } of stated) state = foldFunds(state, entry);
  if (hasUndatedPayment(question, scope, stated, state))
    checks.of("figures.totals").unknown("the day of a payment is not shown");
  const spending = spendingOf(question, scope, state, rows);
  const ofAppeals = scope.map((appeal) => figuresOfAppeal(appeal, question, state));
  const { checkpoint } = judged;
  const text = judged.checkpointText.split("\n");
  return ok({
    foundation: {
      name: state.name,
      names: inEveryLanguage(state.policy?.names, state.name),
      genesis: believed.genesis.hash,
      log: believed.genesis.logKey,
    },
    log: {
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: text[2] ?? "",
      entries: believed.entries.size,
      disclosures: source.disclosures,
    },
    witnesses: judged.witnesses,
    asked: askedOf(question, scope, state),
    totals: addFigures(ofAppeals, state.base),
    appeals: scope.map((appeal, i) => {
      const title = inEveryLanguage(state.appeals.get(appeal)?.title, appeal);
      const end = state.ended.get(appeal);
      return {
        appeal,
        title,
        ...(end && { ended: { date: end.ended, reason: end.reason } }),
        ...(ofAppeals[i] as Figures),
      };
    }),
    spending,
    hidden: hiddenOf(stated),
  });
};

const inEveryLanguage = (
  names: { readonly [lang in Lang]?: string } | undefined,
  otherwise: string,
): Record<Lang, string> => ({
  kk: names?.kk ?? otherwise,
  ru: names?.ru ?? otherwise,
  en: names?.en ?? otherwise,
});

const compareFigures = (
  given: { readonly [name: string]: unknown },
  found: StatementFigures,
  checks: CheckList,
): void => {
  for (const name of figureNames) {
    const check = checks.of(`figures.${name}`);
    if (!check.good) continue;
    if (JSON.stringify(given[name]) === JSON.stringify(found[name])) check.ok();
    else check.broken("", "not what the entries say");
  }
};

const compareClaim = (
  { claim }: StatementInputs,
  figures: StatementFigures,
  checks: CheckList,
): ClaimAnswer | null => {
  const check = checks.of("claim");
  const parsed = claim === null ? null : parseClaim(claim);
  if (claim === null || parsed === null) {
    check.note = "nothing is claimed";
    return null;
  }
  if (parsed === undefined) {
    check.unknown("the claim can be read in more than one way");
    return null;
  }
  if (
    checks
      .of("figures.totals")
      .lines()
      .some(({ verdict }) => verdict === "could-not-check")
  ) {
    check.unknown("the figure that it is about could not be checked");
    return null;
  }
  const answer = answerClaim(claim, parsed, figures.totals);
  check.note = answer.agrees
    ? "the claim agrees with the entries"
    : "the claim does not agree with the entries";
  return answer;
};

const comparePages = (
  statement: Statement,
  claim: ClaimAnswer | null,
  files: Files,
  checks: CheckList,
): void => {
  const check = checks.of("statement.text");
  for (const [name, text] of readablePages(statement, claim)) {
    const body = files.get(name);
    if (body !== undefined && fromUtf8(body) === text) check.ok();
    else check.broken(name, "not the page that the figures give");
  }
};
