import process from "node:process";
import { dayAt, formatDay } from "#language/dates.ts";
import { readLogKey } from "#server/log-key.ts";
import { returningOf, type Ending, type Returning } from "#session/keys/ending.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { readKeyLog } from "#session/keys/key-log.ts";
import { recordKeyChange } from "#session/keys/members.ts";
import { readPeople } from "#session/keys/people.ts";
import {
  decideAppointment,
  keyringOfQuorum,
  lastOfKeys,
  openQuorum,
  quorumFileOf,
  withRoomsOf,
  type Quorum,
} from "#session/keys/quorum.ts";
import type { RecordPort } from "#session/record-port.ts";
import { Session } from "#session/session.ts";
import type { SqliteStore } from "#storage/sqlite/sqlite-store.ts";
import { unlockKeyring } from "#vault/keys/keyring.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys, type MemberKeys } from "#vault/keys/member.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import { withEpochKey } from "#vault/keys/rooms.ts";
import type { Call, CommandModule } from "../commands.ts";
import { askPassphraseOf, insistOnGood } from "../passphrase.ts";
import { Questions } from "../questions.ts";
import { openFolderStore } from "../session/folder-store.ts";
import { setupOver, withLogKey } from "../session/open-session.ts";
import { dropWaiting, finishReturn, keepWaiting, waitingReturn } from "../session/returned-keyring.ts";
import { gatherShares, sharesOfFolder } from "../session/trustee-shares.ts";
import { note, print, printJson, progressOn, table } from "../terminal.ts";

/**
 * `recovery return`: what the page "Back with the trustees' sheets" does, where a folder is and no browser. Shares are typed, or
 * read from files, and never written; without a member's number it shows who is there, and changes nothing.
 */
export const comeBack: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const folder = args.required("data");
    await using store = await openFolderStore(folder, "write", words);
    using questions = new Questions();
    if (await isTakenUp(call, store)) return;
    const given = args.text("shares");
    if (questions.isTerminal) note(words.returnLead);
    const file = await quorumFileOf(store, (await store.head())?.size ?? 0);
    const shares = await gatherShares(
      file,
      given === undefined ? [] : sharesOfFolder(given, words),
      questions,
      words,
    );
    const quorum = await openQuorum(file, shares);
    if (!quorum.ok) throw refused(quorum.refusal);
    const keys = await newMemberKeys(systemRandomness());
    const open = (member: string) => sessionOf(call, store, quorum.value, member, keys);

    const look = await open("");
    const people = returningOf(await readPeople(look, { asMade: true }));
    const [wished] = args.positionals;
    if (!args.has("json")) print(tableOf(people, call));
    const member = wished ?? (await questions.ask(words.returnWho))?.trim() ?? "";
    if (member === "") {
      if (args.has("json")) printJson({ people: people.map(asJson) });
      else print(words.returnNothing);
      return;
    }
    const asked = wished === undefined ? ((await questions.ask(words.returnEnds)) ?? "") : "";
    const ends = [...args.texts("end"), ...asked.split(/[\s,]+/u).filter((one) => one !== "")];
    const ending = { members: ends.filter((one) => one !== member), seen: look.size };
    for (const one of [member, ...ending.members])
      if (!people.some(({ id }) => id === one)) throw new Failure("member-unknown", words.returnUnknown(one));
    note(previewOf(people, member, ending, call));
    if (questions.isTerminal && (await questions.ask(words.returnConfirm(member)))?.trim() !== member) {
      print(words.returnNothing);
      return;
    }
    const passphrase = await askPassphraseOf(words, member);
    insistOnGood(passphrase, words, "AIGAQ_NEW_PASSPHRASE");
    const ended = await appoint(call, await open(member), { quorum: quorum.value, keys, ending, passphrase });
    await finishReturn({ folder, store, passphrase, ...ended });
    if (args.has("json")) printJson({ returned: member, ended: ended.kids });
    else print(words.returnDone(member, folder));
  },
};

/** A session over the folder that believes no entry which it has not checked: the folder may have been in a thief's hands. */
async function sessionOf(
  { args, words, quiet }: Call,
  store: SqliteStore,
  quorum: Quorum,
  member: string,
  keys: MemberKeys,
): Promise<Session> {
  const folder = args.required("data");
  const size = (await store.head())?.size ?? 0;
  const keyring = await keyringOfQuorum(store, size, quorum, member, keys);
  const { log } = quorum.kit;
  const withLog = withLogKey(folder, log === undefined ? keyring : { ...keyring, log });
  if (withLog.log === undefined) throw new Failure("log-key-missing", words.returnNoLogKey(folder));
  const progress = progressOn(process.stderr, quiet, words.language);
  const base = { folder, mode: "write", words, progress, now: () => Date.now() } as const;
  const setup = await setupOver(base, store, withLog);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same port with one answer changed
  const port = Object.create(setup.port, { isElsewhere: { value: true } }) as RecordPort;
  return new Session({ ...setup, port });
}

type Appointing = {
  readonly quorum: Quorum;
  readonly keys: MemberKeys;
  readonly ending: Ending;
  readonly passphrase: string;
};

async function appoint(
  { args }: Call,
  session: Session,
  { quorum, keys, ending, passphrase }: Appointing,
): Promise<{ readonly keyring: Keyring; readonly kids: readonly string[] }> {
  const folder = args.required("data");
  const people = await readPeople(session, { asMade: true });
  session.takeKeyring(await withRoomsOf(session, people, quorum, session.member));
  const change = await decideAppointment(session, people, quorum, keys, ending);
  if (!change.ok) throw refused(change.refusal);
  const keyring = change.value.newKeys.reduce(
    (ring, { name, key }) => withEpochKey(ring, name, key),
    session.keyring,
  );
  const { log: _, ...everyday } = keyring;
  // Where a server signs for the log, its key lies in a file of its own.
  const kept = readLogKey(folder) === undefined ? keyring : everyday;
  await keepWaiting(folder, {
    keyring: kept,
    kid: session.kid,
    passphrase,
    randomBytes: session.randomBytes,
  });
  await recordKeyChange(session, change.value);
  const ends = change.value.drafts.flatMap(({ pub }) => (Array.isArray(pub["ends"]) ? pub["ends"] : []));
  return { keyring: kept, kids: ends.map(String) };
}

/** Goes on where an earlier call was ended between the record and the file of keys: the shares are not needed again. */
async function isTakenUp({ args, words }: Call, store: SqliteStore): Promise<boolean> {
  const folder = args.required("data");
  const waiting = waitingReturn(folder);
  if (waiting === undefined) return false;
  const { member, kid, sealed } = waiting;
  const size = (await store.head())?.size ?? 0;
  const { directory } = await readKeyLog(store, await lastOfKeys(store, size));
  if (!directory.keyAt(kid, size).ok) {
    dropWaiting(folder, member, kid);
    return false;
  }
  note(words.returnTakenUp(member));
  const passphrase = await askPassphraseOf(words, member, { isNew: false });
  const keyring = await unlockKeyring(sealed, passphrase);
  if (!keyring.ok) throw refused(keyring.refusal);
  await finishReturn({ folder, store, keyring: keyring.value, passphrase });
  if (args.has("json")) printJson({ returned: member, takenUp: true });
  else print(words.returnDone(member, folder));
  return true;
}

const shownAs = ({ id, name }: Returning): string => (name === null ? id : `${id} · ${name}`);

function tableOf(people: readonly Returning[], { words, language }: Call): string {
  return table([
    words.returnHeading,
    ...people.map(({ id, name, isOfficer, isCurrent, keys }) => [
      id,
      name ?? "—",
      isOfficer ? words.returnOfficer : "",
      isCurrent ? keys.map((key) => keyText(key, words, language)).join("; ") : words.returnRevoked,
    ]),
  ]);
}

function keyText(
  { at, addedBy }: Returning["keys"][number],
  words: Call["words"],
  language: Call["language"],
): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const day = formatDay(dayAt(at, zone), language, "short");
  return addedBy === null ? words.returnKey(day) : words.returnKeyBy(day, addedBy);
}

/** Exactly whose keys end, and which officers could still undo it. */
function previewOf(people: readonly Returning[], member: string, ending: Ending, call: Call): string {
  const { words, language } = call;
  const isEnding = ({ id }: Returning): boolean => id === member || ending.members.includes(id);
  const keys = people
    .filter(isEnding)
    .flatMap((one) => one.keys.map((key) => `  ${shownAs(one)}: ${keyText(key, words, language)}`));
  const staying = people.filter((one) => one.isCurrent && one.isOfficer && !isEnding(one)).map(shownAs);
  return [
    words.returnEffect(member),
    ...(keys.length === 0 ? [words.returnEndsNone] : [words.returnEndsNow, ...keys]),
    ...(staying.length === 0 ? [] : [words.returnStaying(staying.join(", "))]),
  ].join("\n");
}

const asJson = ({ id, name, isOfficer, isCurrent, keys }: Returning) => ({
  member: id,
  name,
  officer: isOfficer,
  current: isCurrent,
  keys: keys.map(({ kid, at, addedBy }) => ({ key: kid, at, addedBy })),
});
