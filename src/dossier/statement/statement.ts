import { strictJson } from "../strict-json.ts";
import type { Lang } from "./labels.ts";

/** What a dossier is asked. A period is given by its first and last day, both included. */
export type Question =
  | { readonly kind: "appeal" | "post" | "case"; readonly id: string }
  | { readonly kind: "period"; readonly from: string; readonly to: string };

export type Sum = { readonly currency: string; readonly minor: string };
export type Counted = Sum & { readonly donations: number };
export type Paid = Sum & { readonly payments: number };

/** The figures of one appeal, or of several added up, each currency apart: the object that `funds show --json` prints. */
export type Figures = {
  readonly raised: readonly Counted[];
  readonly refunded: readonly Counted[];
  readonly spent: readonly Paid[];
  readonly spentByCategory: { readonly [currency: string]: { readonly [category: string]: string } };
  readonly coveredFromGeneral: readonly Sum[];
  readonly balance: readonly Sum[];
  readonly confirmedByBoth: number;
};

export type AskedRow = {
  readonly post: string;
  readonly appeal: string;
  readonly kind: string;
  readonly published: string;
} & Sum;

export type SpendingRow = {
  readonly id: string;
  readonly appeal: string;
  readonly category: string;
  readonly currency: string;
  readonly minor: string;
  readonly date: string | null;
  readonly approval: string;
  readonly related: string | null;
  /** Whether a bank row that is shown here, and compared with the bank's line, is this payment. */
  readonly settled: boolean;
  readonly confirmations: readonly { readonly role: string; readonly how: string }[];
};

export type HiddenRow = { readonly all: number; readonly opened: number };

/** What a maker states and nothing in the entries can contradict. */
export type StatementInputs = {
  readonly v: 1;
  /** Unix seconds, by the clock of whoever made the dossier. */
  readonly made: number;
  readonly question: Question;
  readonly claim: string | null;
};

/** What every verifier computes again from the entries; the order of members is the order of the `figures.*` checks. */
export type StatementFigures = {
  readonly foundation: {
    readonly name: string;
    readonly names: Readonly<Record<Lang, string>>;
    readonly genesis: string;
    readonly log: string;
  };
  readonly log: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
    readonly entries: number;
    readonly disclosures: number;
  };
  readonly witnesses: readonly string[];
  readonly asked: readonly AskedRow[];
  readonly totals: Figures;
  readonly appeals: readonly ({
    readonly appeal: string;
    readonly title: Readonly<Record<Lang, string>>;
    /** Only where the appeal ended; dossiers of before have no such member. */
    readonly ended?: { readonly date: string; readonly reason: string };
  } & Figures)[];
  readonly spending: readonly SpendingRow[];
  readonly hidden: { readonly [what: string]: HiddenRow };
};

export type Statement = StatementInputs & StatementFigures;

export const figureNames = [
  "foundation",
  "log",
  "witnesses",
  "asked",
  "totals",
  "appeals",
  "spending",
  "hidden",
] as const;

/** The one way to write `data/statement.json`: JSON, one space of indent, a last line feed. */
export const encodeStatement = (statement: object): string => `${JSON.stringify(statement, null, 1)}\n`;

/** The statement as a stranger's file gives it: only the inputs are typed here, the figures are compared as text. */
export type ReadStatement = {
  readonly inputs: StatementInputs;
  readonly figures: { readonly [name: string]: unknown };
};

const dayPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
// oxlint-disable-next-line no-control-regex -- they are what is refused: a page or a terminal would act on them
const idPattern = /^[^\u0000-\u001f\u007f]{1,200}$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readQuestion = (value: unknown): Question | undefined => {
  if (!isRecord(value)) return undefined;
  const { kind, id, from, to } = value;
  const members = Object.keys(value).join();
  if (
    (kind === "appeal" || kind === "post" || kind === "case") &&
    members === "kind,id" &&
    typeof id === "string" &&
    idPattern.test(id)
  )
    return { kind, id };
  if (
    kind === "period" &&
    members === "kind,from,to" &&
    typeof from === "string" &&
    typeof to === "string" &&
    dayPattern.test(from) &&
    dayPattern.test(to)
  )
    return { kind, from, to };
  return undefined;
};

/** Spec §7: the members in their order, or the reason why not. */
export const readStatement = (text: string): ReadStatement | string => {
  const value = strictJson(text, 1);
  if (value === undefined || !isRecord(value)) return "not canonical JSON";
  if (Object.keys(value).join() !== ["v", "made", "question", "claim", ...figureNames].join())
    return "not the members of a statement";
  const { v, made, claim } = value;
  const question = readQuestion(value["question"]);
  if (
    v !== 1 ||
    question === undefined ||
    typeof made !== "number" ||
    made < 0 ||
    made > 253_402_300_799 ||
    !(claim === null || (typeof claim === "string" && idPattern.test(claim)))
  ) {
    return "not the members of a statement";
  }
  return { inputs: { v, made, question, claim }, figures: value };
};
