/**
 * What a PDF tells about its making. It is only shown: a PDF cannot be changed without breaking signatures in it, and a signed invoice must stay
 * signed. Source: ISO 32000-1, 14.3 (Info dictionary, XMP).
 */
import { unzlibSync } from "fflate";
import { asciiAt, shownText, type Metadata, type MetadataKind } from "./metadata.ts";

const infoKinds: Readonly<Record<string, MetadataKind>> = {
  Author: "person",
  Creator: "program",
  Producer: "program",
  Title: "text",
  Subject: "text",
  Keywords: "text",
  CreationDate: "time",
  ModDate: "time",
};

export type PdfMetadata = {
  readonly found: readonly Metadata[];
  /** False when the file is encrypted, or a part of it could not be unpacked: there may be more than was found. */
  readonly isComplete: boolean;
};

/** More than that is not unpacked from one file: its metadata is some kilobytes, a trap is gigabytes. */
const mostUnpacked = 32 * 1024 * 1024;

/** What the PDF says of its author, programs, title and times; undefined if it is no PDF. */
export function inspectPdf(bytes: Uint8Array): PdfMetadata | undefined {
  // Up to a kilobyte of something else may stand before the heading.
  if (!asciiAt(bytes, 0, 1024).includes("%PDF-")) return undefined;
  const text = latin1(bytes);
  const { texts, isComplete } = packedObjects(bytes, text);
  const found: Metadata[] = [];
  const add = (kind: MetadataKind, detail: string) => {
    // Bookmarks have titles, too: thirty things are enough to see that a file talks.
    if (
      found.length < 30 &&
      detail !== "" &&
      !found.some((other) => other.kind === kind && other.detail === detail)
    )
      found.push({ kind, detail });
  };
  for (const part of [text, ...texts]) {
    for (const [, name = "", value = ""] of part.matchAll(infoPattern))
      add(infoKinds[name] ?? "other", pdfText(value));
    if (/<\?xpacket begin|<x:xmpmeta/u.test(part)) add("history", "XMP");
  }
  return { found, isComplete: isComplete && !/\/Encrypt\s/u.test(text) };
}

/** A name of the Info dictionary with its text in brackets (with escapes; brackets in pairs to one depth) or in hexadecimal. */
const infoPattern =
  /\/(Author|Creator|Producer|Title|Subject|Keywords|CreationDate|ModDate)\s*(\((?:[^()\\]|\\[^]|\((?:[^()\\]|\\[^])*\))*\)|<[0-9A-Fa-f\s]*>)/gu;

/** From PDF 1.5 on, the Info dictionary may lie in a packed stream of objects. */
function packedObjects(
  bytes: Uint8Array,
  text: string,
): { readonly texts: readonly string[]; readonly isComplete: boolean } {
  const texts: string[] = [];
  let isComplete = true;
  let left = mostUnpacked;
  for (const found of text.matchAll(/\/(?:ObjStm|Metadata)\b[^]{0,400}?\bstream\r?\n/gu)) {
    // The names of a dictionary stand in any order: the filter may come before the type.
    const dictionary = text.slice(text.lastIndexOf("obj", found.index), found.index) + found[0];
    if (!dictionary.includes("/FlateDecode")) continue;
    const from = found.index + found[0].length;
    const end = text.indexOf("endstream", from);
    const unpacked = end === -1 ? undefined : unpack(bytes.subarray(from, end), left);
    if (unpacked === undefined || unpacked.isCut) isComplete = false;
    if (unpacked === undefined) continue;
    left -= unpacked.bytes.length;
    texts.push(latin1(unpacked.bytes));
  }
  return { texts, isComplete };
}

/** The room is set in advance, so a packed bomb stops there. */
function unpack(
  packed: Uint8Array,
  most: number,
): { readonly bytes: Uint8Array; readonly isCut: boolean } | undefined {
  const room = Math.min(most, packed.length * 40 + 1024);
  try {
    const bytes = unzlibSync(packed, { out: new Uint8Array(room) });
    return { bytes, isCut: bytes.length >= room };
  } catch {
    return undefined;
  }
}

/** Bytes as the letters of the same numbers, in pieces that the stack can take. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += asciiAt(bytes, at, 8192);
  return text;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The text of a PDF string, given with its brackets: UTF-16 where it says so, otherwise nearly Latin 1. */
function pdfText(value: string): string {
  const raw = value.startsWith("<")
    ? value
        .replace(/[^0-9A-Fa-f]/gu, "")
        .replace(/../gu, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    : value.slice(1, -1).replace(/\\([0-7]{1,3}|\r\n|[^])/gu, (_, code: string) => {
        if (/^[0-7]/u.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
        return /^[\r\n]/u.test(code) ? "" : (escapes[code] ?? code);
      });
  if (!raw.startsWith("\u00fe\u00ff")) return shownText(raw);
  const units = Uint8Array.from(raw.slice(2), (letter) => letter.charCodeAt(0));
  return shownText(new TextDecoder("utf-16be").decode(units));
}
