import { currenciesInOrder } from "#domain/funds/currency.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { appealPeriodView, appealView } from "#domain/funds/views.ts";
import { assert } from "#record/result.ts";
import type {
  AskedRow,
  Counted,
  Figures,
  HiddenRow,
  Paid,
  Question,
  SpendingRow,
  Sum,
} from "./statement/statement.ts";
import type { Rows } from "./check-lines.ts";
import type { Stated } from "./read-facts.ts";

/** The appeals that a question is about, in the order of the log; undefined when the record does not know it. */
export const scopeOf = (question: Question, stated: readonly Stated[]): readonly string[] | undefined => {
  const appeals: string[] = [];
  const ofPost = new Map<string, string>();
  const ofCase = new Set<string>();
  for (const { fact } of stated) {
    if (fact.type === "appeal" && !appeals.includes(fact.appeal.id)) appeals.push(fact.appeal.id);
    else if (fact.type === "post") {
      if (!ofPost.has(fact.post.id)) ofPost.set(fact.post.id, fact.post.appeal);
      if (question.kind === "case" && fact.post.case === question.id) ofCase.add(fact.post.appeal);
    } else if (fact.type === "case.share" && question.kind === "case" && fact.share.case === question.id)
      ofCase.add(fact.share.appeal);
  }
  const isAsked = (appeal: string): boolean => {
    if (question.kind === "period") return true;
    if (question.kind === "case") return ofCase.has(appeal);
    return appeal === (question.kind === "post" ? ofPost.get(question.id) : question.id);
  };
  const scope = appeals.filter(isAsked);
  return scope.length === 0 ? undefined : scope;
};

export const isWithin = (question: Question, day: string | undefined): boolean =>
  question.kind !== "period" || (day !== undefined && day >= question.from && day <= question.to);

export const askedOf = (
  question: Question,
  scope: readonly string[],
  state: FundsState,
): readonly AskedRow[] =>
  [...state.posts.values()]
    .filter(
      (post) =>
        scope.includes(post.appeal) &&
        (question.kind !== "post" || post.id === question.id) &&
        isWithin(question, post.published.slice(0, 10)),
    )
    .map(({ id, appeal, kind, published, target }) => ({
      post: id,
      appeal,
      kind,
      published,
      currency: target.currency,
      minor: target.minor.toString(),
    }));

/**
 * Payments made for the appeals of a period question whose day is not shown: whether they fall in the period, nobody can
 * tell. The day of a reservation is a plan and does not count.
 */
export const hasUndatedPayment = (
  question: Question,
  scope: readonly string[],
  stated: readonly Stated[],
  state: FundsState,
): boolean => {
  if (question.kind !== "period") return false;
  return stated.some(({ fact }) => {
    const id =
      fact.type === "spending" && fact.spending.date === undefined
        ? fact.spending.id
        : fact.type === "spending.paid" && fact.date === undefined
          ? fact.id
          : "";
    const payment = state.spending.get(id);
    return payment?.state === "paid" && scope.includes(payment.appeal);
  });
};

export const spendingOf = (
  question: Question,
  scope: readonly string[],
  state: FundsState,
  bankRows: Rows,
): readonly SpendingRow[] => {
  const rows: SpendingRow[] = [];
  const settled = new Set([...bankRows.values()].flatMap((row) => (row.isSummed ? row.to : [])));
  for (const one of state.spending.values()) {
    if (one.state !== "paid" || !scope.includes(one.appeal) || !isWithin(question, one.date)) continue;
    const said = state.confirmations.get(one.id) ?? {};
    const confirmations = (["lawyer", "beneficiary"] as const).flatMap((role) => {
      const how = said[role]?.how;
      return how === undefined ? [] : [{ role, how }];
    });
    const { id, appeal, category, currency, approval } = one;
    rows.push({
      id,
      appeal,
      category,
      currency,
      minor: one.minor.toString(),
      date: one.date ?? null,
      approval,
      related: one.related ?? null,
      settled: settled.has(`payment:${id}`),
      confirmations,
    });
  }
  return rows;
};

/** The figures of one appeal: what `funds show` prints, in a period only what fell on its days. */
export const figuresOfAppeal = (appeal: string, question: Question, state: FundsState): Figures => {
  const view =
    question.kind === "period"
      ? appealPeriodView(state, appeal, question.from, question.to)
      : appealView(state, appeal);
  assert(view !== undefined, "the scope holds appeals of the record only");
  const { appeal: _, ...figures } = view;
  return figures;
};

const addLists = <T extends Sum>(
  lists: readonly (readonly T[])[],
  counter: keyof T | undefined,
  base: string,
): readonly T[] => {
  const byCurrency = new Map<string, T>();
  for (const one of lists.flat()) {
    const before = byCurrency.get(one.currency);
    const minor = (BigInt(before?.minor ?? "0") + BigInt(one.minor)).toString();
    const count =
      counter === undefined ? {} : { [counter]: Number(before?.[counter] ?? 0) + Number(one[counter]) };
    byCurrency.set(one.currency, { ...one, minor, ...count });
  }
  return currenciesInOrder(byCurrency.keys(), base).map((currency) => byCurrency.get(currency) as T);
};

/** The figures of several appeals added up, each currency apart. Spec §9.2. */
export const addFigures = (all: readonly Figures[], base: string): Figures => {
  if (all.length === 1) return all[0] as Figures;
  const categories = new Map<string, Map<string, bigint>>();
  for (const [currency, byCategory] of all.flatMap((one) => Object.entries(one.spentByCategory))) {
    const into = categories.get(currency) ?? new Map<string, bigint>();
    categories.set(currency, into);
    for (const [category, minor] of Object.entries(byCategory))
      into.set(category, (into.get(category) ?? 0n) + BigInt(minor));
  }
  const sorted = (of: ReadonlyMap<string, bigint>) =>
    Object.fromEntries(
      [...of].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, minor]) => [name, minor.toString()]),
    );
  return {
    raised: addLists<Counted>(
      all.map((one) => one.raised),
      "donations",
      base,
    ),
    refunded: addLists<Counted>(
      all.map((one) => one.refunded),
      "donations",
      base,
    ),
    spent: addLists<Paid>(
      all.map((one) => one.spent),
      "payments",
      base,
    ),
    spentByCategory: Object.fromEntries(
      currenciesInOrder(categories.keys(), base).map((currency) => [
        currency,
        sorted(categories.get(currency) ?? new Map()),
      ]),
    ),
    coveredFromGeneral: addLists<Sum>(
      all.map((one) => one.coveredFromGeneral),
      undefined,
      base,
    ),
    balance: addLists<Sum>(
      all.map((one) => one.balance),
      undefined,
      base,
    ),
    confirmedByBoth: all.reduce((sum, one) => sum + one.confirmedByBoth, 0),
  };
};

/** How much of the record the dossier opens, kind by kind. Spec §9.3. */
export const hiddenOf = (stated: readonly Stated[]): { readonly [what: string]: HiddenRow } => {
  const all = { lines: 0, attributions: 0, payments: 0 };
  const opened = {
    lines: 0,
    destinations: 0,
    gifts: 0,
    donor: 0,
    memo: 0,
    reference: 0,
    payee: 0,
    receipt: 0,
  };
  for (const { entry, fact } of stated) {
    if (fact.type === "statement.lines") {
      all.lines += fact.lines.lines;
      for (const item of entry.items) {
        if (item === undefined) continue;
        opened.lines++;
        for (const name of ["donor", "memo", "reference"] as const)
          if (Object.hasOwn(item.hidden, name)) opened[name]++;
      }
    } else if (fact.type === "attribution") {
      all.attributions += fact.attribution.lines.length;
      for (const item of fact.attribution.items) {
        if (item !== undefined) opened.destinations++;
        if (item?.gift !== undefined) opened.gifts++;
      }
    } else if (fact.type === "spending" || fact.type === "spending.reserved") {
      all.payments++;
      for (const name of ["payee", "receipt"] as const) if (Object.hasOwn(entry.hidden, name)) opened[name]++;
    }
  }
  const row = (name: keyof typeof opened, total: number): HiddenRow => ({ all: total, opened: opened[name] });
  return {
    lines: row("lines", all.lines),
    destinations: row("destinations", all.attributions),
    gifts: row("gifts", all.attributions),
    donor: row("donor", all.lines),
    memo: row("memo", all.lines),
    reference: row("reference", all.lines),
    payee: row("payee", all.payments),
    receipt: row("receipt", all.payments),
  };
};
