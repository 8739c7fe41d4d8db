import { formatMoney } from "#domain/funds/money.ts";
import { type ClaimAnswer, parseClaim } from "./claim.ts";
import { type Lang, langs, statementLabels } from "./labels.ts";
import { renderMustache, type View } from "./mustache.ts";
import type { Figures, Question, Statement, Sum } from "./statement.ts";
import { readme, statementTemplate } from "./template.ts";

type Words = Readonly<Record<string, string>>;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);

/** A date as people write it: `2025-03-03` is `3 March 2025`, `3 марта 2025 г.`, `2025 жылғы 3 наурыз`. */
const dayText = (day: string, l: Words): string => {
  const [, y = "", m = "", d = ""] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})/.exec(day) ?? [];
  const month = (l["months"] as string).split(" ")[Number(m) - 1];
  return month === undefined || y === ""
    ? day
    : fill(l["dateForm"] as string, { y, m: month, d: String(Number(d)) });
};

const word = (l: Words, group: string, name: string): string =>
  Object.hasOwn(l, `${group}.${name}`) ? (l[`${group}.${name}`] as string) : name;

/** `"31000000 KZT raised"` in words of the language; a text that is no claim stays as it is. */
export const claimInWords = (text: string, lang: Lang): string => {
  const said = parseClaim(text);
  return said === undefined
    ? text
    : fill(statementLabels[lang][`said.${said.what}`], {
        amount: formatMoney({ currency: said.currency, minor: said.minor }, lang),
      });
};

export const questionInWords = (question: Question, appeals: Statement["appeals"], lang: Lang): string => {
  const l = statementLabels[lang];
  const values =
    question.kind === "period"
      ? { from: dayText(question.from, l), to: dayText(question.to, l) }
      : { id: question.id, title: appeals[0]?.title[lang] ?? question.id };
  return fill(l[`title.${question.kind}`], values);
};

/** The statement in one language, as the template takes it. Every value is text already: `verify.py` builds the same. */
export const statementView = (statement: Statement, claim: ClaimAnswer | null, lang: Lang): View => {
  const l: Words = statementLabels[lang];
  const money = (sum: Sum): string => formatMoney({ currency: sum.currency, minor: BigInt(sum.minor) }, lang);
  const together = (sums: readonly Sum[]): string =>
    sums.length === 0 ? "–" : sums.map(money).join(l["and"]);
  const one = (sums: readonly Sum[], currency: string): string =>
    together(sums.filter((sum) => sum.currency === currency));
  const sumsOf = (of: Figures): { readonly [name: string]: View } => ({
    received: together(of.raised),
    returned: together(of.refunded),
    spent: together(of.spent),
    covered: together(of.coveredFromGeneral),
    left: together(of.balance),
  });
  const { question, totals, spending, log } = statement;
  const currencies = [
    ...new Set(
      [totals.raised, totals.refunded, totals.spent, totals.coveredFromGeneral, totals.balance].flatMap(
        (list) => list.map((sum) => sum.currency),
      ),
    ),
  ];
  const nonZero = (sums: readonly Sum[]): readonly Sum[] => sums.filter((sum) => sum.minor !== "0");
  const sentence = (name: string, sums: readonly Sum[]): readonly string[] =>
    nonZero(sums).length === 0 ? [] : [fill(l[name] as string, { amount: together(nonZero(sums)) })];

  const both = spending.filter((row) =>
    ["lawyer", "beneficiary"].every((role) => row.confirmations.some((one) => one.role === role)),
  );
  const proven = both.filter((row) =>
    ["lawyer", "beneficiary"].every((role) =>
      row.confirmations.some((one) => one.role === role && one.how !== "recorded"),
    ),
  );
  const gifts = totals.raised.reduce((sum, one) => sum + one.donations, 0);
  const witnessed = statement.witnesses.length > 0;

  return {
    ...Object.fromEntries(Object.entries(l).map(([name, text]) => [`l.${name}`, text])),
    lang,
    title: questionInWords(question, statement.appeals, lang),
    made: fill(l["made"] as string, {
      foundation: statement.foundation.names[lang],
      date: dayText(new Date(statement.made * 1000).toISOString().slice(0, 10), l),
    }),
    leftName: l[question.kind === "period" ? "leftInPeriod" : "left"] as string,
    answer:
      totals.raised.length === 0
        ? (l["answer.nothing"] as string)
        : fill(l["answer.received"] as string, { amount: together(totals.raised), n: String(gifts) }),
    more: [
      ...sentence("answer.returned", totals.refunded),
      ...sentence("answer.spent", totals.spent),
      ...sentence("answer.covered", totals.coveredFromGeneral),
    ].join(" "),
    ended: statement.appeals.flatMap(({ appeal, title, ended }) =>
      ended === undefined
        ? []
        : [
            fill(l["ended"] as string, {
              name: `${title[lang]} (${appeal})`,
              date: dayText(ended.date, l),
              reason: word(l, "ended", ended.reason),
            }),
          ],
    ),
    claim:
      claim === null
        ? false
        : {
            asserted: fill(l["claim.asserted"] as string, { claim: claimInWords(claim.asserted, lang) }),
            found: fill(l["claim.found"] as string, { found: claimInWords(claim.found, lang) }),
            kind: claim.agrees ? "agrees" : "differs",
            result: l[claim.agrees ? "claim.agrees" : "claim.differs"] as string,
          },
    unwitnessed: witnessed ? false : (l["witness.none"] as string),
    figures: currencies.map((currency) => ({
      currency,
      received: one(totals.raised, currency),
      gifts: String(totals.raised.find((sum) => sum.currency === currency)?.donations ?? 0),
      returned: one(totals.refunded, currency),
      spent: one(totals.spent, currency),
      covered: one(totals.coveredFromGeneral, currency),
      left: one(totals.balance, currency),
    })),
    anyAsked: statement.asked.length > 0,
    asked: statement.asked.map((row) => ({
      post: row.post,
      kind: word(l, "kind", row.kind),
      date: dayText(row.published, l),
      appeal: row.appeal,
      target: money(row),
    })),
    anyAppeals: statement.appeals.length > 1,
    appeals: statement.appeals.map((appeal) => ({
      name: `${appeal.title[lang]} (${appeal.appeal})`,
      ...sumsOf(appeal),
    })),
    anySpending: spending.length > 0,
    categories: Object.entries(totals.spentByCategory).flatMap(([currency, byCategory]) =>
      Object.entries(byCategory).map(([category, minor]) => ({
        name: word(l, "category", category),
        amount: money({ currency, minor }),
      })),
    ),
    payments: spending.map((row) => ({
      date: row.date === null ? "–" : dayText(row.date, l),
      id: row.id,
      category: word(l, "category", row.category),
      approval: word(l, "approval", row.approval),
      related: row.related === null ? false : word(l, "related", row.related),
      confirmed:
        row.confirmations.length === 0
          ? ["–"]
          : row.confirmations.map((one) => `${word(l, "role", one.role)}: ${word(l, "how", one.how)}`),
      amount: money(row),
    })),
    confirmations: [
      fill(l["payments.bank"] as string, {
        n: String(spending.filter((row) => row.settled).length),
        all: String(spending.length),
      }),
      fill(l["confirmations.both"] as string, { n: String(both.length), all: String(spending.length) }),
      fill(l["confirmations.proof"] as string, { n: String(proven.length) }),
      fill(l["confirmations.recorded"] as string, { n: String(both.length - proven.length) }),
    ],
    hidden: Object.entries(statement.hidden).map(([name, row]) => ({
      name: word(l, "hidden", name),
      shown: String(row.opened),
      all: String(row.all),
    })),
    proves: [
      fill(l[log.entries === log.size ? "proves.whole" : "proves.part"] as string, {
        n: String(log.entries),
        size: String(log.size),
      }),
      // Only of the whole log it is known that no bank row counts twice, and that nothing went elsewhere.
      ...(log.entries === log.size ? [l["proves.once"] as string] : []),
      l["proves.sum"] as string,
      ...(witnessed ? [fill(l["witness.some"] as string, { names: statement.witnesses.join(", ") })] : []),
    ],
    genesis: statement.foundation.genesis,
    logKey: statement.foundation.log,
    root: fill(l["root.text"] as string, { size: String(log.size), root: log.root }),
  };
};

/** The pages of the bag that can be read, by path: a verifier writes them again and compares. */
export const readablePages = (statement: Statement, claim: ClaimAnswer | null): ReadonlyMap<string, string> =>
  new Map([
    ["README.txt", readme],
    ...langs.map((lang): [string, string] => [
      `data/statement.${lang}.html`,
      renderMustache(statementTemplate, statementView(statement, claim, lang)),
    ]),
  ]);
