import { equalBytes, fromUtf8 } from "#record/bytes.ts";
import { refuse, ok, type Result } from "#record/result.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";

export type Files = ReadonlyMap<string, Uint8Array>;
export type ZipRefusal = { readonly code: "zip"; readonly message: string };

/** The most that an archive without zip64 can hold; about 21 000 entries of three files each. */
export const filesMax = 65_534;
/** All files together, unpacked. A larger claim is refused before anything is unpacked. */
export const bytesMax = 2 ** 30;
const nameMax = 255;
const namePattern = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*\/?$/;

const no = (message: string): { readonly ok: false; readonly refusal: ZipRefusal } =>
  refuse({ code: "zip", message });
const damaged = no("the directory of the archive is damaged");
const damagedFile = no("a file of the archive is damaged");
const misplaced = no("a file of the archive is not where it should be");
const badName = no("a file has a name that is not accepted");

/**
 * The files of a zip archive, by name without their one top folder. Strict (spec/dossier.md section 2): what two
 * readers could read in two ways is refused, so are names that leave the folder, and sizes that cannot be true.
 */
export const readZip = (blob: Uint8Array): Result<Files, ZipRefusal> => {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const end = endOfDirectory(view);
  if (end < 0) return no("not a zip archive");
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count || count === 0xffff)
    return no("the directory of the archive does not fit");
  if (offset + view.getUint32(end + 12, true) !== end) return no("the directory of the archive does not fit");
  if (count > filesMax) return no("too many files");
  const files = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  const spans: (readonly [number, number])[] = [];
  let total = 0;
  let at = offset;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return damaged;
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    const packed = view.getUint32(at + 20, true);
    const plain = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const disk = view.getUint16(at + 34, true);
    const local = view.getUint32(at + 42, true);
    const nameBytes = blob.subarray(at + 46, at + 46 + nameLength);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (at > end) return damaged;
    if ((flags & 0x2041) !== 0 || disk !== 0 || (method !== 0 && method !== 8))
      return no("a file is packed in a way that is not accepted");
    const name = fromUtf8(nameBytes);
    if (nameLength > nameMax || name === undefined || !namePattern.test(name)) return badName;
    const bare = name.replace(/\/$/, "");
    if (bare.split("/").some((part) => /^\.+$/.test(part))) return badName;
    if (seen.has(bare.toLowerCase())) return no("two files have one name");
    seen.add(bare.toLowerCase());
    total += plain;
    if (total > bytesMax || packed > plain + Math.floor(plain / 8) + 64 || (method === 0 && packed !== plain))
      return no("the archive claims impossible sizes");
    if (local + 30 > offset || view.getUint32(local, true) !== 0x04034b50) return misplaced;
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (
      view.getUint16(local + 8, true) !== method ||
      begin + packed > offset ||
      !equalBytes(blob.subarray(local + 30, local + 30 + view.getUint16(local + 26, true)), nameBytes)
    )
      return misplaced;
    spans.push([local, begin + packed]);
    const data = blob.subarray(begin, begin + packed);
    const body = method === 0 ? data : inflate(data, plain);
    if (body === undefined || crc32(body) !== crc) return damagedFile;
    if (name.endsWith("/")) {
      if (plain !== 0) return badName;
    } else files.set(name, body);
  }
  if (at !== end) return damaged;
  spans.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  for (let i = 1; i < spans.length; i++)
    if ((spans[i] as [number, number])[0] < (spans[i - 1] as [number, number])[1])
      return no("files of the archive overlap");
  return withoutTopFolder(files);
};

const endOfDirectory = (view: DataView): number => {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at > last - 65_536; at--) {
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + 22 + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  return -1;
};

const withoutTopFolder = (files: Files): Result<Files, ZipRefusal> => {
  const cut = (files.keys().next().value ?? "").indexOf("/") + 1;
  const top = (files.keys().next().value ?? "").slice(0, cut);
  const inner = new Map<string, Uint8Array>();
  for (const [name, body] of files) {
    if (cut === 0 || !name.startsWith(top)) return no("the archive must hold one folder");
    inner.set(name.slice(cut), body);
  }
  return files.size === 0 ? no("the archive must hold one folder") : ok(inner);
};
