/**
 * A box: bytes that belong to one entry of the record (its disclosures), sealed under a fresh key; that key is
 * sealed under the room's epoch key in the keybox. Deleting the keybox erases the box for everyone, whatever copies
 * of it exist. Spec: `spec/vault.md` §3.
 *
 * Privacy: the server sees room id, epoch, box id and the padded size; never the content nor the readers.
 */
import { assert } from "#record/result.ts";
import { sealedLength, sealInto } from "./cobblestone.ts";
import {
  boxContext,
  boxHeadSize,
  boxIdSize,
  encodeBoxHead,
  keyboxContext,
  keySize,
  type RandomBytes,
  saltSize,
} from "./layout.ts";
import { pad } from "./pad.ts";
import { sealingPrimitives, type SealingPrimitives } from "./primitives.ts";

export type SealedBox = { readonly box: Uint8Array; readonly keybox: Uint8Array };

export type BoxContent = {
  /** The 32-byte key of the room in force. */
  readonly epochKey: Uint8Array;
  /** The room's 16 random bytes. */
  readonly room: Uint8Array;
  /** Which epoch of the room `epochKey` is, from 0. */
  readonly epoch: number;
  /** SHA-256 of the entry's JWT: the box opens for this entry only. */
  readonly entryHash: Uint8Array;
  readonly plaintext: Uint8Array;
  readonly randomBytes: RandomBytes;
};

/**
 * Seals one box. The plaintext is padded here (`pad.ts`); the box's id is random.
 *
 * Example: `const { box, keybox } = await sealBox({ epochKey, room, epoch: 3, entryHash, plaintext, randomBytes })`.
 */
export async function sealBox(
  { epochKey, room, epoch, entryHash, plaintext, randomBytes }: BoxContent,
  primitives: SealingPrimitives = sealingPrimitives,
): Promise<SealedBox> {
  // One call for all the randomness: for a small box the calls themselves would cost more than the bytes.
  const random = randomBytes(boxIdSize + keySize + 2 * saltSize);
  assert(
    random.length === boxIdSize + keySize + 2 * saltSize,
    "the source of randomness returned too few bytes",
  );
  const id = random.subarray(0, boxIdSize);
  const boxKey = random.subarray(boxIdSize, boxIdSize + keySize);
  const boxSalt = random.subarray(boxIdSize + keySize, boxIdSize + keySize + saltSize);
  const keyboxSalt = random.subarray(boxIdSize + keySize + saltSize);

  const head = encodeBoxHead({ id, room, epoch });
  const padded = pad(plaintext);
  const box = new Uint8Array(boxHeadSize + sealedLength(padded.length));
  box.set(head);
  const boxMessage = {
    inputKey: boxKey,
    context: boxContext(head, entryHash),
    plaintext: padded,
    salt: boxSalt,
  };
  await sealInto(box, boxHeadSize, boxMessage, primitives);

  const keybox = new Uint8Array(boxHeadSize + sealedLength(keySize));
  keybox.set(head);
  const keyMessage = {
    inputKey: epochKey,
    context: keyboxContext(head),
    plaintext: boxKey,
    salt: keyboxSalt,
  };
  await sealInto(keybox, boxHeadSize, keyMessage, primitives);
  return { box, keybox };
}
