import { categoryLabels } from "#domain/funds/labels.ts";
import type { ConfirmationHow, ConfirmationRole, Related, Titles } from "#domain/funds/entries.ts";
import { approvalsNeeded } from "#domain/funds/fold-spending.ts";
import { general } from "#domain/funds/ids.ts";
import { asObject } from "#domain/funds/parse-fields.ts";
import { mayBeReserved } from "#domain/funds/reserves.ts";
import { checkRelatedParty } from "#domain/funds/related-party.ts";
import type { FundsState, SpendingState } from "#domain/funds/state.ts";
import { isCash } from "#domain/funds/settlement.ts";
import { fromBase64Url, toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { Session } from "#session/session.ts";
import { openFile } from "#vault/open/file.ts";
import { nextNumbered } from "#workspace/appeals/calls.ts";
import { entriesAt, textOf, type LedgerEntry } from "#workspace/appeals/ledger.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { spendingFilters, type SpendingFilter } from "./filters.ts";

/** What a member can do next with a payment. */
export type NextStep = "approve" | "pay" | "confirm" | "none";

export type PaymentRow = {
  readonly id: string;
  readonly appeal: string;
  readonly title: Titles;
  readonly category: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly payee: string | undefined;
  readonly date: string | undefined;
  readonly state: SpendingState["state"];
  /** `outside`: of the past, approved elsewhere. */
  readonly approval: SpendingState["approval"];
  readonly proposer: string;
  readonly approvals: readonly string[];
  readonly approvalsNeeded: number;
  readonly related: Related | undefined;
  readonly relation: string | undefined;
  readonly approver: string | undefined;
  readonly receipt: string | undefined;
  readonly hasFile: boolean;
  readonly paidFrom: string | undefined;
  /** A bank row shows it; cash needs none. */
  readonly bank: "seen" | "waiting" | "cash" | "none";
  readonly confirmed: Readonly<
    Partial<Record<ConfirmationRole, { readonly how: ConfirmationHow; readonly date: string | null }>>
  >;
  readonly next: NextStep;
};

export type SpendingList = {
  /** The last recorded, the last first. */
  readonly payments: readonly PaymentRow[];
  /** How many there are of these. */
  readonly total: number;
  /** Filters that leave something. */
  readonly present: readonly SpendingFilter[];
};

/** What the form of a new payment needs to know. */
export type PaymentChoices = {
  readonly nextId: string;
  readonly base: string;
  readonly ids: readonly string[];
  readonly funds: readonly {
    readonly id: string;
    readonly title: Titles;
    readonly currency: string;
    /** The most that may be reserved, by currency. */
    readonly available: Readonly<Record<string, bigint>>;
    /** Nothing new is reserved for it; what was paid before its end can still be recorded. */
    readonly isEnded: boolean;
  }[];
  readonly categories: readonly string[];
  readonly payees: readonly string[];
  readonly accounts: readonly {
    readonly number: string;
    readonly currency: string | null;
    readonly isFrozen: boolean;
  }[];
  readonly approvalLimit: { readonly currency: string; readonly minor: bigint } | undefined;
};

export type PaymentEvent = {
  readonly index: number;
  readonly hash: string;
  readonly type: string;
  readonly at: number;
  readonly member: string;
  readonly role: string | undefined;
  readonly how: string | undefined;
  readonly by: string | undefined;
  readonly document: string | undefined;
  readonly hasDocument: boolean;
  /** A receipt that was added by this correction. */
  readonly hasReceipt: boolean;
  readonly reason: string | undefined;
  /** Of a correction: the number of the entry that it corrects. */
  readonly corrects: number | undefined;
};

export type PaymentPage = PaymentRow & {
  readonly member: string;
  readonly isMemberRelated: boolean;
  readonly events: readonly PaymentEvent[];
  /** The untouched file is kept beside the one that may be shown. */
  readonly hasOriginal: boolean;
  readonly accounts: PaymentChoices["accounts"];
};

export type OpenedReceipt = {
  readonly name: string;
  readonly content: Blob;
  readonly sha256: string;
};

type ReadEntry = Awaited<ReturnType<Session["open"]>>;

export const spendingCalls = {
  "spending.list": async (
    desk: Desk,
    { show, most }: { show: SpendingFilter; most: number },
  ): Promise<SpendingList> => {
    const { session } = desk;
    const { funds } = await session.books();
    const shown: SpendingState[] = [];
    const present = new Set<SpendingFilter>();
    for (const one of funds.spending.values())
      for (const filter of filtersOf(funds, one, session.member)) {
        present.add(filter);
        if (filter === show) shown.push(one);
      }
    return {
      payments: shown
        .slice(-most)
        .map((one) => rowOf(funds, one, session))
        .toReversed(),
      total: shown.length,
      present: spendingFilters.filter((one) => one === "all" || present.has(one)),
    };
  },

  /** Payments that wait for this member: to be approved, or to be marked as paid. */
  "spending.waiting": async (desk: Desk): Promise<readonly PaymentRow[]> => {
    const { session } = desk;
    const { funds } = await session.books();
    return [...funds.spending.values()]
      .filter((one) => ["approve", "pay"].includes(nextStep(funds, one, session.member)))
      .map((one) => rowOf(funds, one, session))
      .toReversed();
  },

  "spending.choices": async (desk: Desk): Promise<PaymentChoices> => {
    const { session, outbox } = desk.opened;
    const { funds } = await session.books();
    const year = new Date(desk.now()).getFullYear();
    const waiting = outbox.idsOf("spending.reserve", "spending.past");
    const currencies = new Set([
      funds.base,
      ...[...funds.appeals.values()].map(({ currency }) => currency),
      ...[...funds.accounts.values()].flatMap(({ currency }) => currency ?? []),
    ]);
    const available = (fund: string) =>
      Object.fromEntries([...currencies].map((currency) => [currency, mayBeReserved(funds, fund, currency)]));
    const payments = [...funds.spending.values()];
    return {
      nextId: nextNumbered([...funds.spending.keys(), ...waiting], `S-${year}-`, 3),
      base: funds.base,
      ids: [...funds.spending.keys()],
      funds: [
        ...[...funds.appeals.values()].map(({ id, title, currency }) => ({
          id,
          title,
          currency,
          available: available(id),
          isEnded: funds.ended.has(id),
        })),
        { id: general, title: {}, currency: funds.base, available: available(general), isEnded: false },
      ],
      categories: [...new Set([...Object.keys(categoryLabels), ...payments.map(({ category }) => category)])],
      payees: [...new Set(payments.flatMap(({ payee }) => payee ?? []))].toSorted(),
      accounts: accountsOf(funds),
      approvalLimit: funds.policy?.approvalLimit,
    };
  },

  "spending.page": async (desk: Desk, { id }: { id: string }): Promise<PaymentPage> => {
    const { session } = desk;
    const { funds } = await session.books();
    const spending = spendingOf(funds, id);
    const index = await session.index();
    const about = index.about([id]);
    const entries = await entriesAt(session, [...about, ...index.correcting(about)]);
    const events = eventsOf(funds, entries, id);
    const first = entries.find(
      ({ type, pub }) => (type === "spending" || type === "spending.reserved") && pub["id"] === id,
    );
    return {
      ...rowOf(funds, spending, session),
      member: session.member,
      isMemberRelated:
        spending.related !== undefined &&
        checkRelatedParty({
          related: spending.related,
          payee: spending.payee ?? "",
          approver: session.member,
          relation: spending.relation,
        }) !== undefined,
      events,
      hasOriginal: textOf(asObject(first?.hidden["original"]) ?? {}, "file") !== undefined,
      accounts: accountsOf(funds),
    };
  },

  /** Opens the sealed file of a payment or of a confirmation, and compares it with the digest that was recorded. */
  "spending.file": async (
    desk: Desk,
    { index, id, which }: { id: string; which: "receipt" | "original" | "attached"; index?: number },
  ): Promise<OpenedReceipt> => {
    const { session } = desk;
    const entry = await entryWith(session, id, which, index);
    const named = asObject(entry?.opened.hidden[which]);
    const stored = textOf(named ?? {}, "file");
    const reference = stored === undefined ? undefined : entry?.box?.files[stored];
    if (stored === undefined || reference === undefined)
      throw new Failure("receipt-not-attached", `${id}: no file is kept with this entry`);
    const sealed = await desk.opened.files.get(stored);
    if (sealed === undefined)
      throw new Failure("receipt-lost", `${id}: the server does not have the sealed file any more`);
    const hash = sha256Stream();
    // Blobs lie with the browser, which has the disk: the file never stands whole in this memory.
    const pieces: Blob[] = [];
    const opened = await openFile(reference, sealed, (piece) => {
      hash.update(piece);
      pieces.push(new Blob([new Uint8Array(piece)]));
    });
    if (!opened.ok) throw refused(opened.refusal);
    const digest = toHex(hash.digest());
    if (digest !== textOf(named ?? {}, "sha256"))
      throw new Failure("receipt-differs", `${id}: the file is not the one that was recorded`);
    const name = textOf(named ?? {}, "name") ?? textOf(toObject(entry?.opened.hidden), "document") ?? id;
    return { name, content: new Blob(pieces), sha256: digest };
  },
};

function toObject(hidden: ReadEntry["opened"]["hidden"] | undefined) {
  return asObject(hidden) ?? {};
}

function spendingOf(funds: FundsState, id: string): SpendingState {
  const spending = funds.spending.get(id);
  if (spending === undefined) throw new Failure("spending-unknown", `there is no payment ${id}`);
  return spending;
}

export function rowOf(funds: FundsState, one: SpendingState, session: Session): PaymentRow {
  const { id, appeal, category, minor, currency, payee, date, state, approval, proposer, approvals } = one;
  return {
    id,
    appeal,
    title: funds.appeals.get(appeal)?.title ?? {},
    category,
    minor,
    currency,
    payee,
    date,
    state,
    approval,
    proposer,
    approvals: [...approvals],
    approvalsNeeded: approval === "outside" ? 0 : approvalsNeeded(funds, one),
    related: one.related,
    relation: one.relation,
    approver: one.approver,
    receipt: one.receipt?.name,
    hasFile: one.receipt?.file !== undefined,
    paidFrom: one.paidFrom,
    bank: bankOf(one),
    confirmed: { ...funds.confirmations.get(id) },
    next: nextStep(funds, one, session.member),
  };
}

/** The filters that show a payment. */
function filtersOf(funds: FundsState, one: SpendingState, member: string): readonly SpendingFilter[] {
  const filters: SpendingFilter[] = ["all", one.state];
  if (one.related !== undefined) filters.push("related");
  if (nextStep(funds, one, member) === "confirm") filters.push("unconfirmed");
  return filters;
}

function bankOf(one: SpendingState): PaymentRow["bank"] {
  if (one.state !== "paid") return "none";
  if (one.settled !== null) return "seen";
  return isCash(one.paidFrom) ? "cash" : "waiting";
}

/** What of a payment waits for this member: the proposer does not approve her own. */
export function nextStep(funds: FundsState, one: SpendingState, member: string): NextStep {
  if (one.state === "reserved")
    return one.proposer !== member && !one.approvals.includes(member) ? "approve" : "none";
  if (one.state === "approved") return "pay";
  if (one.state !== "paid") return "none";
  const roles = funds.confirmations.get(one.id);
  return roles?.lawyer === undefined || roles.beneficiary === undefined ? "confirm" : "none";
}

function accountsOf(funds: FundsState): PaymentChoices["accounts"] {
  return [...funds.accounts.values()].flatMap(({ number, currency, frozen }) =>
    number === undefined ? [] : [{ number, currency, isFrozen: frozen !== null }],
  );
}

function eventsOf(funds: FundsState, entries: readonly LedgerEntry[], id: string): readonly PaymentEvent[] {
  const ours = new Map<string, number>();
  const isOurs = ({ type, pub, index, hash }: LedgerEntry): boolean => {
    const isStep =
      (type.startsWith("spending") && pub["id"] === id) ||
      (type === "confirmation" && pub["spending"] === id);
    if (isStep) ours.set(hash, index);
    return isStep || (type === "correction" && ours.has(textOf(pub, "corrects") ?? ""));
  };
  return entries
    .filter(isOurs)
    .map(({ index, hash, type, at, kid, pub, hidden }) => ({
      index,
      hash,
      type,
      at,
      member: funds.members.get(kid) ?? kid,
      role: textOf(pub, "role"),
      how: textOf(pub, "how"),
      by: textOf(hidden, "by"),
      document: textOf(hidden, "document"),
      hasDocument: textOf(asObject(hidden["attached"]) ?? {}, "file") !== undefined,
      hasReceipt: type === "correction" && textOf(asObject(hidden["receipt"]) ?? {}, "file") !== undefined,
      reason: textOf(pub, "reason"),
      corrects: type === "correction" ? ours.get(textOf(pub, "corrects") ?? "") : undefined,
    }))
    .toReversed();
}

/** The entry that names the file: the payment's first one, or the one of the given number. */
async function entryWith(
  session: Session,
  id: string,
  which: "receipt" | "original" | "attached",
  index: number | undefined,
): Promise<ReadEntry | undefined> {
  let at = index;
  if (at === undefined) {
    const { funds } = await session.books();
    const hash = fromBase64Url(spendingOf(funds, id).entry);
    at = hash === undefined ? undefined : (await session.store.entryByHash(hash))?.index;
  }
  if (at === undefined) return undefined;
  for await (const entry of session.read(at, at + 1)) return which in entry.opened.hidden ? entry : undefined;
  return undefined;
}
