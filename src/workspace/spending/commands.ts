import { parseDay } from "#domain/funds/dates.ts";
import {
  correctionDraft,
  decideApprove,
  decidePay,
  decideReserve,
  decideVoid,
} from "#domain/funds/decide-payments.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import type { Decided } from "#domain/funds/deciding.ts";
import type { FundsDraft, JsonDraft, Receipt, Related } from "#domain/funds/entries.ts";
import { parseSpendingId } from "#domain/funds/ids.ts";
import { formatDecimal } from "#domain/funds/money.ts";
import { fromBase64Url } from "#record/bytes.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import type { Session } from "#session/session.ts";
import type { BroughtFile, Command } from "#workspace/desk/command.ts";

/** A receipt as it comes from the form: the file that may be shown, and the untouched one where they differ. */
export type BroughtReceipt = { readonly file: BroughtFile; readonly original?: Blob };

export type NewPayment = {
  readonly id: string;
  /** An appeal, or "general". */
  readonly appeal: string;
  readonly category: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly date: string;
  readonly payee: string;
  /** Number of our account, "cash", or empty: not said. */
  readonly paidFrom: string;
  readonly related?: Related;
  /** To whom and how: "sister of the accountant". */
  readonly relation: string;
  readonly receipt?: BroughtReceipt;
};

/** A payment of the past: paid already, approved outside of this record. */
export type PastPayment = NewPayment & {
  /** Who approved a payment to a related person. */
  readonly approver: string;
};

const reserve: Command<NewPayment> = {
  files: ({ receipt }) => filesOf(receipt),
  async decide(session, input, receipts) {
    const { id, appeal, category, minor, currency, date, payee } = input;
    if (parseSpendingId(id) === undefined) return idMalformed(id);
    const { funds } = await session.books();
    const decided = decideReserve(
      funds,
      {
        id,
        appeal,
        category,
        minor,
        currency,
        date,
        payee,
        paidFrom: orNothing(input.paidFrom),
        related: input.related,
        relation: orNothing(input.relation),
        receipt: receipts.get(input.receipt?.file.name ?? ""),
      },
      portsOf(session).author,
    );
    return withOriginal(decided, input.receipt, receipts);
  },
};

const past: Command<PastPayment> = {
  files: ({ receipt }) => filesOf(receipt),
  async decide(session, input, receipts) {
    const { funds } = await session.books();
    const { id, date, appeal, category, minor, currency, payee, paidFrom, related, relation, approver } =
      input;
    const values = {
      id,
      date,
      appeal,
      category,
      amount: formatDecimal(minor, currency),
      currency,
      payee,
      receipt: input.receipt?.file.name ?? "",
      paid_from: paidFrom,
      related: related ?? "",
      relation,
      approver,
    };
    const decided = await decideSpending(funds, [{ line: 1, values }], { ...portsOf(session), receipts });
    return withOriginal(decided, input.receipt, receipts);
  },
};

const approve: Command<{ readonly id: string }> = {
  decide: async (session, { id }) =>
    decideApprove((await session.books()).funds, id, portsOf(session).author),
};

const pay: Command<{ readonly id: string; readonly date: string }> = {
  async decide(session, { id, date }) {
    if (parseDay(date) === undefined)
      return refuse({ code: "date-malformed", message: "say on which day it was paid" });
    return decidePay((await session.books()).funds, id, date, portsOf(session).author);
  },
};

const voidPayment: Command<{ readonly id: string; readonly reason: string }> = {
  decide: async (session, { id, reason }) =>
    decideVoid((await session.books()).funds, id, reason, portsOf(session).author),
};

/** A receipt that came later: a correction of the payment's entry, which itself stays as it was. */
const addReceipt: Command<{
  readonly id: string;
  readonly reason: string;
  readonly receipt: BroughtReceipt;
}> = {
  files: ({ receipt }) => filesOf(receipt),
  async decide(session, { id, reason, receipt }, receipts) {
    const { funds } = await session.books();
    const spending = funds.spending.get(id);
    if (spending === undefined)
      return refuse({ code: "spending-unknown", message: `there is no payment ${id}` });
    const hidden: JsonDraft = {};
    const shown = receipts.get(receipt.file.name);
    if (shown !== undefined) hidden["receipt"] = receiptJson(shown, receipt.file.name);
    const draft = correctionDraft(spending.entry, reason, hidden);
    return withOriginal(corrected(draft), receipt, receipts);
  },
};

const correct: Command<{ readonly entry: string; readonly reason: string }> = {
  async decide(session, { entry, reason }) {
    if (reason.trim() === "")
      return refuse({
        code: "reason-missing",
        message: "a correction says what is wrong, and what is right",
      });
    if (!(await isOnRecord(session, entry)))
      return refuse({ code: "entry-unknown", message: `there is no entry ${entry}` });
    return corrected(correctionDraft(entry, reason.trim()));
  },
};

async function isOnRecord(session: Session, entry: string): Promise<boolean> {
  const hash = fromBase64Url(entry);
  return hash !== undefined && (await session.store.entryByHash(hash)) !== undefined;
}

function corrected(draft: FundsDraft): Result<Decided, Refusal> {
  return ok({ drafts: [draft], summary: { added: 1, unchanged: 0, waiting: 0, notes: [] } });
}

/** The untouched file has a name of its own, so that the two are never taken for each other. */
const originalName = (name: string): string => `original ${name}`;

function filesOf(receipt: BroughtReceipt | undefined): readonly BroughtFile[] {
  if (receipt === undefined) return [];
  const { file, original } = receipt;
  return original === undefined ? [file] : [file, { name: originalName(file.name), content: original }];
}

/** Names the untouched file in a hidden field of its own, beside `receipt`: each can be shown without the other. */
function withOriginal(
  decided: Result<Decided, Refusal>,
  receipt: BroughtReceipt | undefined,
  receipts: ReadonlyMap<string, Receipt>,
): Result<Decided, Refusal> {
  if (!decided.ok || receipt === undefined) return decided;
  const original = receipts.get(originalName(receipt.file.name));
  if (original === undefined) return decided;
  const drafts = decided.value.drafts.map((draft) =>
    draft.hidden?.["receipt"] === undefined
      ? draft
      : { ...draft, hidden: { ...draft.hidden, original: receiptJson(original, receipt.file.name) } },
  );
  return ok({ ...decided.value, drafts });
}

function receiptJson({ sha256, file }: Receipt, name: string): JsonDraft {
  return { name, ...(sha256 !== undefined && { sha256 }), ...(file !== undefined && { file }) };
}

function idMalformed(id: string) {
  return refuse({ code: "spending-id-malformed", message: `"${id}" is no number such as S-2025-020` });
}

const orNothing = (text: string): string | undefined => (text.trim() === "" ? undefined : text.trim());

export const spendingCommands = {
  "spending.reserve": reserve,
  "spending.past": past,
  "spending.approve": approve,
  "spending.pay": pay,
  "spending.void": voidPayment,
  "spending.add-receipt": addReceipt,
  "entry.correct": correct,
};
