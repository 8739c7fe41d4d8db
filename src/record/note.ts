/**
 * Signed notes (C2SP signed-note): a text, a blank line, signature lines. The text means nothing until a signature of a
 * known key was verified.
 */
import { concatBytes, fromBase64, toBase64, toHex, utf8 } from "./bytes.ts";
import { isAcceptablePublicKey, type Signer, verifyEd25519 } from "./ed25519.ts";
import { sha256 } from "./hash.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";

/** Signature types by their identifier byte. Only the first two are verified here; see {@link VerifierKey}. */
export const signatureType = { ed25519: 0x01, cosignatureV1: 0x04, mlDsa44: 0x06 } as const;

/**
 * A public key with its name and use: the parsed form of a "vkey" `<name>+<8 hex of the key id>+<base64 of type || key>`.
 * A key of type 0x06 (ML-DSA-44 cosignature) parses and its id is checked; signatures of it are not verified by this
 * version and count as those of an unknown key.
 */
export type VerifierKey = {
  readonly name: string;
  /** 8 characters of hexadecimal. */
  readonly id: string;
  readonly type: 0x01 | 0x04 | 0x06;
  readonly publicKey: Uint8Array;
};

export type VerifierKeyRefusal = Refusal<
  "vkey-malformed" | "vkey-name-invalid" | "vkey-type-unknown" | "vkey-key-malformed" | "vkey-id-wrong"
>;

const publicKeyBytes = { 0x01: 32, 0x04: 32, 0x06: 1_312 } as const;

/** First 4 bytes, in hexadecimal, of SHA-256(name || 0x0A || type || public key). */
export function keyId(name: string, type: number, publicKey: Uint8Array): string {
  return toHex(sha256(utf8(name), Uint8Array.of(0x0a, type), publicKey).subarray(0, 4));
}

/** The key of `name` for Ed25519 notes (a log) or cosignatures (a witness). */
export function verifierKey(name: string, type: 0x01 | 0x04, publicKey: Uint8Array): VerifierKey {
  assert(isKeyName(name) && publicKey.length === 32, "a note key has a valid name and 32 bytes");
  return { name, type, publicKey, id: keyId(name, type, publicKey) };
}

/** `example.com/foo+530d903a+AekyeRrm…` */
export function vkeyText({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/** Reads a vkey. The key id must follow the rule, and an Ed25519 key must be acceptable (`spec/log.md` section 9). */
export function parseVkey(text: string): Result<VerifierKey, VerifierKeyRefusal> {
  // Split at the first two: base64 has "+" too, names have none.
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  if (first < 0 || second < 0)
    return refuse({ code: "vkey-malformed", message: "A vkey is name+id+key in base64." });
  const name = text.slice(0, first);
  const id = text.slice(first + 1, second);
  const bytes = fromBase64(text.slice(second + 1));
  if (!isKeyName(name))
    return refuse({ code: "vkey-name-invalid", message: "A key name is empty or has spaces." });
  if (!/^[0-9a-f]{8}$/u.test(id) || bytes === undefined)
    return refuse({ code: "vkey-malformed", message: "A vkey is name+id+key in base64." });
  const type = bytes[0];
  const publicKey = bytes.slice(1);
  if (type !== 0x01 && type !== 0x04 && type !== 0x06)
    return refuse({ code: "vkey-type-unknown", message: `Keys of type ${type} are not known here.` });
  if (publicKey.length !== publicKeyBytes[type])
    return refuse({
      code: "vkey-key-malformed",
      message: `A key of type ${type} has ${publicKeyBytes[type]} bytes.`,
    });
  if (keyId(name, type, publicKey) !== id)
    return refuse({ code: "vkey-id-wrong", message: "The key id does not follow from name, type and key." });
  if (type !== signatureType.mlDsa44 && !isAcceptablePublicKey(publicKey))
    return refuse({ code: "vkey-key-malformed", message: "Not an Ed25519 key of prime order." });
  return ok({ name, id, type, publicKey });
}

/** One signature line; `bytes` is what follows the 4 bytes of key id. */
export type NoteSignature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };

/** A note taken apart; nothing is verified yet. `text` includes its final newline. */
export type ParsedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type NoteRefusal = Refusal<
  | "note-malformed"
  | "note-signature-line-malformed"
  | "note-too-many-signatures"
  | "note-signature-wrong"
  | "note-unsigned"
>;

/** C2SP asks for at least 16; a note of 64 is no honest note. */
export const noteSignaturesMax = 64;
const noteLengthMax = 1_048_576;

/** Takes a note apart at its last empty line. */
export function parseNote(note: string): Result<ParsedNote, NoteRefusal> {
  if (note.length > noteLengthMax || !note.isWellFormed() || hasControlCharacter(note))
    return refuse({ code: "note-malformed", message: "A note is UTF-8 text without control characters." });
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n") || split + 2 === note.length)
    return refuse({ code: "note-malformed", message: "A note has a blank line before its signatures." });
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(split + 2, -1).split("\n")) {
    if (signatures.length >= noteSignaturesMax)
      return refuse({
        code: "note-too-many-signatures",
        message: `A note has at most ${noteSignaturesMax} signatures.`,
      });
    const signature = parseSignatureLine(line);
    if (!signature.ok) return signature;
    signatures.push(signature.value);
  }
  return ok({ text: note.slice(0, split + 1), signatures });
}

/** Reads "— name base64", without the newline. */
export function parseSignatureLine(line: string): Result<NoteSignature, NoteRefusal> {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line);
  const name = match?.[1] ?? "";
  const bytes = fromBase64(match?.[2] ?? "");
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5)
    return refuse({
      code: "note-signature-line-malformed",
      message: `Not a signature line: ${line.slice(0, 80)}`,
    });
  return ok({ name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) });
}

/** "— name base64" and a newline. */
export function signatureLine(key: Pick<VerifierKey, "name" | "id">, bytes: Uint8Array): string {
  const id = Uint8Array.from({ length: 4 }, (_, i) => Number.parseInt(key.id.slice(i * 2, i * 2 + 2), 16));
  return `\u2014 ${key.name} ${toBase64(concatBytes(id, bytes))}\n`;
}

/** Signs a text as a note with one Ed25519 key (type 0x01). */
export function signNote(text: string, name: string, signer: Signer): string {
  assert(text.endsWith("\n") && text !== "\n", "the text of a note ends in a newline");
  assert(!hasControlCharacter(text) && text.isWellFormed(), "the text of a note has no control characters");
  const key = verifierKey(name, signatureType.ed25519, signer.publicKey);
  return `${text}\n${signatureLine(key, signer.sign(utf8(text)))}`;
}

/**
 * Verifies a note against known keys of type 0x01. Lines of unknown keys are ignored [a witness may be new, an
 * algorithm too]; a line of a known key that fails makes the whole note refused; so does the lack of any known one.
 * Gives the text and the distinct keys whose signatures were verified.
 */
export function openNote(
  note: string,
  keys: readonly VerifierKey[],
): Result<{ readonly text: string; readonly signedBy: readonly VerifierKey[] }, NoteRefusal> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const message = utf8(text);
  const signedBy = new Set<VerifierKey>();
  for (const { name, id, bytes } of signatures) {
    const key = keys.find((k) => k.name === name && k.id === id && k.type === signatureType.ed25519);
    if (key === undefined) continue;
    if (!verifyEd25519({ publicKey: key.publicKey, message, signature: bytes }))
      return refuse({
        code: "note-signature-wrong",
        message: `The signature of ${name} is not over this text.`,
      });
    signedBy.add(key);
  }
  if (signedBy.size === 0)
    return refuse({ code: "note-unsigned", message: "The note is not signed by any of the expected keys." });
  return ok({ text, signedBy: [...signedBy] });
}

/** Non-empty, without Unicode spaces and without "+". */
export function isKeyName(name: string): boolean {
  return (
    name !== "" && name.isWellFormed() && !/[\s\p{White_Space}+]/u.test(name) && !hasControlCharacter(name)
  );
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}
