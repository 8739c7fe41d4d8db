import type { Titles } from "#domain/funds/entries.ts";
import type { PreviewEntry } from "#workspace/desk/command.ts";
import type { ClosedAppeal } from "./calls.ts";

/** The figures of the closes in a preview, as `periods.closed` gives those of a recorded one. */
export function figuresOf(
  entries: readonly PreviewEntry[],
  titleOf: (appeal: string) => Titles,
): ClosedAppeal[] {
  return entries
    .filter(({ type }) => type === "fund.close")
    .map((entry) => {
      const fields = new Map(entry.public.map(({ name, value }) => [name, value]));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the public fields of our own draft (closeJson)
      const classes = (fields.get("classes") ?? []) as readonly { minor: string; count: number }[];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
      const pooled = fields.get("pooled") as { minor: string; count: number } | null;
      const appeal = String(fields.get("appeal"));
      return {
        appeal,
        title: titleOf(appeal),
        currency: String(fields.get("currency")),
        count: Number(fields.get("count")),
        minor: BigInt(String(fields.get("minor"))),
        classes: classes.map(({ minor, count }) => ({ minor: BigInt(minor), count })),
        pooled: pooled === null ? null : { count: pooled.count, minor: BigInt(pooled.minor) },
        carried: Number(fields.get("carried")),
      };
    });
}
