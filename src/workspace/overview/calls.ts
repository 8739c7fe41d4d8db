import type { Titles } from "#domain/funds/entries.ts";
import { general, unknown } from "#domain/funds/ids.ts";
import { tallyOf, type FundsState } from "#domain/funds/state.ts";
import { openRefunds, unpaid } from "#domain/funds/unmatched-view.ts";
import { toFundsEntry } from "#session/books/funds-entry.ts";
import type { Session } from "#session/session.ts";
import {
  askedOf,
  categoriesOf,
  figuresOf,
  weeksOf,
  type Sum,
  type WeekSums,
} from "#workspace/appeals/figures.ts";
import { textOf } from "#workspace/appeals/ledger.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { isRehearsalDue } from "#workspace/members/recovery-calls.ts";
import { periodCalls } from "#workspace/periods/calls.ts";
import { nextStep, type NextStep } from "#workspace/spending/calls.ts";

/** Something that waits for somebody; `count` of it, and `of` what, where that has a name. */
export type Need = {
  readonly kind:
    | "unfinished"
    | "debits"
    | "payments"
    | "refunds"
    | "credits"
    | "unknown"
    | "approve"
    | "pay"
    | "unconfirmed"
    | "close"
    | "recovery";
  readonly count: number;
  readonly of?: string;
};

export type AppealBar = {
  readonly id: string;
  readonly title: Titles;
  readonly asked: bigint;
  readonly received: bigint;
};

export type LatestEntry = {
  readonly index: number;
  readonly type: string;
  readonly at: number;
  readonly member: string;
  /** The id that it is about; not for several entries in one line. */
  readonly about: string | undefined;
  /** How many entries of the kind were written in one go. */
  readonly count: number;
};

export type Overview = {
  readonly needs: readonly Need[];
  /** The first steps of a new foundation, and which are done. */
  readonly steps: { readonly appeal: boolean; readonly post: boolean; readonly bank: boolean };
  readonly firstAppeal: string | undefined;
  readonly base: string;
  readonly foundation: string;
  /** All appeals together in the foundation's own currency. */
  readonly received: Sum & { readonly gifts: number };
  readonly spent: Sum & { readonly payments: number };
  readonly covered: Sum;
  readonly general: Sum & { readonly gifts: number };
  readonly weeks: readonly WeekSums[];
  readonly appeals: readonly AppealBar[];
  readonly categories: readonly { readonly category: string; readonly minor: bigint }[];
  readonly latest: readonly LatestEntry[];
};

const latestShown = 8;
const latestRead = 80;
/** Opening more of the record for eight lines is not worth the wait. */
const latestReadMax = 400;
const sameGoSeconds = 120;

export const overviewCalls = {
  /** The first page: what needs somebody now, and how things stand. */
  "overview.page": async (desk: Desk): Promise<Overview> => {
    const { session } = desk;
    const { funds } = await session.books({ withDays: true });
    const { base } = funds;
    const totals = totalsOf(funds);
    const ownGeneral = tallyOf(funds, general, base, "received");
    const [firstAppeal] = funds.appeals.keys();
    return {
      needs: await needsOf(desk, funds),
      steps: {
        appeal: funds.appeals.size > 0,
        post: funds.posts.size > 0,
        bank: funds.statements.length > 0,
      },
      firstAppeal,
      base,
      foundation: funds.name,
      ...totals,
      general: { currency: base, minor: ownGeneral.minor, gifts: ownGeneral.count },
      weeks: weeksOf(funds, [...funds.appeals.keys(), general, unknown], base),
      appeals: barsOf(funds),
      categories: categoriesTogether(funds),
      latest: await latestOf(session, funds),
    };
  },
};

async function needsOf(desk: Desk, funds: FundsState): Promise<readonly Need[]> {
  const { session } = desk;
  const steps = new Map<NextStep, number>();
  for (const one of funds.spending.values()) {
    const step = nextStep(funds, one, session.member);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const count = (step: NextStep) => steps.get(step) ?? 0;
  const unfinished = session.unfinishedFiles(funds);
  const closable = (await periodCalls["periods.weeks"](desk)).filter(({ state }) => state === "closable");
  const week = closable.at(-1)?.week;
  const needs: Need[] = [
    { kind: "unfinished", count: unfinished.length, of: unfinished.join(", ") },
    { kind: "approve", count: count("approve") },
    { kind: "pay", count: count("pay") },
    { kind: "credits", count: funds.openCredits.size },
    { kind: "debits", count: funds.openDebits.size },
    { kind: "payments", count: unpaid(funds).length },
    { kind: "refunds", count: openRefunds(funds).length },
    { kind: "unknown", count: tallyOf(funds, unknown, funds.base, "received").count },
    { kind: "close", count: closable.length, ...(week !== undefined && { of: week }) },
    { kind: "unconfirmed", count: count("confirm") },
    { kind: "recovery", count: (await isRehearsalDue(desk)) ? 1 : 0 },
  ];
  return needs.filter((need) => need.count > 0);
}

function totalsOf(funds: FundsState): Pick<Overview, "received" | "spent" | "covered"> {
  const currency = funds.base;
  let [received, gifts, spent, payments, covered] = [0n, 0, 0n, 0, 0n];
  for (const appeal of funds.appeals.values()) {
    const own = figuresOf(funds, appeal).find((one) => one.currency === currency);
    if (own === undefined) continue;
    received += own.received;
    gifts += own.gifts;
    spent += own.spent;
    payments += own.payments;
    covered += own.covered;
  }
  return {
    received: { currency, minor: received, gifts },
    spent: { currency, minor: spent, payments },
    covered: { currency, minor: covered },
  };
}

/** Asked and received of each appeal, in the foundation's own currency: bars of two currencies say nothing side by side. */
function barsOf(funds: FundsState): readonly AppealBar[] {
  return [...funds.appeals.values()].flatMap((appeal) => {
    const { id, title } = appeal;
    const asked = askedOf(funds, id).find(({ currency }) => currency === funds.base)?.minor ?? 0n;
    const received = figuresOf(funds, appeal).find(({ currency }) => currency === funds.base)?.received ?? 0n;
    return asked === 0n && received === 0n ? [] : [{ id, title, asked, received }];
  });
}

function categoriesTogether(funds: FundsState): Overview["categories"] {
  const sums = new Map<string, bigint>();
  for (const fund of [...funds.appeals.keys(), general])
    for (const { category, minor } of categoriesOf(funds, fund, funds.base))
      sums.set(category, (sums.get(category) ?? 0n) + minor);
  return [...sums]
    .map(([category, minor]) => ({ category, minor }))
    .toSorted((a, b) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
}

/** Entries of one kind that somebody wrote in one go are one line: a close of a week has an entry for each appeal. */
async function latestOf(session: Session, funds: FundsState): Promise<readonly LatestEntry[]> {
  const latest: LatestEntry[] = [];
  const least = Math.max(0, session.size - latestReadMax);
  for (let to = session.size; to > least && latest.length <= latestShown; to -= latestRead) {
    for (const one of await written(session, funds, Math.max(least, to - latestRead), to)) {
      const last = latest.at(-1);
      const isSame =
        last?.type === one.type && last.member === one.member && last.at - one.at < sameGoSeconds;
      if (!isSame) latest.push(one);
      else latest[latest.length - 1] = { ...last, about: undefined, count: last.count + 1 };
    }
  }
  return latest.slice(0, latestShown);
}

/** Some entries as lines, the newest first. */
async function written(
  session: Session,
  funds: FundsState,
  from: number,
  to: number,
): Promise<LatestEntry[]> {
  const lines: LatestEntry[] = [];
  for await (const { opened } of session.read(from, to)) {
    const { index = 0, type, at, kid, pub } = toFundsEntry(opened);
    const about =
      textOf(pub, "id") ?? textOf(pub, "spending") ?? textOf(pub, "appeal") ?? textOf(pub, "member");
    lines.push({ index, type, at, member: funds.members.get(kid) ?? kid, about, count: 1 });
  }
  return lines.reverse();
}
