import { bomLength, decodeBytes, utf16Without } from "./encoding.ts";
import type { ByteSource } from "./source.ts";
import { headOf } from "./source.ts";
import { refusal } from "./emit.ts";
import type { StatementRefusal } from "./types.ts";

/** Formats as the bytes show them; which reader is to try. */
export type Sniffed = "one-c" | "mt940" | "camt" | "ofx" | "kaspi-text" | "pdf" | "xlsx" | "csv";

export type Detection =
  | { readonly ok: true; readonly value: Sniffed }
  | { readonly ok: false; readonly refusal: StatementRefusal };

const zip = [0x50, 0x4b, 0x03, 0x04];
const compound = [0xd0, 0xcf, 0x11, 0xe0];

/** Decides by content, never by the file's name: a login page saved as .csv is still a login page. */
export function detect(source: ByteSource): Detection {
  if (source.size === 0) return no("empty-file", "The file is empty. Download it from the bank again.");
  const head = headOf(source, 65_536);
  if (startsWith(head, zip)) return { ok: true, value: "xlsx" };
  if (startsWith(head, compound)) {
    return no(
      "password-or-old-excel",
      "This is an Excel file with a password, or one in the old .xls form. Open it in a spreadsheet program and save it without a password as .xlsx.",
    );
  }
  const latin = decodeBytes(head, "windows-1252");
  if (latin.slice(0, 1024).includes("%PDF-")) return { ok: true, value: "pdf" };
  const wide = bomLength(head) === 2 ? (head[0] === 0xff ? "utf-16le" : "utf-16be") : utf16Without(head);
  const isWide = wide !== undefined;
  const text =
    wide === undefined
      ? latin
      : decodeBytes(head.subarray(0, head.length - (head.length % 2)), wide).replace("\uFEFF", "");
  const body = text.replace(/^(?:ÿþ|þÿ|ï»¿)/u, "");
  if (/^\s*$/u.test(body) && source.size <= head.length) {
    return no("empty-file", "The file holds nothing but blanks. Download it from the bank again.");
  }
  if (/^[\s\uFEFF]*1CClientBankExchange/iu.test(body)) return { ok: true, value: "one-c" };
  if (/OFXHEADER\s*[:=]|<\?OFX|<OFX>/iu.test(body.slice(0, 8192))) return { ok: true, value: "ofx" };
  if (isCamt(body)) return { ok: true, value: "camt" };
  if (/<!doctype\s+html|<html[\s>]|<head[\s>]/iu.test(body.slice(0, 8192))) {
    return no(
      "html-page",
      "This is a web page, not a statement; most likely the bank's login page was saved. Log in and download again.",
      1,
    );
  }
  if (/^\s*<\?xml|^\s*<[A-Za-z:]+[\s>]/u.test(body)) {
    return no("not-a-statement", "This is an XML file, but neither CAMT.052/053/054 nor OFX.", 1);
  }
  if (!isWide && isBinary(head)) {
    return no("binary-file", "This is a binary file of no format that can be read (text, PDF and XLSX can).");
  }
  if (/^\{1:F01|^:(?:20|25P?|28C?|60[FM]|61|NS):/mu.test(body)) return { ok: true, value: "mt940" };
  if (/kaspi\s+gold/iu.test(body)) return { ok: true, value: "kaspi-text" };
  return { ok: true, value: "csv" };
}

function isCamt(text: string): boolean {
  if (!/^[\s\uFEFF]*</u.test(text)) return false;
  return (
    /camt\.05[234]/u.test(text.slice(0, 8192)) ||
    /<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)[\s>]/u.test(text) ||
    /<(?:\w+:)?Document[\s>][\s\S]{0,400}<(?:\w+:)?(?:GrpHdr|BkToCstmr)/u.test(text)
  );
}

function isBinary(head: Uint8Array): boolean {
  let strange = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    // Start and end of text (1, 3) stand around MT940 messages; unit separator (31) inside them.
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 31)) strange += 1;
  }
  return strange > 8 && strange * 100 > head.length;
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

function no(code: string, message: string, line: number | null = null): Detection {
  return { ok: false, refusal: refusal(code, message, line) };
}
