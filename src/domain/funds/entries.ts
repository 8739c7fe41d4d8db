import type { Json, JsonObject } from "#record/json-strict.ts";
import type { Money } from "./money.ts";

/**
 * The entries of the books, version 1: what each says, which of its fields everybody sees (`pub`) and which stand
 * behind a salted digest (`hidden`) until somebody is shown them. `spec/money.md` is the normative text.
 *
 * Privacy considerations: a gift's own amount, day, donor, memo and appeal are always hidden. Public are the numbering,
 * the number of lines of an import, nullifiers, spending by category and sum, and the weekly closes.
 */

export type { Json, JsonObject };

/** JSON that is being put together. */
export type JsonDraft = { [member: string]: Json };

/** An entry as its reader opened it: the members of record's `OpenedEntry` that the books need. */
export type FundsEntry = {
  readonly index?: number | undefined;
  readonly hash: Uint8Array;
  readonly kid: string;
  readonly type: string;
  /** The author's clock, unix seconds: information only. */
  readonly at: number;
  readonly stream?: { readonly id: string; readonly seq: number } | undefined;
  readonly pub: JsonObject;
  readonly hidden: JsonObject;
  /** Undefined: an element that this reader was not shown. */
  readonly items: readonly ({ readonly open: JsonObject; readonly hidden: JsonObject } | undefined)[];
};

/** An entry to be signed. The session adds genesis, clock, anchor and the place in the stream. */
export type FundsDraft = {
  readonly type: string;
  readonly stream: FundsStream;
  readonly pub: JsonObject;
  readonly hidden?: JsonObject;
  readonly items?: readonly { readonly open: JsonObject; readonly hidden?: JsonObject }[];
};
export type FundsStream =
  | "funds"
  | "statements"
  | "attributions"
  | "refunds"
  | "spending"
  | "confirmations"
  | "covers"
  | "closes";

export type Language = "kk" | "ru" | "en";
export type Titles = { readonly [language in Language]?: string };
export type Direction = "credit" | "debit";

/** `funds.policy`, all public. `unsigned`: where a credit without any sign goes; `shortfall`: what bridges an appeal. */
export type Policy = {
  readonly names: Titles;
  readonly unsigned: "general" | "unknown";
  readonly shortfall: "general" | "none";
  readonly approvalLimit?: Money | undefined;
};

/** `appeal`, all public. `leftover`: the rule for what stays over, fixed before the first gift. */
export type Appeal = {
  readonly id: string;
  readonly hashtag?: string | undefined;
  readonly opened: string;
  readonly title: Titles;
  readonly currency: string;
  readonly leftover?: string | undefined;
};

/**
 * `appeal.ended`, all public: nobody asks for it any more, from the day `ended` on. What comes all the same counts, and payments
 * that were reserved go on. `leftover`: what happens with what is left, where the appeal did not say it when it was opened.
 */
export type AppealEnd = {
  readonly appeal: string;
  readonly ended: string;
  readonly reason: EndReason;
  readonly leftover?: string | undefined;
};
/** In the order in which forms offer them. */
export const endReasons = ["goal-reached", "need-fell-away", "other"] as const;
export type EndReason = (typeof endReasons)[number];

/** `appeal.reopened`, all public: the end was an error, or the need came back. */
export type AppealReopening = { readonly appeal: string; readonly reopened: string; readonly reason: string };

/** `post`, all public: one request for an appeal. A repost asks again for the same; it adds no target and no money. */
export type Post = {
  readonly id: string;
  readonly appeal: string;
  readonly kind: string;
  readonly published: string;
  readonly target: Money;
  readonly case?: string | undefined;
  readonly textHash?: string | undefined;
};

/** `case.share`, all public: `parts` of `of` equal parts of an appeal are for the case. */
export type CaseShare = {
  readonly case: string;
  readonly appeal: string;
  readonly parts: number;
  readonly of: number;
};

/** `account`: pub account (keyed digest), currency, published; hidden number, holder. A later entry completes an earlier. */
export type Account = {
  readonly account: string;
  readonly currency: string | null;
  readonly published: boolean;
  readonly number?: string | undefined;
  readonly holder?: string | undefined;
};

export type Party = {
  readonly name?: string | undefined;
  readonly account?: string | undefined;
  readonly bin?: string | undefined;
  readonly bank?: string | undefined;
};

/** One element of `statement.lines`: `open` shows when the element is shown, `party`, memo and reference each apart. */
export type LineItem = {
  readonly position: string;
  readonly date: string;
  readonly direction: Direction;
  readonly minor: bigint;
  readonly currency: string;
  /** The same bank row stands in an earlier statement: kept as evidence, counts nothing. */
  readonly known: boolean;
  /** Its amount could not be read: counts as a row, adds nothing. */
  readonly unreadable: boolean;
  readonly row: number;
  readonly party?: Party | undefined;
  readonly memo?: string | undefined;
  readonly reference?: string | undefined;
};

/** `statement.lines`: pub import, part, account, lines. Counts only when a `statement` names it. */
export type StatementLines = {
  readonly import: string;
  readonly part: number;
  readonly account: string;
  readonly lines: number;
  readonly items: readonly (LineItem | undefined)[];
};

export type Tally = { readonly count: number; readonly minor: bigint };

/** `statement`: pub import, account, parts, lines; the rest hidden. A printed balance that is missing is null. */
export type Statement = {
  readonly import: string;
  readonly account: string;
  readonly parts: readonly string[];
  readonly lines: number;
  readonly file?: StatementFile | undefined;
  readonly opening?: bigint | null | undefined;
  readonly closing?: bigint | null | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Days of its first and last row, which its printed period may exceed. */
  readonly firstDay?: string | undefined;
  readonly lastDay?: string | undefined;
  readonly credits?: Tally | undefined;
  readonly debits?: Tally | undefined;
  readonly newCredits?: Tally | undefined;
  readonly newDebits?: Tally | undefined;
  readonly discrepancy?: Discrepancy | undefined;
};
export type StatementFile = {
  readonly sha256: string;
  readonly name: string;
  readonly size: number;
  readonly format: string;
  /** Which statement of the file, counted from 0. */
  readonly number: number;
};
export type Discrepancy = { readonly by: string; readonly why: string; readonly problems: readonly string[] };

/** Money of one bank row and the place that it counts for. The parts of a row add up to the row. */
export type Part = { readonly to: string; readonly minor: bigint };

export type GroundKind =
  | "code"
  | "hashtag"
  | "decision"
  | "policy"
  | "ambiguous"
  | "payment"
  | "refund"
  | "fee"
  | "own-transfer"
  | "none";

/** Why a row counts where it counts. `detail` is the matched text or the named person's reason; `decision` the hash of a waiting decision that it fulfils. */
export type Ground = {
  readonly kind: GroundKind;
  readonly detail?: string | undefined;
  readonly by?: string | undefined;
  readonly decision?: string | undefined;
};

/** The hidden field `gift` of an attributed row. `before` stands only in a move: where the row counted until now. */
export type Gift = {
  readonly date: string;
  readonly direction: Direction;
  readonly currency: string;
  readonly account: string;
  readonly parts: readonly Part[];
  readonly before?: readonly Part[] | undefined;
  readonly ground: Ground;
};

export type AttributionItem = {
  /** Destinations without amounts: shown for every row, they prove that no other row went to an appeal. */
  readonly to: readonly string[];
  readonly from?: readonly string[] | undefined;
  readonly gift?: Gift | undefined;
};

/** `attribution`: pub part, lines (places in that part), nullifiers, one of each per item. */
export type Attribution = {
  readonly part: string;
  readonly lines: readonly number[];
  readonly nullifiers: readonly string[];
  readonly items: readonly (AttributionItem | undefined)[];
};

/** `attribution.moved`: pub corrects (hash of the entry that attributed the row until now), nullifier, reason. */
export type AttributionMoved = {
  readonly corrects: string;
  readonly nullifier: string;
  readonly reason: string;
  readonly item?: AttributionItem | undefined;
};

/** `decision`: nothing public; a named person's word about a reference that no statement has shown yet. */
export type Decision = {
  readonly reference: string;
  readonly appeal: string;
  readonly ground: string;
  readonly by: string;
  readonly account?: string | undefined;
  readonly date?: string | undefined;
};

/** `refund`: pub id; the rest hidden. `credit` (the gift's nullifier) is absent, and `parts` an empty list in the entry, while its reference waits. */
export type Refund = {
  readonly id: string;
  readonly reference?: string | undefined;
  readonly date?: string | undefined;
  readonly minor?: bigint | undefined;
  readonly currency?: string | undefined;
  readonly reason?: string | undefined;
  readonly credit?: string | undefined;
  readonly parts?: readonly Part[] | undefined;
};

export type Related = "staff" | "officer" | "relative";
export type Receipt = {
  readonly name: string;
  readonly sha256?: string | undefined;
  /** Name of the sealed file in the file store. */
  readonly file?: string | undefined;
};

/** `spending` and `spending.reserved`: pub id, appeal, category, minor, currency, approval, related; the rest hidden. */
export type Spending = {
  readonly id: string;
  readonly appeal: string;
  readonly category: string;
  readonly minor: bigint;
  readonly currency: string;
  /** `outside`: paid before these books began, approved elsewhere; `members`: by keys in this record. */
  readonly approval: "outside" | "members";
  readonly related?: Related | undefined;
  readonly date?: string | undefined;
  readonly payee?: string | undefined;
  readonly receipt?: Receipt | undefined;
  readonly paidFrom?: string | undefined;
  readonly relation?: string | undefined;
  readonly approver?: string | undefined;
};

export type ConfirmationRole = "lawyer" | "beneficiary";
/** Only `signed` and `attested` are proof; `recorded` is what we wrote down ourselves. */
export type ConfirmationHow = "signed" | "attested" | "recorded";

/** `confirmation`: pub spending, role, how; hidden date, by, document. */
export type Confirmation = {
  readonly spending: string;
  readonly role: ConfirmationRole;
  readonly how: ConfirmationHow;
  readonly date?: string | undefined;
  readonly by?: string | undefined;
  readonly document?: string | undefined;
};

/**
 * `cover.given` and `cover.repaid`: general funds bridge an appeal, or get the bridge back. Public are appeal, currency and
 * ground, and of a cover by decision all of it. By the policy `minor` and `date` are hidden: such a cover follows each gift
 * by its exact sum. Older logs show them; they are read wherever they stand. Undefined: this reader was not shown them.
 */
export type Cover = {
  readonly appeal: string;
  readonly currency: string;
  readonly minor?: bigint | undefined;
  readonly date?: string | undefined;
  readonly ground: "policy" | "decision";
  readonly decision?: string | undefined;
};

/** `rate`, all public. `rate` is the decimal text of the source, never computed with as a float. */
export type Rate = {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly source: string;
};

/** `account.frozen` and `account.released`, all public. */
export type AccountEvent = { readonly account: string; readonly date: string; readonly detail: string };

/** `fund.close`, all public: what may be known of an appeal's gifts up to the end of a week. */
export type FundClose = {
  readonly appeal: string;
  readonly currency: string;
  readonly week: string;
  readonly count: number;
  readonly minor: bigint;
  readonly classes: readonly { readonly minor: bigint; readonly count: number }[];
  readonly pooled: Tally | null;
  readonly carried: number;
  readonly attributions: number;
};

/** `correction`: pub corrects, reason; hidden whatever was wrong and is right. Nothing is edited. */
export type Correction = { readonly corrects: string; readonly reason: string };

/** What one entry says, after its form was checked. */
export type Fact =
  | {
      readonly type: "genesis";
      readonly name: string;
      readonly currency: string;
      readonly keys: readonly MemberKey[];
    }
  | { readonly type: "key.add" | "key.appoint"; readonly key: MemberKey }
  | { readonly type: "funds.policy"; readonly policy: Policy }
  | { readonly type: "appeal"; readonly appeal: Appeal }
  | { readonly type: "appeal.ended"; readonly end: AppealEnd }
  | { readonly type: "appeal.reopened"; readonly reopening: AppealReopening }
  | { readonly type: "post"; readonly post: Post }
  | { readonly type: "case.share"; readonly share: CaseShare }
  | { readonly type: "account"; readonly account: Account }
  | { readonly type: "statement.lines"; readonly lines: StatementLines }
  | { readonly type: "statement"; readonly statement: Statement }
  | { readonly type: "attribution"; readonly attribution: Attribution }
  | { readonly type: "attribution.moved"; readonly moved: AttributionMoved }
  | { readonly type: "decision"; readonly decision: Decision | undefined }
  | { readonly type: "refund" | "refund.matched"; readonly refund: Refund }
  | { readonly type: "spending" | "spending.reserved"; readonly spending: Spending }
  | {
      readonly type: "spending.approved" | "spending.paid";
      readonly id: string;
      readonly date?: string | undefined;
    }
  | { readonly type: "spending.voided"; readonly id: string; readonly reason: string }
  | { readonly type: "confirmation"; readonly confirmation: Confirmation }
  | { readonly type: "cover.given" | "cover.repaid"; readonly cover: Cover }
  | { readonly type: "rate"; readonly rate: Rate }
  | { readonly type: "account.frozen" | "account.released"; readonly event: AccountEvent }
  | { readonly type: "fund.close"; readonly close: FundClose }
  | { readonly type: "correction"; readonly correction: Correction };

/** A device key and the member whose it is: two approvals by two devices of one member are one approval. */
export type MemberKey = { readonly kid: string; readonly member: string };
