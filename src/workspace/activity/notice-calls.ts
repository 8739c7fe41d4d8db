import { isOffline } from "#workspace/desk/http-record.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { openValue, sealValue } from "#workspace/desk/sealed-text.ts";
import type { Language } from "#language/language.ts";
import { contextOf, readRows, type ActivityRow } from "./rows.ts";
import { noticeText, sentenceOf } from "./sentences.ts";

export type ActivityNotice = {
  readonly id: string;
  readonly at: number;
  readonly text: Readonly<Record<Language, string>>;
  readonly path?: string;
  readonly isNew: boolean;
};

/** Beyond this nobody reads them one by one; the page Activity has all. */
const noticesMax = 30;
/** Entries looked through: after a long absence the newest are told. */
const lookBack = 600;
const purpose = "aigaq/activity-seen/1";

type Seen = { readonly size: number; readonly answers: number };

export const noticeCalls = {
  /**
   * What others recorded or ask of this member since she last looked: imports, payments to approve, freezes, changes of
   * members, answers to letters, and her own that could not be recorded.
   */
  "activity.notices": async (desk: Desk): Promise<readonly ActivityNotice[]> => {
    const { session, outbox } = desk.opened;
    const seen = await readSeen(desk);
    const notices: ActivityNotice[] = [];
    for (const { id, title, state, at } of outbox.items)
      if (state === "refused" || state === "changed")
        notices.push({
          id: `outbox-${id}`,
          at,
          text: inAll((language) => noticeText[language][state](title)),
          isNew: true,
        });
    notices.push(...(await answered(desk, seen)));
    const context = await contextOf(session);
    const from = Math.max(0, session.size - lookBack);
    const told = (await readRows(session, context, [from, session.size], (type) => toldTypes.has(type)))
      .filter(({ member }) => member !== session.member)
      .map((row) => noticeOf(row, seen, context.funds, session.member));
    return [...notices, ...told.toReversed().slice(0, noticesMax)];
  },

  "activity.mark-seen": async (desk: Desk): Promise<void> => {
    const answers = await answersOf(desk);
    await keepSeen(desk, { size: desk.session.size, answers: answers.length });
    desk.tell({ kind: "changed" });
  },
};

const toldTypes: ReadonlySet<string> = new Set([
  "statement",
  "spending.reserved",
  "spending.approved",
  "spending.voided",
  "account.frozen",
  "account.released",
  "key.add",
  "key.revoke",
  "key.appoint",
  "key.rotate",
  "appeal",
  "post",
  "correction",
  "attribution.moved",
  "refund",
]);

type Funds = Awaited<ReturnType<typeof contextOf>>["funds"];

function noticeOf(row: ActivityRow, seen: Seen, funds: Funds, me: string): ActivityNotice {
  const payment = row.facts.id === undefined ? undefined : funds.spending.get(row.facts.id);
  const isAsked =
    row.type === "spending.reserved" &&
    payment?.state === "reserved" &&
    payment.proposer !== me &&
    !payment.approvals.includes(me);
  return {
    id: `entry-${row.index}`,
    at: row.at,
    text: inAll((language) => {
      const sentence = sentenceOf(row.type, row.facts, language);
      return isAsked ? noticeText[language].approve(row.member, sentence) : `${row.member}: ${sentence}`;
    }),
    path: isAsked ? `/spending/${row.facts.id ?? ""}` : (row.path ?? `/activity/${row.index}`),
    isNew: row.index >= seen.size,
  };
}

type Answer = { readonly letter: string; readonly number: number; readonly at: number };

async function answersOf(desk: Desk): Promise<readonly Answer[]> {
  if (desk.opened.isSample) return [];
  try {
    return (await desk.server.json<{ answers?: Answer[] }>("GET", "/api/letters/answers")).answers ?? [];
  } catch (error) {
    if (isOffline(error)) return [];
    throw error;
  }
}

async function answered(desk: Desk, seen: Seen): Promise<readonly ActivityNotice[]> {
  const answers = (await answersOf(desk)).toSorted((a, b) => b.at - a.at);
  return answers.slice(0, noticesMax).map(({ letter, number, at }, i) => ({
    id: `answer-${letter}-${number}`,
    at: Math.floor(at / 1000),
    text: inAll((language) => noticeText[language].answer),
    path: "/letters",
    isNew: i < answers.length - seen.answers,
  }));
}

function inAll(of: (language: Language) => string): Record<Language, string> {
  const [kk, ru, en] = [of("kk"), of("ru"), of("en")];
  return { kk, ru, en };
}

/** Where she last looked; on a new device everything until now counts as seen. */
async function readSeen(desk: Desk): Promise<Seen> {
  const { local, session } = desk.opened;
  const sealed = await local.snapshot(`activity-seen-${session.member}`);
  const value = sealed === undefined ? undefined : await openValue(session.keyring, purpose, sealed);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this file under the member's own key
  if (value !== undefined) return value as Seen;
  const seen = { size: session.size, answers: (await answersOf(desk)).length };
  await keepSeen(desk, seen);
  return seen;
}

async function keepSeen(desk: Desk, seen: Seen): Promise<void> {
  const { local, session } = desk.opened;
  const sealed = await sealValue(session.keyring, purpose, seen, desk.randomBytes);
  await local.keepSnapshot(`activity-seen-${session.member}`, sealed);
}
