import { lastDayOfWeek, weekOfDay, addDays } from "#domain/funds/dates.ts";
import type { Titles } from "#domain/funds/entries.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { openRefunds, unpaid } from "#domain/funds/unmatched-view.ts";
import { periodView, type PeriodView } from "#domain/funds/views.ts";
import type { Desk } from "../desk/desk.ts";

/** What keeps a week from being closed: papers and bank disagree about money that has moved. */
export type Blockers = { readonly debits: number; readonly payments: number; readonly refunds: number };

export type Week = {
  /** "2025-W10". */
  readonly week: string;
  readonly first: string;
  readonly last: string;
  readonly state: "running" | "blocked" | "closable" | "closed";
  readonly blockers: Blockers;
  /** What its close made public, by currency. */
  readonly published: readonly {
    readonly currency: string;
    readonly minor: bigint;
    readonly count: number;
  }[];
  readonly carried: number;
};

export type ClosedAppeal = {
  readonly appeal: string;
  readonly title: Titles;
  readonly currency: string;
  readonly count: number;
  readonly minor: bigint;
  readonly classes: readonly { readonly minor: bigint; readonly count: number }[];
  readonly pooled: { readonly count: number; readonly minor: bigint } | null;
  readonly carried: number;
};

export type PeriodReport = PeriodView & {
  readonly titles: ReadonlyMap<string, Titles>;
  readonly base: string;
  /** First and last day that a bank file shows; undefined before the first. */
  readonly recorded: { readonly from: string; readonly to: string } | undefined;
};

export const periodCalls = {
  /** Weeks from the first bank row to the last, the latest first. */
  "periods.weeks": async (desk: Desk): Promise<readonly Week[]> => {
    const { funds } = await desk.session.books();
    const today = new Date(desk.now()).toISOString().slice(0, 10);
    const recorded = recordedDays(funds);
    if (recorded === undefined) return [];
    // Of later weeks nothing is known yet: closing them would publish that nothing came.
    const end = recorded.to < today ? recorded.to : today;
    const closedUpTo = funds.closes.reduce((last, { week }) => (week > last ? week : last), "");
    const open = openDays(funds);
    const closes = Map.groupBy(funds.closes, ({ week }) => week);
    const weeks: Week[] = [];
    for (let day = recorded.from; ; day = addDays(day, 7)) {
      const week = weekOfDay(day);
      const last = lastDayOfWeek(week) ?? day;
      const blockers = blockersUpTo(open, last);
      const isBlocked = blockers.debits + blockers.payments + blockers.refunds > 0;
      const state =
        week <= closedUpTo ? "closed" : today <= last ? "running" : isBlocked ? "blocked" : "closable";
      weeks.push({
        week,
        first: addDays(last, -6),
        last,
        state,
        blockers,
        ...publishedIn(closes.get(week) ?? []),
      });
      if (last >= end) break;
    }
    return weeks.reverse();
  },

  /** What the close of a week made public, appeal by appeal. */
  "periods.closed": async (desk: Desk, { week }: { week: string }): Promise<readonly ClosedAppeal[]> => {
    const { funds } = await desk.session.books();
    return funds.closes
      .filter((close) => close.week === week)
      .map((close) => ({ ...close, title: funds.appeals.get(close.appeal)?.title ?? {} }));
  },

  /** All figures from one day to another, both included. */
  "periods.report": async (desk: Desk, { from, to }: { from: string; to: string }): Promise<PeriodReport> => {
    const { funds } = await desk.session.books({ withDays: true });
    const titles = new Map([...funds.appeals.values()].map(({ id, title }) => [id, title]));
    return { ...periodView(funds, from, to), titles, base: funds.base, recorded: recordedDays(funds) };
  },
};

function recordedDays(funds: FundsState): PeriodReport["recorded"] {
  const from = funds.statements.flatMap(({ firstDay }) => firstDay ?? []).toSorted()[0];
  const to = funds.statements
    .flatMap(({ lastDay }) => lastDay ?? [])
    .toSorted()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

type OpenDays = { readonly [kind in keyof Blockers]: DayCounts };

/** Days in order, and how much is open up to each of them. What has no day blocks every week. */
type DayCounts = { readonly days: readonly string[]; readonly upTo: readonly number[] };

function openDays(funds: FundsState): OpenDays {
  return {
    debits: dayCounts(funds.openDebits.values()),
    payments: dayCounts(unpaid(funds)),
    refunds: dayCounts(openRefunds(funds)),
  };
}

function dayCounts(list: Iterable<{ readonly date?: string | null | undefined }>): DayCounts {
  const counts = new Map<string, number>();
  for (const { date } of list) counts.set(date ?? "", (counts.get(date ?? "") ?? 0) + 1);
  const days = [...counts.keys()].toSorted();
  let sum = 0;
  return { days, upTo: days.map((day) => (sum += counts.get(day) ?? 0)) };
}

function blockersUpTo(open: OpenDays, last: string): Blockers {
  const count = ({ days, upTo }: DayCounts) => upTo[days.findLastIndex((day) => day <= last)] ?? 0;
  return { debits: count(open.debits), payments: count(open.payments), refunds: count(open.refunds) };
}

function publishedIn(closes: FundsState["closes"]): Pick<Week, "published" | "carried"> {
  const sums = new Map<string, { minor: bigint; count: number }>();
  let carried = 0;
  for (const close of closes) {
    carried += close.carried;
    const sum = sums.get(close.currency) ?? { minor: 0n, count: 0 };
    sums.set(close.currency, { minor: sum.minor + close.minor, count: sum.count + close.count });
  }
  return { published: [...sums].map(([currency, sum]) => ({ currency, ...sum })), carried };
}
