import { openingBalances } from "../account-view.ts";
import type { Part } from "../entries.ts";
import type { RecordedLine } from "../ports.ts";
import type { FundsState } from "../state.ts";

/** One fact about money for other people's programs. Names, memos and references are there only where they were asked for. */
export type JournalFact =
  | {
      readonly kind: "opening";
      readonly date: string;
      readonly account: string;
      readonly currency: string;
      readonly minor: bigint;
    }
  | ({
      readonly kind: "row";
      readonly date: string;
      readonly account: string;
      readonly currency: string;
    } & RowFact)
  | ({
      readonly kind: "spending";
      readonly date: string;
      readonly fund: string;
      readonly currency: string;
    } & SpendingFact)
  | {
      readonly kind: "refund";
      readonly date: string;
      readonly id: string;
      readonly currency: string;
      readonly parts: readonly Part[];
    }
  | {
      readonly kind: "cover";
      readonly date: string;
      readonly fund: string;
      readonly currency: string;
      readonly minor: bigint;
    };

type RowFact = {
  readonly direction: "credit" | "debit";
  readonly minor: bigint;
  readonly parts: readonly Part[];
  readonly ground: string;
  readonly reference?: string | undefined;
  readonly party?: string | undefined;
  readonly memo?: string | undefined;
};
type SpendingFact = {
  readonly minor: bigint;
  readonly id: string;
  readonly category: string;
  readonly payee?: string | undefined;
};

export type ExportOptions = {
  /** Print donors, payees, memos and references. Only for the foundation's own bookkeeper. */
  readonly withNames: boolean;
};

/** A bank row as a fact; `alias` names the account without its number. */
export function rowFact(
  line: RecordedLine,
  alias: (account: string) => string,
  { withNames }: ExportOptions,
): JournalFact {
  const { date, account, currency, direction, minor, to, ground } = line;
  const names = withNames ? { reference: line.references[0], party: line.party?.name, memo: line.memo } : {};
  return {
    kind: "row",
    date,
    account: alias(account),
    currency,
    direction,
    minor,
    parts: to,
    ground: ground.kind,
    ...names,
  };
}

/** Every fact that is not a bank row. Cover is one net sum per appeal and currency, on the day of the last fact it bridges. */
export function* otherFacts(
  state: FundsState,
  alias: (account: string) => string,
  { withNames }: ExportOptions,
): Iterable<JournalFact> {
  for (const { account, currency, minor, date } of openingBalances(state)) {
    yield {
      kind: "opening",
      date: date === "" ? unknownDay : date,
      account: alias(account),
      currency,
      minor,
    };
  }
  for (const one of state.spending.values()) {
    if (one.state !== "paid") continue;
    const { id, appeal, category, minor, currency, payee } = one;
    const date = one.date ?? unknownDay;
    yield {
      kind: "spending",
      date,
      fund: appeal,
      currency,
      minor,
      id,
      category,
      payee: withNames ? payee : undefined,
    };
  }
  for (const { id, date, currency, parts } of state.refunds.values()) {
    if (parts !== undefined && currency !== undefined)
      yield { kind: "refund", date: date ?? unknownDay, id, currency, parts };
  }
  for (const [key, given] of state.tallies) {
    const [fund = "", currency = "", series] = key.split("\t");
    if (series !== "given") continue;
    const repaid = state.tallies.get(`${fund}\t${currency}\trepaid`)?.minor ?? 0n;
    const minor = given.minor - repaid;
    if (minor !== 0n)
      yield { kind: "cover", date: state.lastDays.get(fund) ?? unknownDay, fund, currency, minor };
  }
}
const unknownDay = "1970-01-01";

/** `KZT-1`, `EUR-1`: by currency, in the order recorded. Numbers of published accounts are public, the others nobody's. */
export function accountAliases(state: FundsState): (account: string) => string {
  const aliases = new Map<string, string>();
  const next = new Map<string, number>();
  for (const { account, currency, published, number } of state.accounts.values()) {
    const name = currency ?? "XXX";
    const count = (next.get(name) ?? 0) + 1;
    next.set(name, count);
    aliases.set(account, published && number !== undefined ? number : `${name}-${count}`);
  }
  return (account) => aliases.get(account) ?? account;
}

/** The printed closing balance of each account that its rows lead to: an assertion that the reader's program checks again. */
export function closingBalances(
  state: FundsState,
  alias: (account: string) => string,
): { readonly account: string; readonly date: string; readonly currency: string; readonly minor: bigint }[] {
  const { days } = state;
  if (days === null) return [];
  return openingBalances(state).flatMap(({ account, currency, minor: opening }) => {
    let minor = opening;
    for (const { credit, debit } of days.accounts.get(account)?.values() ?? [])
      minor += credit.minor - debit.minor;
    const last = state.statements
      .filter((one) => one.account === account && one.lastDay !== undefined)
      .sort((a, b) => ((a.lastDay ?? "") < (b.lastDay ?? "") ? 1 : -1))[0];
    if (last?.lastDay === undefined || last.closing !== minor) return [];
    return [{ account: alias(account), date: last.lastDay, currency, minor }];
  });
}
