/** Reading what a stranger sends: no more than the limit, and every field by name. Anything else is a 400 or a 413. */
import type { Context } from "hono";
import { concatBytes, fromBase64Url, fromHex, fromUtf8 } from "#record/bytes.ts";
import { HttpFailure } from "./http-failure.ts";

export const kib = 1024;
export const mib = 1024 * kib;

/** The whole body, or 413 as soon as it is known to be longer than `limit` bytes. */
export async function readBytes(context: Context, limit: number): Promise<Uint8Array> {
  const declared = context.req.header("content-length");
  // Said before a byte is read, so that a client that would send gigabytes need not.
  if (declared !== undefined && Number(declared) > limit) throw tooLarge(limit);
  const body = context.req.raw.body;
  if (body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : concatBytes(...chunks);
}

function tooLarge(limit: number): HttpFailure {
  return new HttpFailure(413, "body-too-large", `The body of this request has at most ${limit} bytes.`, {
    details: { limit },
  });
}

/** The body as a JSON object. Requests without a JSON content type are refused: no HTML form can send one. */
export async function readObject(context: Context, limit: number): Promise<Fields> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\b/iu.test(type))
    throw new HttpFailure(415, "not-json", "Send the body as application/json.");
  const text = fromUtf8(await readBytes(context, limit));
  if (text === undefined) throw malformed("body", "UTF-8 text");
  try {
    return fieldsOf(JSON.parse(text), "body");
  } catch (cause) {
    if (cause instanceof HttpFailure) throw cause;
    throw malformed("body", "JSON");
  }
}

export function malformed(field: string, expected: string): HttpFailure {
  return new HttpFailure(400, "field-malformed", `"${field}" must be ${expected}.`, { details: { field } });
}

/** An object that came from outside; every reading names the field that is wrong. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(values: Readonly<Record<string, unknown>>, path: string) {
    this.#values = values;
    this.#path = path;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  text(name: string, pattern: RegExp, expected: string): string {
    const value = this.#values[name];
    if (typeof value === "string" && pattern.test(value)) return value;
    throw malformed(this.#at(name), expected);
  }

  integer(name: string, min: number, max: number): number {
    const value = this.#values[name];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max)
      return value;
    throw malformed(this.#at(name), `a whole number from ${min} to ${max}`);
  }

  /** Canonical base64url of `min` to `max` bytes. */
  bytes(name: string, min: number, max: number): Uint8Array {
    const value = this.#values[name];
    const bytes =
      typeof value === "string" && value.length <= Math.ceil((max * 4) / 3)
        ? fromBase64Url(value)
        : undefined;
    if (bytes !== undefined && bytes.length >= min && bytes.length <= max) return bytes;
    throw malformed(this.#at(name), `base64url of ${min === max ? min : `${min} to ${max}`} bytes`);
  }

  hex(name: string, length: number): Uint8Array {
    const value = this.#values[name];
    const bytes = typeof value === "string" ? fromHex(value) : undefined;
    if (bytes?.length === length) return bytes;
    throw malformed(this.#at(name), `lower-case hex of ${length} bytes`);
  }

  object(name: string): Fields {
    return fieldsOf(this.#values[name], this.#at(name));
  }

  /** A list of `min` to `max` objects; a missing one is an empty list. */
  objects(name: string, min: number, max: number): Fields[] {
    const value = this.#values[name] ?? [];
    if (!Array.isArray(value) || value.length < min || value.length > max)
      throw malformed(this.#at(name), `a list of ${min} to ${max}`);
    return value.map((item, i) => fieldsOf(item, `${this.#at(name)}[${i}]`));
  }

  #at(name: string): string {
    return this.#path === "body" ? name : `${this.#path}.${name}`;
  }
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(path, "an object");
  // Copied without a prototype, so that "constructor" is no field unless it was sent.
  return new Fields(Object.assign(Object.create(null) as Record<string, unknown>, value), path);
}

/** A whole number in the query, such as `?from=0`. */
export function queryInteger(context: Context, name: string, max = Number.MAX_SAFE_INTEGER): number {
  const text = context.req.query(name) ?? "";
  const value = /^(?:0|[1-9]\d{0,15})$/u.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value <= max) return value;
  throw malformed(name, `a whole number from 0 to ${max}`);
}

export const memberPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/u;
export const memberForm = "a member such as M-01";
