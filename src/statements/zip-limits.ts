import { refusal } from "./emit.ts";
import type { ByteSource } from "./source.ts";
import type { StatementRefusal } from "./types.ts";

const maxFile = 64 * 1024 * 1024;
const maxUnpacked = 512 * 1024 * 1024;
const maxEntries = 5000;

/**
 * Looks at the zip's directory before anything is unpacked: a few kilobytes can claim to be gigabytes. Returns the
 * refusal, or undefined for a workbook of sane size.
 */
export function checkZip(source: ByteSource): StatementRefusal | undefined {
  if (source.size > maxFile)
    return refusal(
      "too-large",
      "The XLSX file is larger than 64 MiB. Ask the bank for CSV or 1C, which can be of any size.",
    );
  const tailStart = Math.max(0, source.size - 66_000);
  const tail = source.read(tailStart, source.size);
  const broken = refusal(
    "broken-file",
    "The XLSX file is damaged or cut off: its zip directory is missing. Download it from the bank again.",
  );
  let at = -1;
  for (let i = tail.length - 22; i >= 0; i -= 1) {
    if (tail[i] === 0x50 && tail[i + 1] === 0x4b && tail[i + 2] === 0x05 && tail[i + 3] === 0x06) {
      at = i;
      break;
    }
  }
  if (at < 0) return broken;
  const end = new DataView(tail.buffer, tail.byteOffset + at, 22);
  const count = end.getUint16(10, true);
  const size = end.getUint32(12, true);
  const start = end.getUint32(16, true);
  if (start + size > source.size) return broken;
  if (count > maxEntries)
    return refusal("too-large", "The XLSX file claims thousands of parts; it is no bank statement.");
  const directory = source.read(start, start + size);
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  let offset = 0;
  let unpacked = 0;
  let hasWorkbook = false;
  for (let i = 0; i < count; i += 1) {
    if (offset + 46 > directory.length || view.getUint32(offset, true) !== 0x02014b50) return broken;
    if ((view.getUint16(offset + 8, true) & 1) === 1) {
      return refusal(
        "password-protected",
        "The file is a zip with a password. Unpack it and give the file inside.",
      );
    }
    unpacked += view.getUint32(offset + 24, true);
    const nameLength = view.getUint16(offset + 28, true);
    const name = new TextDecoder().decode(directory.subarray(offset + 46, offset + 46 + nameLength));
    if (/^xl\/workbook\.xml$/u.test(name)) hasWorkbook = true;
    offset += 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  if (unpacked > maxUnpacked)
    return refusal(
      "too-large",
      "The XLSX file would unpack to more than 512 MiB. Ask the bank for CSV or 1C instead.",
    );
  if (!hasWorkbook)
    return refusal(
      "not-a-statement",
      "The file is a zip archive, but no Excel workbook. Unpack it and give the file inside.",
    );
  return undefined;
}
