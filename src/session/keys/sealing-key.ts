import { epochCommitment } from "#vault/keys/epochs.ts";
import type { CurrentRoomKey } from "#vault/keys/rooms.ts";
import { toHex } from "#record/bytes.ts";
import { Failure } from "../refusals/failure.ts";
import { epochOf, readKeyLog } from "./key-log.ts";
import type { RecordReader } from "../record-port.ts";

/**
 * Refuses to seal under a key that is not the room's newest by the record. A server that keeps an epoch's key file back would
 * else have everything sealed under the epoch before it, which whoever was removed from the room can still read.
 *
 * `last`: hash of the last entry of the stream `keys`, as the books know it.
 *
 * @throws Failure `epoch-withheld`
 */
export async function checkSealingKey(
  reader: Pick<RecordReader, "entries" | "entryByHash">,
  last: Uint8Array | undefined,
  member: string,
  { room, epoch, key }: CurrentRoomKey,
): Promise<void> {
  const log = await readKeyLog(reader, last);
  const epochs = log.facts.flatMap((fact) => {
    const found = epochOf(fact);
    return found?.id === toHex(room) && found.readers.includes(member) ? [found] : [];
  });
  const newest = Math.max(-1, ...epochs.map((one) => one.epoch));
  const commitment = epochCommitment({ room, epoch, key });
  if (newest === epoch && epochs.some((one) => one.epoch === epoch && one.commitment === commitment)) return;
  throw new Failure("epoch-withheld", `the record has epoch ${newest} of the room; this device has ${epoch}`);
}
