import type { RecordedLine } from "./ports.ts";
import { isCash } from "./settlement.ts";
import type { FundsState, OpenRow, SpendingState } from "./state.ts";

/**
 * Everything that waits for somebody. `debits`, `payments` and `refunds` block the closes of their weeks, because the same
 * money stands in the bank's file and in the papers, and until they meet one of the two is wrong.
 */
export type UnmatchedView = {
  /** Bank debits that no payment, refund, fee or own transfer explains. */
  readonly debits: readonly UnmatchedRow[];
  /** Payments that no bank debit shows. */
  readonly payments: readonly {
    readonly spending: string;
    readonly appeal: string;
    readonly date: string | null;
    readonly currency: string;
    readonly minor: string;
  }[];
  readonly refunds: readonly {
    readonly refund: string;
    readonly reference: string | null;
    readonly date: string | null;
    readonly currency: string | null;
    readonly minor: string | null;
    /** `gift`: no statement shows the gift; `debit`: none shows the money going back. */
    readonly lacks: readonly ("gift" | "debit")[];
  }[];
  /** Credits whose signs contradict each other. */
  readonly credits: readonly UnmatchedRow[];
  /** Decisions whose reference no statement has shown, or more than one row bears. */
  readonly decisions: readonly {
    readonly reference: string;
    readonly appeal: string;
    readonly ground: string;
    readonly by: string;
  }[];
  /** Confirmations of payments that are not recorded. */
  readonly confirmations: readonly { readonly spending: string; readonly roles: readonly string[] }[];
};

export type UnmatchedRow = {
  readonly account: string;
  readonly date: string;
  readonly currency: string;
  readonly minor: string;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly party: string | null;
  /** For a credit: the signs that were found. */
  readonly signs: string | null;
};

/** `lines`: details of the open rows, where the caller looked them up. */
export function unmatchedView(
  state: FundsState,
  lines: ReadonlyMap<string, RecordedLine> = new Map(),
): UnmatchedView {
  const row = (open: OpenRow): UnmatchedRow => {
    const line = lines.get(open.nullifier);
    return {
      account: state.accounts.get(open.account)?.number ?? open.account,
      date: open.date,
      currency: open.currency,
      minor: open.minor.toString(),
      reference: line?.references[0] ?? null,
      memo: line?.memo ?? null,
      party: line?.party?.name ?? null,
      signs: open.detail,
    };
  };
  return {
    debits: [...state.openDebits.values()].map(row),
    payments: unpaid(state).map((one) => ({
      spending: one.id,
      appeal: one.appeal,
      date: one.date ?? null,
      currency: one.currency,
      minor: one.minor.toString(),
    })),
    refunds: openRefunds(state),
    credits: [...state.openCredits.values()].map(row),
    decisions: waitingDecisions(state),
    confirmations: orphanConfirmations(state),
  };
}

/** Refunds whose gift, or whose money going back, no statement shows. */
export function openRefunds(state: FundsState): UnmatchedView["refunds"] {
  return [...state.refunds.values()]
    .filter((one) => one.credit === undefined || one.settled === undefined)
    .map((one) => ({
      refund: one.id,
      reference: one.reference ?? null,
      date: one.date ?? null,
      currency: one.currency ?? null,
      minor: one.minor?.toString() ?? null,
      lacks: [
        ...(one.credit === undefined ? ["gift" as const] : []),
        ...(one.settled === undefined ? ["debit" as const] : []),
      ],
    }));
}

export function waitingDecisions(state: FundsState): UnmatchedView["decisions"] {
  return [...state.decisions.values()].map(({ reference, appeal, ground, by }) => ({
    reference,
    appeal,
    ground,
    by,
  }));
}

/** Confirmations of payments that are not recorded. */
export function orphanConfirmations(state: FundsState): UnmatchedView["confirmations"] {
  const found: UnmatchedView["confirmations"][number][] = [];
  for (const [spending, roles] of state.confirmations)
    if (!state.spending.has(spending)) found.push({ spending, roles: Object.keys(roles) });
  return found;
}

/** Paid through a bank, by our papers, but shown by no statement. */
export function unpaid(state: FundsState): readonly SpendingState[] {
  const found: SpendingState[] = [];
  for (const one of state.spending.values())
    if (one.state === "paid" && one.settled === null && !isCash(one.paidFrom)) found.push(one);
  return found;
}

/** What `funds --related-party` prints: the answer to the charge of personal expenses, complete by construction. */
export type RelatedPartyView = {
  readonly payments: readonly {
    readonly spending: string;
    readonly appeal: string;
    readonly category: string;
    readonly currency: string;
    readonly minor: string;
    readonly related: string;
    readonly date: string | null;
    readonly payee: string | null;
    readonly relation: string | null;
    readonly approver: string | null;
    readonly approvals: readonly string[];
  }[];
  readonly totals: readonly {
    readonly currency: string;
    readonly minor: string;
    readonly payments: number;
  }[];
  /** All payments, related or not: what the totals above are a part of. */
  readonly allPayments: readonly {
    readonly currency: string;
    readonly minor: string;
    readonly payments: number;
  }[];
};

export function relatedPartyView(state: FundsState): RelatedPartyView {
  const paid = [...state.spending.values()].filter((one) => one.state === "paid");
  const related = paid.filter((one) => one.related !== undefined);
  return {
    payments: related.map((one) => ({
      spending: one.id,
      appeal: one.appeal,
      category: one.category,
      currency: one.currency,
      minor: one.minor.toString(),
      related: one.related ?? "",
      date: one.date ?? null,
      payee: one.payee ?? null,
      relation: one.relation ?? null,
      approver: one.approver ?? null,
      approvals: one.approvals,
    })),
    totals: totalsOf(related),
    allPayments: totalsOf(paid),
  };
}

function totalsOf(payments: readonly { readonly currency: string; readonly minor: bigint }[]) {
  const totals = new Map<string, { minor: bigint; payments: number }>();
  for (const { currency, minor } of payments) {
    const total = totals.get(currency) ?? { minor: 0n, payments: 0 };
    totals.set(currency, { minor: total.minor + minor, payments: total.payments + 1 });
  }
  return [...totals].map(([currency, total]) => ({
    currency,
    minor: total.minor.toString(),
    payments: total.payments,
  }));
}
