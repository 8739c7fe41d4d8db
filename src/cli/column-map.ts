import { columnFields, type ColumnField, type ColumnMap } from "#statements/types.ts";
import { Failure } from "./failure.ts";
import type { Words } from "./words/language.ts";

/**
 * `--map date=1,amount=3,memo=Purpose`: which column holds what; numbers count from 1, anything else is a heading.
 * undefined when the flag was not given: then the reader guesses.
 */
export function columnMap(text: string | undefined, words: Words): ColumnMap | undefined {
  if (text === undefined) return undefined;
  const map: Partial<Record<ColumnField, number | string>> = {};
  for (const pair of text.split(",")) {
    const [field = "", ...rest] = pair.split("=");
    const name = field.trim();
    const value = rest.join("=").trim();
    if (!isField(name) || value === "")
      throw new Failure("map-malformed", words.mapMalformed(pair, columnFields.join(", ")));
    map[name] = /^\d+$/u.test(value) ? Number(value) : value;
  }
  return map;
}

function isField(name: string): name is ColumnField {
  return (columnFields as readonly string[]).includes(name);
}
