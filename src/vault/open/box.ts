/** Opening of boxes, and what can be read of them without any key. Spec: `spec/vault.md` §3. */
import { equalBytes } from "#record/bytes.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import {
  boxContext,
  boxHeadSize,
  boxIdSize,
  type BoxPlace,
  boxVersion,
  keyboxContext,
  keySize,
  roomIdSize,
} from "#vault/seal/layout.ts";
import { unpad } from "#vault/seal/pad.ts";
import { openBytes, type SealedRefusal } from "./cobblestone.ts";
import { openingPrimitives, type OpeningPrimitives } from "./primitives.ts";

/** Why a box does not open. Codes are public and stable; words are in `labels.ts`. */
export type BoxRefusal =
  /** Not a box of a version we know, or cut within its head. */
  | { readonly code: "box-malformed"; readonly message: string }
  /** Box and keybox name different boxes, rooms or epochs. */
  | { readonly code: "box-and-keybox-differ"; readonly message: string }
  /** The keybox does not open: not this room's key, not this epoch, or the keybox was changed. */
  | { readonly code: "keybox-does-not-open"; readonly message: string; readonly cause: SealedRefusal["code"] }
  /** The box does not open with its own key: it belongs to another entry, or was changed. */
  | {
      readonly code: "box-does-not-open";
      readonly message: string;
      readonly cause: SealedRefusal["code"] | "padding-wrong";
    };

const malformed = {
  code: "box-malformed",
  message: "not a box of this version; update the program or fetch the box again",
} as const;

/**
 * Box id, room and epoch, from the clear head of a box or a keybox: tells a reader which epoch key to take. Not
 * authenticated until the box has opened.
 */
export function readBoxPlace(bytes: Uint8Array): Result<BoxPlace, BoxRefusal> {
  if (bytes.length < boxHeadSize || bytes[0] !== boxVersion) return refuse(malformed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ok({
    id: bytes.slice(1, 1 + boxIdSize),
    room: bytes.slice(1 + boxIdSize, 1 + boxIdSize + roomIdSize),
    epoch: view.getUint32(1 + boxIdSize + roomIdSize),
  });
}

/** Opens the keybox: the key of this one box, which may also be given alone to a court or a lawyer. */
export async function openKeybox(
  epochKey: Uint8Array,
  keybox: Uint8Array,
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<Uint8Array, BoxRefusal>> {
  if (keybox.length < boxHeadSize || keybox[0] !== boxVersion) return refuse(malformed);
  const head = keybox.subarray(0, boxHeadSize);
  const opened = await openBytes(epochKey, keyboxContext(head), keybox.subarray(boxHeadSize), primitives);
  if (!opened.ok || opened.value.length !== keySize) {
    return refuse({
      code: "keybox-does-not-open",
      message:
        "the room key does not open this keybox; get the room's keys again or ask a member of the room",
      cause: opened.ok ? "sealed-altered" : opened.refusal.code,
    });
  }
  return opened;
}

/** Opens a box with its own key, as a court does that was given this one key. */
export async function openBoxWithKey(
  boxKey: Uint8Array,
  entryHash: Uint8Array,
  box: Uint8Array,
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<Uint8Array, BoxRefusal>> {
  if (box.length < boxHeadSize || box[0] !== boxVersion) return refuse(malformed);
  const head = box.subarray(0, boxHeadSize);
  const opened = await openBytes(boxKey, boxContext(head, entryHash), box.subarray(boxHeadSize), primitives);
  const content = opened.ok ? unpad(opened.value) : opened;
  if (!content.ok) {
    return refuse({
      code: "box-does-not-open",
      message: "this box belongs to another entry or was changed; fetch it again from the server or a backup",
      cause: content.refusal.code,
    });
  }
  return content;
}

/**
 * Opens a box with the key of its room's epoch and checks that it belongs to `entryHash`. Whoever opens the
 * disclosures of an entry still compares them with the digests of the entry (`spec/vault.md` §3.4).
 */
export async function openBox(
  sealed: {
    readonly epochKey: Uint8Array;
    readonly entryHash: Uint8Array;
    readonly box: Uint8Array;
    readonly keybox: Uint8Array;
  },
  primitives: OpeningPrimitives = openingPrimitives,
): Promise<Result<Uint8Array, BoxRefusal>> {
  const { epochKey, entryHash, box, keybox } = sealed;
  if (box.length < boxHeadSize || keybox.length < boxHeadSize) return refuse(malformed);
  if (!equalBytes(box.subarray(0, boxHeadSize), keybox.subarray(0, boxHeadSize))) {
    return refuse({
      code: "box-and-keybox-differ",
      message: "box and keybox are not of the same box; fetch both again from the server or a backup",
    });
  }
  const boxKey = await openKeybox(epochKey, keybox, primitives);
  if (!boxKey.ok) return boxKey;
  return openBoxWithKey(boxKey.value, entryHash, box, primitives);
}
