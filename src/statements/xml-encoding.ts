import { decodeBytes, guessEncoding, isUtf8 } from "./encoding.ts";
import type { Encoding } from "./encoding.ts";
import type { ByteSource } from "./source.ts";
import { headOf } from "./source.ts";

const declared: Readonly<Record<string, Encoding>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  "windows-1251": "windows-1251",
  cp1251: "windows-1251",
  "windows-1252": "windows-1252",
  "iso-8859-1": "windows-1252",
  "iso-8859-15": "windows-1252",
  "koi8-r": "koi8-r",
  ibm866: "ibm866",
};

/** The encoding of an XML file: its declaration, unless the bytes contradict it. */
export function xmlEncoding(source: ByteSource): Encoding {
  const head = headOf(source, 262_144);
  const guess = guessEncoding(source);
  if (guess === "utf-16le" || guess === "utf-16be") return guess;
  const label = /<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/iu.exec(
    decodeBytes(head.subarray(0, 1024), "windows-1252"),
  )?.[1];
  const named = label === undefined ? undefined : declared[label.toLowerCase()];
  if (named === undefined) return isUtf8(head) ? "utf-8" : guess;
  return named;
}
