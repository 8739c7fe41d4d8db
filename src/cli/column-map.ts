import { parseColumnMap } from "#statements/table-map.ts";
import type { ColumnMap } from "#statements/types.ts";
import { Failure } from "./failure.ts";

/** The value of `--map`; undefined when the flag was not given: then the reader guesses. */
export function columnMap(text: string | undefined): ColumnMap | undefined {
  if (text === undefined) return undefined;
  const map = parseColumnMap(text);
  if (!map.ok) throw new Failure(map.refusal.code, `--map: ${map.refusal.message}`);
  return map.value;
}
