import { addWorkingDays, quarterOfDay } from "./dates.ts";
import type { FundsState } from "./state.ts";

/**
 * Kazakhstan: who gives legal help, makes surveys or gathers and spreads information, and gets money from foreigners, tells the
 * revenue office of each receipt (form F.017.00) and reports what came and went (F.018.00), from above one tenge.
 *
 * `isConfirmed` is false throughout: the periods were written down from memory of orders 241 and 242 of 2018, which may have
 * changed. A lawyer has to confirm them; until then every view that shows a due day says so.
 */
export const foreignRules = {
  "F.017.00": { workingDaysAfterReceipt: 10, isConfirmed: false },
  "F.018.00": { dayOfSecondMonthAfterQuarter: 15, isConfirmed: false },
  source: "Rules of orders 241 and 242 of 2018 (egov.kz page of 2021-09)",
} as const;

export type ForeignDuty =
  | {
      readonly form: "F.017.00";
      readonly received: string;
      readonly currency: string;
      readonly minor: string;
      readonly count: number;
      readonly due: string;
      readonly isConfirmed: boolean;
    }
  | {
      readonly form: "F.018.00";
      readonly quarter: string;
      readonly received: readonly Sum[];
      readonly spent: readonly Sum[];
      readonly due: string;
      readonly isConfirmed: boolean;
    };
type Sum = { readonly currency: string; readonly minor: string };

/**
 * What is due when, by day. Only money in a foreign currency is seen: a gift in tenge from a foreigner looks like any
 * other in a bank statement, and somebody has to name it.
 */
export function foreignDuties(state: FundsState): ForeignDuty[] {
  const { days, base } = state;
  if (days === null) throw new Error("bug: notices are asked of the books without their daily sums");
  const byDay = new Map<
    string,
    { readonly day: string; readonly currency: string; minor: bigint; count: number }
  >();
  const quarters = new Map<string, { received: Map<string, bigint>; spent: Map<string, bigint> }>();
  for (const [key, cells] of days.series) {
    const [fund = "", currency = "", series = ""] = key.split("\t");
    const isReceived = series === "received" && fund !== "own-transfer" && fund !== "unreadable";
    const isSpent = series.startsWith("spent/");
    if (currency === base || (!isReceived && !isSpent)) continue;
    for (const [day, cell] of cells) {
      if (cell.minor === 0n) continue;
      const quarter = quarters.get(quarterOfDay(day)) ?? { received: new Map(), spent: new Map() };
      quarters.set(quarterOfDay(day), quarter);
      const sums = isReceived ? quarter.received : quarter.spent;
      sums.set(currency, (sums.get(currency) ?? 0n) + cell.minor);
      if (!isReceived) continue;
      const found = byDay.get(`${day} ${currency}`) ?? { day, currency, minor: 0n, count: 0 };
      found.minor += cell.minor;
      found.count += cell.count;
      byDay.set(`${day} ${currency}`, found);
    }
  }
  const notice = foreignRules["F.017.00"];
  const report = foreignRules["F.018.00"];
  const duties: ForeignDuty[] = [...byDay.values()].map(({ day, currency, minor, count }) => ({
    form: "F.017.00",
    received: day,
    currency,
    minor: minor.toString(),
    count,
    due: addWorkingDays(day, notice.workingDaysAfterReceipt),
    isConfirmed: notice.isConfirmed,
  }));
  for (const [quarter, { received, spent }] of quarters) {
    const due = reportDay(quarter, report.dayOfSecondMonthAfterQuarter);
    duties.push({
      form: "F.018.00",
      quarter,
      received: sumsOf(received),
      spent: sumsOf(spent),
      due,
      isConfirmed: report.isConfirmed,
    });
  }
  return duties.sort((a, b) => (a.due === b.due ? (a.form < b.form ? -1 : 1) : a.due < b.due ? -1 : 1));
}

function sumsOf(sums: ReadonlyMap<string, bigint>): Sum[] {
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor: minor.toString() }));
}

function reportDay(quarter: string, day: number): string {
  const year = Number(quarter.slice(0, 4));
  const month = Number(quarter.slice(6)) * 3 + 2;
  const [y, m] = month > 12 ? [year + 1, month - 12] : [year, month];
  return `${y}-${String(m).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
