/**
 * Looks for secrets in bytes as someone does who has seized the disk: in every encoding in which a program may have left
 * them, and inside compressed streams. One pass over each file, however many secrets there are.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { constants, inflateRawSync, inflateSync } from "node:zlib";

export type Hit = {
  /** The secret, in words. */
  readonly secret: string;
  /** "base64url at offset 2" */
  readonly encoding: string;
  readonly file: string;
  readonly at: number;
};

type Pattern = { readonly secret: string; readonly encoding: string; readonly bytes: Uint8Array };

/** Bytes of a pattern that are looked up in the index; shorter patterns would be found in noise. */
const keyLength = 6;

export class PlaintextSearch {
  readonly #patterns = new Map<number, Pattern[]>();

  constructor(secrets: Iterable<string>) {
    for (const secret of new Set(secrets)) {
      for (const [encoding, bytes] of encodingsOf(secret)) {
        if (bytes.length < keyLength) continue;
        const key = keyAt(bytes, 0);
        const list = this.#patterns.get(key);
        if (list === undefined) this.#patterns.set(key, [{ secret, encoding, bytes }]);
        else list.push({ secret, encoding, bytes });
      }
    }
  }

  /** All files under a folder, whatever they are called. */
  inFolder(folder: string): Hit[] {
    return filesUnder(folder).flatMap((path) => this.inBytes(readFileSync(path), relative(folder, path)));
  }

  inBytes(bytes: Uint8Array, file: string): Hit[] {
    const hits = this.#scan(bytes, file, "");
    for (const { kind, at, content } of compressedStreams(bytes))
      hits.push(...this.#scan(content, file, ` in a ${kind} stream at ${at}`));
    return hits;
  }

  #scan(bytes: Uint8Array, file: string, inside: string): Hit[] {
    const hits: Hit[] = [];
    for (let at = 0; at + keyLength <= bytes.length; at++) {
      for (const pattern of this.#patterns.get(keyAt(bytes, at)) ?? []) {
        if (!startsWith(bytes, at, pattern.bytes)) continue;
        hits.push({ secret: pattern.secret, encoding: pattern.encoding + inside, file, at });
      }
    }
    return hits;
  }
}

/** Every way in which the secret may stand in a file. Those that cannot hold it (a Kazakh letter in Windows-1251) are left out. */
export function encodingsOf(secret: string): [encoding: string, bytes: Uint8Array][] {
  const utf8 = Buffer.from(secret, "utf8");
  const ascii = (text: string) => Buffer.from(text, "latin1");
  const found: [string, Uint8Array][] = [
    ["UTF-8", utf8],
    ["UTF-16LE", Buffer.from(secret, "utf16le")],
    ["UTF-16BE", Buffer.from(secret, "utf16le").swap16()],
    ["hex", ascii(utf8.toString("hex"))],
    ["HEX", ascii(utf8.toString("hex").toUpperCase())],
    ["JSON escapes", ascii(jsonEscaped(secret))],
  ];
  const percent = encodeURIComponent(secret);
  if (percent !== secret) found.push(["percent", ascii(percent)]);
  const windows1251 = inWindows1251(secret);
  if (windows1251 !== undefined) found.push(["Windows-1251", windows1251]);
  for (const alphabet of ["base64", "base64url"] as const)
    for (const offset of [0, 1, 2])
      found.push([`${alphabet} at offset ${offset}`, ascii(base64Inside(utf8, offset, alphabet))]);
  return found;
}

/** The characters that the bytes have in common wherever they stand `offset` (modulo three) bytes into a base64 text. */
function base64Inside(bytes: Buffer, offset: number, alphabet: "base64" | "base64url"): string {
  const before = Buffer.alloc(offset);
  const text = Buffer.concat([before, bytes]).toString(alphabet).replace(/=+$/u, "");
  // The first character that holds a bit of what stands before, and the last that may hold one of what comes after, fall away.
  const from = Math.ceil((offset * 8) / 6);
  const to = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(from, to);
}

function jsonEscaped(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code < 128 ? letter : `\\u${code.toString(16).padStart(4, "0")}`;
    })
    .join("");
}

const windows1251 = new Map(
  [...new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, i) => i))].map(
    (letter, i) => [letter, i],
  ),
);

function inWindows1251(text: string): Uint8Array | undefined {
  const bytes = [...text].map((letter) => windows1251.get(letter));
  return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
}

/** What unpacks from anywhere in the bytes: gzip, zlib, and what zip files hold. */
function* compressedStreams(bytes: Uint8Array): Generator<{ kind: string; at: number; content: Uint8Array }> {
  for (let at = 0; at + 8 < bytes.length; at++) {
    const first = bytes[at];
    const second = bytes[at + 1] ?? 0;
    if (first === 0x1f && second === 0x8b && bytes[at + 2] === 8) {
      // Its body, not the whole: what follows the stream in the file is no second member.
      const content = unpack(() => inflateRawSync(bytes.subarray(at + gzipHeadLength(bytes, at)), partial));
      if (content !== undefined) yield { kind: "gzip", at, content };
    } else if (
      first !== undefined &&
      (first & 0x0f) === 8 &&
      first >> 4 <= 7 &&
      ((first << 8) | second) % 31 === 0
    ) {
      const content = unpack(() => inflateSync(bytes.subarray(at, at + windowMax), partial));
      if (content !== undefined) yield { kind: "zlib", at, content };
    } else if (first === 0x50 && second === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4) {
      const name = (bytes[at + 26] ?? 0) + 256 * (bytes[at + 27] ?? 0);
      const extra = (bytes[at + 28] ?? 0) + 256 * (bytes[at + 29] ?? 0);
      const content = unpack(() => inflateRawSync(bytes.subarray(at + 30 + name + extra), partial));
      if (content !== undefined) yield { kind: "zip", at, content };
    }
  }
}

// A stream that is cut off by the end of a page still shows what came before.
const partial = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 };
/** Zlib headers are two bytes, so noise has thousands of them; each is tried on so many bytes only. */
const windowMax = 64 * 1024;

/** RFC 1952 §2.3: ten bytes, then an extra field, a name and a comment where the flags say so. */
function gzipHeadLength(bytes: Uint8Array, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let length = 10;
  if ((flags & 4) !== 0) length += 2 + (bytes[at + 10] ?? 0) + 256 * (bytes[at + 11] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) !== 0) length = bytes.indexOf(0, at + length) + 1 - at;
  }
  return (flags & 2) !== 0 ? length + 2 : length;
}

function unpack(run: () => Uint8Array): Uint8Array | undefined {
  try {
    return run();
  } catch {
    return undefined; // not a stream after all
  }
}

function keyAt(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  const low = ((bytes[at + 3] ?? 0) << 16) | ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0);
  return high * 0x1000000 + low;
}

function startsWith(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = keyLength; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
