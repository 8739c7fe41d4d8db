import { sumDecimals } from "#language/sums.ts";
import type { ChartOptions } from "./drawing.ts";

/** Round values along an axis, from the least to the greatest, nought among them; they enclose all values. */
export type Scale = { readonly least: bigint; readonly greatest: bigint; readonly ticks: readonly bigint[] };

/**
 * About `count` steps of 1, 2 or 5 × a power of ten, never finer than one whole unit. Nought is always shown: a bar that does not begin at
 * nought says something untrue.
 */
export function scaleOf(values: readonly bigint[], { currency }: ChartOptions, count = 4): Scale {
  let [least, greatest] = [0n, 0n];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const unit = 10n ** BigInt(currency === undefined ? 0 : sumDecimals(currency));
  let step = unit;
  for (let at = 0; step * BigInt(count) < greatest - least; at++)
    step = at % 3 === 1 ? (step * 5n) / 2n : step * 2n;
  const ticks: bigint[] = [];
  const first = -((-least + step - 1n) / step) * step;
  for (let tick = first; ; tick += step) {
    ticks.push(tick);
    if (tick >= greatest && tick > first) break;
  }
  return { least: first, greatest: ticks.at(-1) ?? step, ticks };
}

/** Where a value lies between the ends of a scale: 0 to 1. The only place where money becomes a float: for pixels. */
export function shareOf(value: bigint, { least, greatest }: Scale): number {
  return Number(value - least) / Number(greatest - least);
}
