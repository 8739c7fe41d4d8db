import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { parseDay } from "./dates.ts";
import { parseCurrency } from "./currency.ts";
import { parseMinor, type Money } from "./money.ts";
import type { Json, JsonObject } from "#record/json-strict.ts";

/** A field that is not what the entry type says. Caught where one entry is parsed and turned into a refusal. */
export class BadField extends Error {
  readonly field: string;
  constructor(field: string) {
    super(`field ${field} is missing or has the wrong form`);
    this.field = field;
  }
}

export type FactRefusal = Refusal<"entry-malformed">;

export function parseOrRefuse<T>(type: string, parse: () => T): Result<T, FactRefusal> {
  try {
    return ok(parse());
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    return refuse({ code: "entry-malformed", message: `${type}: ${error.message}`, field: error.field });
  }
}

export function text(from: JsonObject, field: string): string {
  const value = from[field];
  if (typeof value !== "string") throw new BadField(field);
  return value;
}

export function optionalText(from: JsonObject, field: string): string | undefined {
  const value = from[field];
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw new BadField(field);
  return value;
}

export function oneOf<T extends string>(from: JsonObject, field: string, allowed: readonly T[]): T {
  const value = optionalOneOf(from, field, allowed);
  if (value === undefined) throw new BadField(field);
  return value;
}

export function optionalOneOf<T extends string>(
  from: JsonObject,
  field: string,
  allowed: readonly T[],
): T | undefined {
  const value = from[field];
  if (value === undefined) return undefined;
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new BadField(field);
  return found;
}

export function count(from: JsonObject, field: string): number {
  const value = from[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new BadField(field);
  return value;
}

export function minor(from: JsonObject, field: string): bigint {
  const value = parseMinor(from[field]);
  if (value === undefined) throw new BadField(field);
  return value;
}

export function positiveMinor(from: JsonObject, field: string): bigint {
  const value = minor(from, field);
  if (value <= 0n) throw new BadField(field);
  return value;
}

export function currency(from: JsonObject, field: string): string {
  const value = parseCurrency(text(from, field));
  if (value === undefined) throw new BadField(field);
  return value;
}

export function day(from: JsonObject, field: string): string {
  const value = parseDay(from[field]);
  if (value === undefined) throw new BadField(field);
  return value;
}

export function optionalDay(from: JsonObject, field: string): string | undefined {
  return from[field] === undefined ? undefined : day(from, field);
}

export function object(from: JsonObject, field: string): JsonObject {
  const value = asObject(from[field]);
  if (value === undefined) throw new BadField(field);
  return value;
}

export function optionalObject(from: JsonObject, field: string): JsonObject | undefined {
  return from[field] === undefined ? undefined : object(from, field);
}

export function list(from: JsonObject, field: string): readonly Json[] {
  const value = from[field];
  if (!Array.isArray(value)) throw new BadField(field);
  return value;
}

export function texts(from: JsonObject, field: string): readonly string[] {
  return list(from, field).map((value) => {
    if (typeof value !== "string") throw new BadField(field);
    return value;
  });
}

export function objects(from: JsonObject, field: string): readonly JsonObject[] {
  return list(from, field).map((value) => {
    const found = asObject(value);
    if (found === undefined) throw new BadField(field);
    return found;
  });
}

export function money(from: JsonObject, field: string): Money {
  const value = object(from, field);
  return { currency: currency(value, "currency"), minor: minor(value, "minor") };
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
