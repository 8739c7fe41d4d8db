import { fromHex, toHex, utf8 } from "#record/bytes.ts";
import type { NamedObject } from "#storage/contract.ts";
import { epochCommitment, newEpochKey, sealEpoch, type EpochRefusal } from "#vault/keys/epochs.ts";
import { currentRoomKey, type CurrentRoomKey } from "#vault/keys/rooms.ts";
import { keysStream, type Draft } from "../issuing.ts";
import type { NewDevice } from "./members.ts";
import { currentDevices, memberCalled, type People } from "./people.ts";
import { epochObject } from "./room-keys.ts";
import { financeRoom, type Session } from "../session.ts";

/** A change of members or rooms, decided and not yet on the record. Its new keys exist nowhere else until it is. */
export type KeyChange = {
  readonly drafts: readonly Draft[];
  /** The key files of new epochs. */
  readonly objects: (hashes: readonly Uint8Array[]) => readonly NamedObject[];
  readonly newKeys: readonly { readonly name: string; readonly key: CurrentRoomKey }[];
  /** With what its hidden fields are sealed, where the usual key is one that a removed reader has. */
  readonly sealWith: CurrentRoomKey | undefined;
};

/** Epochs that begin together: their keys, their files, their entries. */
export class EpochPlan {
  readonly #session: Session;
  readonly #people: People;
  /** Kids that are being revoked. */
  readonly #leaving: ReadonlySet<string>;
  readonly #begun: {
    readonly name: string;
    readonly key: CurrentRoomKey;
    readonly draft: Draft;
    readonly files: { readonly x25519: Uint8Array; readonly hybrid: Uint8Array };
    readonly isMine: boolean;
  }[] = [];
  #newcomer: { readonly member: string; readonly device: NewDevice } | undefined;

  constructor(session: Session, people: People, leaving: ReadonlySet<string>) {
    this.#session = session;
    this.#people = people;
    this.#leaving = leaving;
  }

  newcomer(member: string, device: NewDevice): void {
    this.#newcomer = { member, device };
  }

  /** The next epoch of a room, sealed to the devices and accounts of exactly these members, as the record names them. */
  async begin(
    name: string,
    readers: readonly string[],
    newId?: Uint8Array,
  ): Promise<EpochRefusal | undefined> {
    const { randomBytes, keyring, member } = this.#session;
    const known = this.#people.rooms.find((room) => room.name === name || room.id === name);
    const room = newId ?? fromHex(known?.id ?? "") ?? unknownRoom(name);
    const epoch = known?.next ?? 0;
    const key = newEpochKey(randomBytes);
    const previous = currentRoomKey(keyring, name)?.key;
    const files = await sealEpoch(
      { room, epoch, key, ...(previous !== undefined && { previous }) },
      this.#recipients(readers),
      randomBytes,
    );
    if (!files.ok) return files.refusal;
    this.#begun.push({
      name,
      key: { room, epoch, key },
      draft: {
        type: "room.epoch",
        stream: keysStream,
        pub: {
          room: toHex(room),
          epoch,
          readers: [...readers].toSorted(),
          commitment: epochCommitment({ room, epoch, key }),
        },
        ...(newId !== undefined && { hidden: { name } }),
      },
      files: files.value,
      isMine: readers.includes(member),
    });
    return undefined;
  }

  #recipients(readers: readonly string[]) {
    const devices: string[] = [];
    const accounts = [this.#people.recovery];
    for (const reader of readers) {
      const found = memberCalled(this.#people, reader);
      for (const device of found === undefined ? [] : currentDevices(found)) {
        if (this.#leaving.has(device.kid)) continue;
        devices.push(device.reading);
        accounts.push(device.account);
      }
      if (reader !== this.#newcomer?.member) continue;
      devices.push(this.#newcomer.device.reading);
      accounts.push(this.#newcomer.device.account);
    }
    return { devices, accounts };
  }

  change(drafts: readonly Draft[]): KeyChange {
    const begun = this.#begun;
    return {
      drafts: [...drafts, ...begun.map(({ draft }) => draft)],
      objects: (hashes) =>
        begun.flatMap(({ key, files }, i) => {
          const name = (file: "x25519.age" | "hybrid.age" | "entry") =>
            epochObject(toHex(key.room), key.epoch, file);
          return [
            { name: name("x25519.age"), bytes: files.x25519 },
            { name: name("hybrid.age"), bytes: files.hybrid },
            { name: name("entry"), bytes: utf8(toHex(hashes[drafts.length + i] ?? new Uint8Array())) },
          ];
        }),
      newKeys: begun.filter(({ isMine }) => isMine).map(({ name, key }) => ({ name, key })),
      sealWith: begun.find(({ name, isMine }) => name === financeRoom && isMine)?.key,
    };
  }
}

function unknownRoom(name: string): never {
  throw new Error(`bug: an epoch of ${name}, which the record does not know`);
}
