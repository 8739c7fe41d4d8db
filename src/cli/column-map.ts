import { parseColumnMap } from "#statements/table-map.ts";
import { columnFields, type ColumnMap } from "#statements/types.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Words } from "./words/language.ts";

/** The value of `--map`; undefined when the flag was not given: then the reader guesses. */
export function columnMap(text: string | undefined, words: Words): ColumnMap | undefined {
  if (text === undefined) return undefined;
  const map = parseColumnMap(text);
  if (!map.ok) throw new Failure(map.refusal.code, words.mapMalformed(text, columnFields.join(", ")));
  return map.value;
}
