import { existsSync, writeFileSync } from "node:fs";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { lockKeyring } from "#vault/keys/keyring.ts";
import { newMemberKeys } from "#vault/keys/member.ts";
import { withEpochKey } from "#vault/keys/rooms.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { decideEnrolling, decideRemoval, newDeviceOf, recordKeyChange } from "#session/keys/members.ts";
import { nextMemberId, readPeople } from "#session/keys/people.ts";
import { financeRoom } from "#session/session.ts";
import type { CommandModule } from "../commands.ts";
import { askPassphraseOf, insistOnGood } from "../passphrase.ts";
import { keyringPath, membersWithKeyrings } from "../session/data-folder.ts";
import { openSession } from "../session/open-session.ts";
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
    if (log === undefined || session.keyring.rooms[financeRoom] === undefined)
      throw new Failure("not-officer", words.onlyOfficer);
    const passphrase = await askPassphraseOf(words, name);
    insistOnGood(passphrase, words, "AIGAQ_NEW_PASSPHRASE");
    const people = await readPeople(session);
    const member = nextMemberId(people);
    const path = keyringPath(folder, member);
    if (existsSync(path)) throw new Failure("member-known", words.fileExists(path));

    const keys = await newMemberKeys(session.randomBytes);
    const genesis = await session.genesis();
    if (genesis === null) throw new Error("bug: a session over a log without a first entry");
    const change = await decideEnrolling(session, people, {
      member,
      name,
      roles: (args.text("roles") ?? "finance").split(","),
      rooms: [financeRoom],
      device: newDeviceOf(keys, genesis),
      replaces: false,
    });
    if (!change.ok) throw refused(change.refusal);
    const { nullifierKey } = session.keyring;
    const finance = change.value.newKeys.reduce(
      (keyring, { name: room, key }) => withEpochKey(keyring, room, key),
      session.keyring,
    ).rooms[financeRoom];
    const keyring: Keyring = {
      version: 1,
      member,
      genesis,
      device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
      account: { identity: keys.account.identity },
      log,
      nullifierKey,
      rooms: finance === undefined ? {} : { [financeRoom]: finance },
    };
    // The keyring before the entry: a key on the record that nobody holds would be a member who cannot act.
    writeFileSync(path, await lockKeyring(keyring, passphrase, session.randomBytes), {
      mode: 0o600,
      flush: true,
    });
    await recordKeyChange(session, change.value);
    if (args.has("json")) printJson({ member });
    else print(words.memberAdded(member, name));
  },
};

/** `members remove`: her keys are revoked, and every room she was in goes on under keys that she does not get. */
export const remove: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const [member = ""] = args.positionals;
    await using session = await openSession(call, "write");
    const people = await readPeople(session);
    const change = await decideRemoval(session, people, { member, reason: args.text("reason") ?? "" });
    if (!change.ok) throw refused(change.refusal);
    await recordKeyChange(session, change.value);
    const rooms = change.value.drafts.filter(({ type }) => type === "room.epoch").length;
    if (args.has("json")) printJson({ member, rooms });
    else print(words.memberRemoved(member, rooms));
  },
};

/** `members`: who is on the record, and whose keyrings lie in this folder. */
export const list: CommandModule = {
  async run(call) {
    const { args, words } = call;
    await using session = await openSession(call, "read");
    const { members } = await readPeople(session);
    const here = new Set(membersWithKeyrings(args.required("data")));
    if (args.has("json"))
      printJson(
        members.map(({ id, name, isCurrent }) => ({
          member: id,
          name,
          keyring: here.has(id),
          ...(!isCurrent && { removed: true }),
        })),
      );
    else
      print(
        table([
          words.membersHeading,
          ...members.map(({ id, name, isCurrent }) => [
            id,
            `${name ?? "—"}${isCurrent ? "" : ` (${words.removed})`}`,
            here.has(id) ? "✓" : "",
          ]),
        ]),
      );
  },
};
