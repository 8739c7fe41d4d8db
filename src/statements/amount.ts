import { scaleOf } from "./currency.ts";

/**
 * Money text to minor units and back, in integers only. One parser for all formats, so that "1 234,50",
 * "1'234.50", "1.234,50-" and "−1234.5" mean the same sum wherever they stand.
 */

/** Which sign separates the decimals. "auto": the last of two, else the one that cannot be a thousands mark. */
export type DecimalMark = "." | "," | "auto";

/** An exact decimal: value = sign × digits / 10^scale. */
export type Decimal = { readonly negative: boolean; readonly digits: string; readonly scale: number };

const plain = /^(\d{1,18})(?:\.(\d{0,9}))?$/u;
const spaces = /[\s\u00A0\u2000-\u200B\u202F\u205F\uFEFF]+/gu;

/** Reads one amount; undefined if `text` is not exactly one. Never rounds. */
export function parseDecimal(text: string, mark: DecimalMark = "auto"): Decimal | undefined {
  if (mark !== ",") {
    // The common case of machine-made files, kept free of any rewriting. With "auto", three decimals could be
    // a thousands mark, so they take the long way.
    const match = plain.exec(text);
    if (match !== null && (mark === "." || match[2]?.length !== 3)) {
      return { negative: false, digits: (match[1] ?? "") + (match[2] ?? ""), scale: match[2]?.length ?? 0 };
    }
  }
  // No sum is longer; a garbled field may be.
  if (text.length > 80) return undefined;
  let body = text.replaceAll(spaces, " ").trim();
  // Wrapped in quotes by careless exports; currency words and signs around the figure carry no amount.
  body = body.replaceAll(/^["']+|["']+$/gu, "").trim();
  let negative = false;
  const enclosed = /^\((.*)\)$/u.exec(body);
  if (enclosed !== null) {
    negative = true;
    body = (enclosed[1] ?? "").trim();
  }
  body = body
    .replace(/^([+\-−–—]?)\s*(?:[A-Z]{3}|[$€£₸₽₫₴₺₩]|US\$)\s*(?=[\d+\-−–—.,])/u, "$1")
    .replace(/\s*(?:[A-Z]{3}|[$€£₸₽₫₴₺₩đ]|[TТ]|тг\.?|тенге|теңге|руб\.?|р\.?)$/iu, "")
    .trim();
  const sign = /^([+\-−–—])\s*|\s*([+\-−–—])$/u.exec(body);
  if (sign !== null) {
    if (enclosed !== null) return undefined;
    negative = (sign[1] ?? sign[2]) !== "+";
    body = sign[1] === undefined ? body.slice(0, sign.index).trim() : body.slice(sign[0].length).trim();
  }
  if (!/^[\d.,]/u.test(body) || !/^[\d.,'’ʼ ]+$/u.test(body)) return undefined;
  const decimal = mark === "auto" ? guessMark(body) : mark;
  const at = decimal === undefined ? -1 : body.lastIndexOf(decimal);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? "" : body.slice(at + 1);
  if (!/^\d*$/u.test(fraction)) return undefined;
  const joined = ungroup(whole);
  if (joined === undefined || (joined === "" && fraction === "")) return undefined;
  const digits = (joined === "" ? "0" : joined) + fraction;
  // 18 digits before the point are more than all money there is; more are a garbled field or an account number.
  if (joined.length > 18 || fraction.length > 18) return undefined;
  return { negative, digits, scale: fraction.length };
}

function guessMark(body: string): "." | "," | undefined {
  const dot = body.lastIndexOf(".");
  const comma = body.lastIndexOf(",");
  if (dot < 0 && comma < 0) return undefined;
  if (dot >= 0 && comma >= 0) return dot > comma ? "." : ",";
  const sign = dot >= 0 ? "." : ",";
  const at = Math.max(dot, comma);
  if (body.indexOf(sign) !== at) return undefined;
  // "1,234" and "12.345": three digits after one sign group thousands, unless a leading zero forbids it.
  const grouped = body.length - at - 1 === 3 && /^[1-9]\d{0,2}$/u.test(body.slice(0, at));
  return grouped ? undefined : sign;
}

/** Removes thousands marks, but only where they really group: "1 23" and "1,2345" are not numbers. */
function ungroup(whole: string): string | undefined {
  if (/^\d*$/u.test(whole)) return whole;
  const mark = /[.,'’ʼ ]/u.exec(whole)?.[0] ?? " ";
  const groups = whole.split(mark);
  const [first = "", ...rest] = groups;
  if (!/^\d{1,3}$/u.test(first)) return undefined;
  const last = rest.at(-1) ?? "";
  if (!/^\d{3}$/u.test(last)) return undefined;
  // Indian books group by two above the thousands: 12,34,567.
  if (!rest.every((group) => /^\d{2,3}$/u.test(group))) return undefined;
  return groups.join("");
}

export type AmountReading =
  | { readonly kind: "read"; readonly minor: bigint }
  | { readonly kind: "too-fine" }
  | { readonly kind: "unreadable" };

const unreadable: AmountReading = { kind: "unreadable" };
const tooFine: AmountReading = { kind: "too-fine" };

/**
 * Minor units of `text` in `currency`, signed. "8.850" EUR is 885; "8.855" EUR is `too-fine`, since rounding would
 * invent money.
 */
export function readAmount(text: string, currency: string | null, mark: DecimalMark = "auto"): AmountReading {
  const decimal = parseDecimal(text, mark);
  return decimal === undefined ? unreadable : toMinor(decimal, scaleOf(currency));
}

export function toMinor(decimal: Decimal, scale: number): AmountReading {
  let { digits } = decimal;
  if (decimal.scale > scale) {
    const cut = digits.length - (decimal.scale - scale);
    if (!/^0*$/u.test(digits.slice(cut))) return tooFine;
    digits = digits.slice(0, cut);
  } else if (decimal.scale < scale) {
    digits += "0".repeat(scale - decimal.scale);
  }
  const value = BigInt(digits === "" ? "0" : digits);
  return { kind: "read", minor: decimal.negative ? -value : value };
}

/** The decimal string of a sum: `formatMinor(885n, "EUR")` is "8.85", `formatMinor(-2700n, "JPY")` is "-2700". */
export function formatMinor(minor: bigint, currency: string | null): string {
  const scale = scaleOf(currency);
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, "0");
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
