/** DER (X.690), as much as timestamps need: definite lengths in their shortest form, one-byte tags. */

export type DerElement = {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The whole element: tag, length, content. */
  readonly bytes: Uint8Array;
};

/** Exactly one element; undefined if anything is malformed, missing or left over. */
export function readDer(bytes: Uint8Array): DerElement | undefined {
  const list = readDerList(bytes);
  return list?.length === 1 ? list[0] : undefined;
}

/** A sequence of elements that fills `bytes`; undefined if it does not. */
export function readDerList(bytes: Uint8Array): readonly DerElement[] | undefined {
  const list: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = readElement(bytes, at);
    if (element === undefined) return undefined;
    list.push(element);
    at += element.bytes.length;
  }
  return list;
}

function readElement(bytes: Uint8Array, at: number): DerElement | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // A low five bits of all ones would start a tag of several bytes, which nothing here has.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count < 1 || count > 4) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
    if (length < 0x80 || length < 256 ** (count - 1)) return undefined;
  }
  const end = start + length;
  if (end > bytes.length) return undefined;
  return { tag, content: bytes.slice(start, end), bytes: bytes.slice(at, end) };
}

/** "1.2.840.113549.1.7.2" */
export function oidText(content: Uint8Array): string | undefined {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (numbers.length > 0) numbers.push(value);
    else numbers.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    value = 0;
  }
  return numbers.length < 2 || (content.at(-1) ?? 0x80) >= 0x80 ? undefined : numbers.join(".");
}

/** Unix seconds of a GeneralizedTime in UTC, fractions dropped; undefined for another form or a day that is none. */
export function derTime({ tag, content }: DerElement): number | undefined {
  const text = String.fromCharCode(...content);
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d*[1-9])?Z$/u.exec(text);
  if (tag !== 0x18 || match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const stated = match.slice(1, 7).join("");
  return new Date(time).toISOString().replaceAll(/[-T:]/gu, "").slice(0, 14) === stated
    ? time / 1_000
    : undefined;
}
