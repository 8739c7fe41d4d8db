import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "#record/bytes.ts";
import { hmacSha256 } from "#record/hash.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { pad, unpad } from "#vault/seal/pad.ts";

/**
 * Values that wait on a device, sealed under a key of the member's own: plain data, bigints and bytes included. The content of
 * files is left out: it is sealed apart. `purpose` binds them to their place.
 */
export async function sealValue(
  keyring: Keyring,
  purpose: string,
  value: unknown,
  randomBytes: RandomBytes,
): Promise<Uint8Array> {
  return sealBytes(keyOf(keyring), utf8(purpose), pad(utf8(JSON.stringify(value, encode))), randomBytes);
}

/** undefined for what was sealed by somebody else, for another place, or was altered. */
export async function openValue(keyring: Keyring, purpose: string, sealed: Uint8Array): Promise<unknown> {
  const opened = await openBytes(keyOf(keyring), utf8(purpose), sealed);
  const plaintext = opened.ok ? unpad(opened.value) : opened;
  const text = plaintext.ok ? fromUtf8(plaintext.value) : undefined;
  return text === undefined ? undefined : JSON.parse(text, decode);
}

function keyOf(keyring: Keyring): Uint8Array {
  return hmacSha256(keyring.device.signingSeed.reveal(), utf8("aigaq/device-storage/1"), Uint8Array.of(1));
}

function encode(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return { "\u0000": "bigint", value: String(value) };
  if (value instanceof Blob) return undefined;
  if (value instanceof Uint8Array) return { "\u0000": "bytes", value: toBase64Url(value) };
  return value;
}

function decode(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("\u0000" in value) || !("value" in value))
    return value;
  const text = String(value.value);
  return value["\u0000"] === "bigint" ? BigInt(text) : (fromBase64Url(text) ?? new Uint8Array());
}
