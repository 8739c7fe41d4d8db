import { toHex } from "#record/bytes.ts";
import type { ParsedEntry } from "#record/entry.ts";
import { officerRole, type MemberKey } from "#record/key-directory.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { Failure } from "../refusals/failure.ts";

/** An epoch of a room of hers that is sealed to this member by the record, and whose key this device has not got yet. */
export type WithheldEpoch = {
  /** Id of the room, hexadecimal. */
  readonly room: string;
  readonly epoch: number;
};

/**
 * The epoch that this entry begins, where it names the keyring's owner as a reader and is newer than all that she has. What is
 * sealed under it would stay closed to her and be missing in her books, and she would not know it. `author`: of the entry, whose
 * key counted; only an officer begins epochs.
 */
export function withheldBy(
  { payload: { type, pub } }: ParsedEntry,
  author: MemberKey,
  keyring: Keyring,
): WithheldEpoch | undefined {
  if (type !== "room.epoch" || !author.roles.includes(officerRole)) return undefined;
  const { room, epoch, readers } = pub;
  if (typeof room !== "string" || typeof epoch !== "number" || !Array.isArray(readers)) return undefined;
  const begun = { room, epoch };
  return readers.includes(keyring.member) && isWithheld(begun, keyring) ? begun : undefined;
}

/** Whether it is still newer than all that this keyring has of the room. */
export function isWithheld({ room, epoch }: WithheldEpoch, { rooms }: Keyring): boolean {
  const hers = Object.values(rooms).find(({ id }) => toHex(id) === room);
  return hers !== undefined && epoch > Math.max(-1, ...Object.keys(hers.epochs).map(Number));
}

/** Mended by the key when it comes: whoever is told this may ask again. */
export function epochWithheld(withheld: WithheldEpoch): Failure {
  const { room, epoch } = withheld;
  return new Failure("epoch-withheld", `the record has epoch ${epoch} of room ${room}; this device has not`, {
    details: { withheld },
  });
}

/** What a failure of {@link epochWithheld} is about; undefined for any other. */
export function withheldIn(error: unknown): WithheldEpoch | undefined {
  if (!(error instanceof Failure) || error.code !== "epoch-withheld") return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- put there above
  return error.details["withheld"] as WithheldEpoch | undefined;
}
