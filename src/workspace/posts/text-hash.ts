// On the page, where no worker has provided them, hashes need their portable form.
import "#record/portable.ts";
import { toHex, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";

/**
 * The fingerprint of a post's text: lines end in LF, no blanks at the ends, Unicode NFC. Copied from a network or from a
 * document, the same words then give the same digest. Empty for no text.
 */
export function textHashOf(text: string): string {
  const plain = text.normalize("NFC").replaceAll(/\r\n?/gu, "\n").trim();
  return plain === "" ? "" : toHex(sha256(utf8(plain)));
}

/** A local time as a form has it, "2025-02-01T10:05", with the zone of this device: "2025-02-01T10:05:00+05:00". */
export function momentWithZone(local: string): string {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return "";
  const minutes = -at.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const zone = `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  return `${local.length === 16 ? `${local}:00` : local}${zone}`;
}
