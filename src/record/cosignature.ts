/**
 * Cosignatures of witnesses (C2SP tlog-cosignature, `cosignature/v1`, type 0x04). The signed message does not hold the
 * witness's name, so one key is one witness, whatever it is called.
 */
import { concatBytes, utf8 } from "./bytes.ts";
import { type Signer, verifyEd25519 } from "./ed25519.ts";
import { type ParsedNote, signatureLine, signatureType, type VerifierKey, verifierKey } from "./note.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";

export type CosignatureRefusal = Refusal<"cosignature-malformed" | "cosignature-wrong">;

/** The bytes a witness signs. `checkpointText` is all lines of the checkpoint with their newlines, no signatures. */
export function cosignatureMessage(checkpointText: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`);
}

/** A witness's signature line over a checkpoint at Unix second `time`. */
export function cosign(checkpointText: string, time: number, name: string, signer: Signer): string {
  assert(Number.isSafeInteger(time) && time >= 0, "a cosignature's time is in whole seconds");
  const key = verifierKey(name, signatureType.cosignatureV1, signer.publicKey);
  const signature = signer.sign(cosignatureMessage(checkpointText, time));
  return signatureLine(key, concatBytes(bigEndian64(time), signature));
}

/** Verifies what follows the key id on a witness's line; gives the time it states. */
export function verifyCosignature(
  checkpointText: string,
  bytes: Uint8Array,
  witness: VerifierKey,
): Result<{ readonly time: number }, CosignatureRefusal> {
  const time = timeOfCosignature(bytes);
  if (time === undefined || witness.type !== signatureType.cosignatureV1)
    return refuse({ code: "cosignature-malformed", message: `Not a cosignature/v1 of ${witness.name}.` });
  const message = cosignatureMessage(checkpointText, time);
  if (!verifyEd25519({ publicKey: witness.publicKey, message, signature: bytes.subarray(8) }))
    return refuse({
      code: "cosignature-wrong",
      message: `The cosignature of ${witness.name} is not over this text.`,
    });
  return ok({ time });
}

/** Unix seconds in the first 8 bytes of a cosignature; undefined if it has not 72 bytes or the time is past 2^53. */
export function timeOfCosignature(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 72) return undefined;
  const time = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  return time <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(time) : undefined;
}

/** One witness that cosigned, and the earliest time it states. */
export type Witnessed = { readonly witness: VerifierKey; readonly time: number };

/**
 * Which of `witnesses` cosigned the note's text: each at most once, by its public key. Lines of unknown keys are
 * ignored; a line of a known witness that fails refuses the whole note.
 */
export function cosignaturesOf(
  note: ParsedNote,
  witnesses: readonly VerifierKey[],
): Result<readonly Witnessed[], CosignatureRefusal> {
  const found = new Map<VerifierKey, number>();
  for (const { name, id, bytes } of note.signatures) {
    const witness = witnesses.find(
      (w) => w.name === name && w.id === id && w.type === signatureType.cosignatureV1,
    );
    if (witness === undefined) continue;
    const verified = verifyCosignature(note.text, bytes, witness);
    if (!verified.ok) return verified;
    found.set(witness, Math.min(found.get(witness) ?? Number.POSITIVE_INFINITY, verified.value.time));
  }
  return ok([...found].map(([witness, time]) => ({ witness, time })));
}

function bigEndian64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
