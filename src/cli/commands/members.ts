import { existsSync, writeFileSync } from "node:fs";
import process from "node:process";
import { toBase64Url, toHex } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { sealEpoch } from "#vault/keys/epochs.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { lockKeyring } from "#vault/keys/keyring.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import type { Call, CommandModule } from "../commands.ts";
import { Failure, refused } from "#session/failure.ts";
import { askPassphrase, insistOnGood } from "../passphrase.ts";
import { keyringPath, membersWithKeyrings } from "../session/data-folder.ts";
import { openSession } from "../session/open-session.ts";
import { keysStream } from "#session/issuing.ts";
import { financeRoom, type Session } from "#session/session.ts";
import { print, printJson, table } from "../terminal.ts";

/**
 * `members add`: keys for a colleague, made on this machine and locked under a passphrase that she types herself
 * (AIGAQ_NEW_PASSPHRASE or the prompt). Her name is a hidden field; the record shows a number.
 */
export const add: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const name = args.text("name");
    if (name === undefined) throw new Failure("usage", words.memberNameMissing);
    const folder = args.required("data");
    await using session = await openSession(call, "write");
    const { log } = session.keyring;
    const room = currentRoomKey(session.keyring, financeRoom);
    if (log === undefined || room === undefined) throw new Failure("not-officer", words.onlyOfficer);
    const passphrase = process.env["AIGAQ_NEW_PASSPHRASE"] ?? (await askNew(call, name));
    insistOnGood(passphrase, words, "AIGAQ_NEW_PASSPHRASE");
    const member = nextMember(await knownMembers(session));
    const path = keyringPath(folder, member);
    if (existsSync(path)) throw new Failure("member-known", words.fileExists(path));

    const keys = await newMemberKeys(session.randomBytes);
    const signer = signerFromSeed(keys.signingSeed.reveal());
    const genesis = await session.genesis();
    if (genesis === null) throw new Error("bug: a session over a log without a first entry");
    const recipients = await recipientsOf(session);
    const files = await sealEpoch(
      { room: room.room, epoch: room.epoch, key: room.key },
      {
        devices: [...recipients.devices, keys.reading.recipient],
        accounts: [...recipients.accounts, keys.account.recipient],
      },
      session.randomBytes,
    );
    if (!files.ok) throw refused(files.refusal);
    const keyring: Keyring = {
      version: 1,
      member,
      device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
      account: { identity: keys.account.identity },
      log,
      nullifierKey: session.keyring.nullifierKey,
      rooms: { [financeRoom]: { id: room.room, epochs: { [room.epoch]: room.key } } },
    };
    // The keyring before the entry: a key on the record that nobody holds would be a member who cannot act.
    writeFileSync(path, await lockKeyring(keyring, passphrase, session.randomBytes), {
      mode: 0o600,
      flush: true,
    });
    const prefix = `epoch/${toHex(room.room)}/${room.epoch}`;
    await session.append(
      [
        {
          type: "key.add",
          stream: keysStream,
          pub: {
            x: toBase64Url(signer.publicKey),
            member,
            roles: (args.text("roles") ?? "finance").split(","),
            reading: keys.reading.recipient,
            account: keys.account.recipient,
            proof: toBase64Url(signer.sign(keyProofMessage(genesis, signer.publicKey))),
          },
          hidden: { name },
        },
        {
          type: "room.epoch",
          stream: keysStream,
          pub: { room: toHex(room.room), epoch: room.epoch, readers: [...recipients.members, member] },
        },
      ],
      {
        objects: [
          { name: `${prefix}/x25519.age`, bytes: files.value.x25519 },
          { name: `${prefix}/hybrid.age`, bytes: files.value.hybrid },
        ],
      },
    );
    await session.saveBooks();
    if (args.has("json")) printJson({ member });
    else print(words.memberAdded(member, name));
  },
};

async function askNew({ words }: Call, name: string): Promise<string> {
  const ask = (question: string) => askPassphrase(question, words.passphraseMissing, "AIGAQ_NEW_PASSPHRASE");
  const first = await ask(words.passphraseOf(name));
  if ((await ask(words.passphraseAgain)) !== first)
    throw new Failure("passphrases-differ", words.passphrasesDiffer);
  return first;
}

/** `members`: who is on the record, and whose keyrings lie in this folder. */
export const list: CommandModule = {
  async run(call) {
    const { args, words } = call;
    await using session = await openSession(call, "read");
    const members = await knownMembers(session);
    const here = new Set(membersWithKeyrings(args.required("data")));
    if (args.has("json")) printJson(members.map((one) => ({ ...one, keyring: here.has(one.member) })));
    else
      print(
        table([
          words.membersHeading,
          ...members.map(({ member, name }) => [member, name ?? "—", here.has(member) ? "✓" : ""]),
        ]),
      );
  },
};

type KnownMember = { readonly member: string; readonly name: string | null };

async function knownMembers(session: Session): Promise<KnownMember[]> {
  const members: KnownMember[] = [];
  for await (const { opened } of session.readWhere(({ payload }) => keyTypes.has(payload.type))) {
    const { pub, hidden } = opened;
    const officer = pub["officer"];
    const member = opened.type === "genesis" && isObject(officer) ? officer["member"] : pub["member"];
    const name = hidden["name"];
    if (typeof member === "string") members.push({ member, name: typeof name === "string" ? name : null });
  }
  return members;
}

const keyTypes: ReadonlySet<string> = new Set(["genesis", "key.add"]);

/** Everybody whom the room is sealed to, as the record names them: members' devices and accounts, and the recovery key. */
async function recipientsOf(session: Session) {
  const devices: string[] = [];
  const accounts: string[] = [];
  const members = (await knownMembers(session)).map(({ member }) => member);
  for await (const { opened } of session.readWhere(({ payload }) => keyTypes.has(payload.type))) {
    const { reading, account, recovery } = opened.pub;
    if (typeof reading === "string") devices.push(reading);
    if (typeof account === "string") accounts.push(account);
    if (typeof recovery === "string") accounts.push(recovery);
  }
  return { devices, accounts, members };
}

function nextMember(known: readonly KnownMember[]): string {
  const highest = Math.max(0, ...known.map(({ member }) => Number(/^M-(\d+)$/u.exec(member)?.[1] ?? 0)));
  return `M-${String(highest + 1).padStart(2, "0")}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
