import type { Cell, FundsState, Series } from "./state.ts";
import { seriesKey } from "./state.ts";

/** Where a sum is booked. `day` is undefined where this reader was not shown it: then only the total knows the sum. */
export type Booking = {
  readonly fund: string;
  readonly currency: string;
  readonly series: Series;
  readonly day?: string | undefined;
};

export function book(state: FundsState, booking: Booking, minor: bigint, count: number): void {
  const key = seriesKey(booking.fund, booking.currency, booking.series);
  const total = cellOf(state.tallies, key);
  total.minor += minor;
  total.count += count;
  if (booking.day === undefined) return;
  keepLater(state.lastDays, booking.fund, booking.day);
  if (state.days === null) return;
  let days = state.days.series.get(key);
  if (days === undefined) state.days.series.set(key, (days = new Map()));
  const cell = cellOf(days, booking.day);
  cell.minor += minor;
  cell.count += count;
}

export function cellOf(cells: Map<string, Cell>, key: string): Cell {
  let cell = cells.get(key);
  if (cell === undefined) cells.set(key, (cell = { minor: 0n, count: 0 }));
  return cell;
}

export function keepLater(days: Map<string, string>, fund: string, day: string): void {
  const last = days.get(fund);
  if (last === undefined || last < day) days.set(fund, day);
}
