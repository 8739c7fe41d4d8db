import type { ConfirmationRole } from "#domain/funds/entries.ts";
import type { Language } from "#language/language.ts";
import { fromBase64Url, toBase64Url, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { Failure } from "#session/refusals/failure.ts";
import { financeRoom, type Session } from "#session/session.ts";
import { openAnswer } from "#vault/keys/letter-answer.ts";
import { letterKeys, type LetterKeys } from "#vault/keys/letter-keys.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { openLetter } from "#vault/open/letter.ts";
import { sealLetter } from "#vault/seal/letter.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import type { SealedAnswer, SentLetter } from "./letter-post.ts";
import { decodeAnswer, decodeLetter, encodeLetter, type LetterAnswer, type LetterContent } from "./letter.ts";

export type ReceivedAnswer = LetterAnswer & {
  readonly number: number;
  /** Unix milliseconds by the server's clock. */
  readonly received: number;
  /** What is kept with the confirmation: question and answer as they stood. */
  readonly document: Uint8Array;
};

export type LetterRow = {
  readonly id: string;
  readonly by: string;
  readonly expires: number;
  readonly isExpired: boolean;
  /** undefined: the server does not give the question any more, or it is under a key that this member lacks. */
  readonly content: LetterContent | undefined;
  readonly link: string | undefined;
  readonly answers: readonly ReceivedAnswer[];
  /** Answers that do not open: somebody with the link sent something else. */
  readonly unreadable: number;
  /** A confirmation that counts as proof is on the record for its payment and role. */
  readonly isAccepted: boolean;
};

export type LetterList = { readonly letters: readonly LetterRow[] };

export type NewLetter = {
  readonly payment: string;
  readonly role: ConfirmationRole;
  readonly language: Language;
  readonly question: string;
  readonly facts: LetterContent["facts"];
  /** How long it may be answered; 90 at most. */
  readonly days: number;
};

const dayMs = 24 * 3_600_000;

export const letterCalls = {
  /** Letters and what was answered, opened on this device. */
  "letters.list": async (desk: Desk): Promise<LetterList> => {
    const served = await desk.opened.letters.all();
    const letters = await Promise.all(served.letters.map((letter) => rowOf(desk, letter, served.answers)));
    return {
      letters: letters.toSorted((a, b) => (b.content?.asked ?? 0) - (a.content?.asked ?? 0)),
    };
  },

  /** How many answers wait for somebody; asked by the overview, so it opens nothing. */
  "letters.waiting": async (desk: Desk): Promise<number> => {
    const { letters } = await letterCalls["letters.list"](desk);
    return letters.filter(({ answers, isAccepted }) => answers.length > 0 && !isAccepted).length;
  },

  /** Seals a question and leaves it with the server. The link is all that its reader needs. */
  "letters.send": async (desk: Desk, letter: NewLetter): Promise<{ id: string; link: string }> => {
    const { session } = desk;
    const { funds } = await session.books();
    if (!funds.spending.has(letter.payment))
      throw new Failure("spending-unknown", `there is no payment ${letter.payment}`);
    const id = toBase64Url(desk.randomBytes(16));
    const keys = await letterKeys(newestEpochKey(session), id);
    const { days, ...said } = letter;
    const expires = desk.now() + Math.min(days, 90) * dayMs;
    const content = encodeLetter({
      v: 1,
      id,
      ...said,
      foundation: foundationName(funds, letter.language),
      answerTo: keys.answers.recipient,
      asked: Math.floor(desk.now() / 1000),
      expires,
    });
    const sealed = await sealLetter(keys.question.reveal(), id, content, desk.randomBytes);
    await desk.opened.letters.put(id, { sealed: toBase64Url(sealed), expires });
    return { id, link: linkOf(desk, id, keys) };
  },

  /** Takes a letter and its answers from the server. What was accepted stays on the record. */
  "letters.remove": async (desk: Desk, { id }: { id: string }): Promise<void> => {
    await desk.opened.letters.remove(id);
    desk.tell({ kind: "changed" });
  },
};

async function rowOf(
  desk: Desk,
  { id, by, expires }: SentLetter,
  served: readonly SealedAnswer[],
): Promise<LetterRow> {
  const isExpired = expires <= desk.now();
  const opened = isExpired ? undefined : await openedLetter(desk, id);
  const candidates = opened === undefined ? await allKeys(desk.session, id) : [opened.keys];
  const answers: ReceivedAnswer[] = [];
  let unreadable = 0;
  for (const { letter, number, sealed, at } of served) {
    if (letter !== id) continue;
    const answer = await openedAnswer(candidates, id, sealed, opened);
    if (answer === undefined) unreadable += 1;
    else answers.push({ ...answer, number, received: at, document: documentOf(opened?.content, answer) });
  }
  const { content } = opened ?? {};
  const { funds } = await desk.session.books();
  const how =
    content === undefined ? undefined : funds.confirmations.get(content.payment)?.[content.role]?.how;
  return {
    id,
    by,
    expires,
    isExpired,
    content,
    link: opened === undefined ? undefined : linkOf(desk, id, opened.keys),
    answers,
    unreadable,
    isAccepted: how === "attested" || how === "signed",
  };
}

type OpenedLetter = { readonly keys: LetterKeys; readonly content: LetterContent; readonly digest: string };

async function openedLetter(desk: Desk, id: string): Promise<OpenedLetter | undefined> {
  const sealed = fromBase64Url((await desk.opened.letters.question(id)) ?? "");
  if (sealed === undefined) return undefined;
  for (const keys of await allKeys(desk.session, id)) {
    const opened = await openLetter(keys.question.reveal(), id, sealed);
    if (!opened.ok) continue;
    const content = decodeLetter(opened.value);
    return content === undefined ? undefined : { keys, content, digest: toBase64Url(sha256(opened.value)) };
  }
  return undefined;
}

async function openedAnswer(
  candidates: readonly LetterKeys[],
  id: string,
  sealed: string,
  letter: OpenedLetter | undefined,
): Promise<LetterAnswer | undefined> {
  const bytes = fromBase64Url(sealed);
  if (bytes === undefined) return undefined;
  for (const { answers } of candidates) {
    const opened = await openAnswer(answers.identity, bytes);
    if (!opened.ok) continue;
    const answer = decodeAnswer(opened.value, id);
    return letter === undefined || answer?.question === letter.digest ? answer : undefined;
  }
  return undefined;
}

/** Question and answer as plain text that a court can read without a program. */
function documentOf(content: LetterContent | undefined, answer: LetterAnswer): Uint8Array {
  return utf8(`${JSON.stringify({ letter: content ?? null, answer }, undefined, 2)}\n`);
}

function linkOf(desk: Desk, id: string, keys: LetterKeys): string {
  return `${desk.opened.letters.page}#${id}.${toBase64Url(keys.question.reveal())}`;
}

function newestEpochKey(session: Session): Uint8Array {
  const room = currentRoomKey(session.keyring, financeRoom);
  if (room === undefined) throw new Failure("not-in-room", session.words.notInRoom(financeRoom));
  return room.key.reveal();
}

/** Under every epoch that this member has, the newest first: a letter may be older than the last removal. */
async function allKeys(session: Session, id: string): Promise<readonly LetterKeys[]> {
  const epochs = Object.entries(session.keyring.rooms[financeRoom]?.epochs ?? {});
  const newestFirst = epochs.toSorted(([a], [b]) => Number(b) - Number(a));
  return Promise.all(newestFirst.map(([, key]) => letterKeys(key.reveal(), id)));
}

function foundationName(
  { name, policy }: Awaited<ReturnType<Session["books"]>>["funds"],
  language: Language,
): string {
  return policy?.names[language] ?? policy?.names.ru ?? policy?.names.kk ?? policy?.names.en ?? name;
}
