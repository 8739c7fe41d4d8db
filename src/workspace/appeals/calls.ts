import { saidCover } from "#domain/funds/covers.ts";
import type { AppealEnd, ConfirmationRole, GroundKind, Policy, Titles } from "#domain/funds/entries.ts";
import { general, unknown } from "#domain/funds/ids.ts";
import { asObject } from "#domain/funds/parse-fields.ts";
import { confirmationsView } from "#domain/funds/post-view.ts";
import type { RecordedLine } from "#domain/funds/ports.ts";
import { leftoverOf, tallyOf, type FundsState } from "#domain/funds/state.ts";
import { linesOfRows } from "#session/imports/bank-lines.ts";
import { dayOf, type EntryIndex } from "#session/books/entry-index.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Session } from "#session/session.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import {
  askedOf,
  categoriesOf,
  figuresOf,
  standingOf,
  weeksOf,
  type AppealStanding,
  type Figures,
  type Sum,
  type WeekSums,
} from "./figures.ts";
import { entriesAt, textOf, type LedgerEntry } from "./ledger.ts";

export type AppealHead = {
  readonly id: string;
  readonly title: Titles;
  readonly hashtag: string | undefined;
  readonly opened: string;
  readonly currency: string;
  /** Said at the opening, or when it ended. */
  readonly leftover: string | undefined;
  /** From its day on nobody asks for it. */
  readonly ended: AppealEnd | undefined;
};

export type AppealRow = AppealHead & {
  /** What its posts asked for, repeats counted once. */
  readonly asked: readonly Sum[];
  readonly figures: readonly Figures[];
  readonly standing: AppealStanding;
};

export type AppealList = {
  readonly appeals: readonly AppealRow[];
  /** The foundation's own currency. */
  readonly base: string;
  readonly general: Sum & { readonly gifts: number };
  readonly unknown: Sum & { readonly gifts: number };
  readonly policy: Policy | null;
  readonly foundation: string;
  /** A free id for the next appeal, such as "A-2025-004". */
  readonly nextId: string;
  /** Files whose import was cut short: figures are provisional. */
  readonly unfinished: readonly string[];
};

export type AppealPost = {
  readonly id: string;
  readonly kind: string;
  readonly published: string;
  readonly target: Sum;
  readonly case: string | undefined;
};

export type AppealPayment = {
  readonly id: string;
  readonly date: string | undefined;
  readonly category: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly payee: string | undefined;
  readonly receipt: string | undefined;
  readonly confirmed: Readonly<Partial<Record<ConfirmationRole, string>>>;
  readonly isSettled: boolean;
};

export type AppealPage = AppealRow & {
  readonly base: string;
  /** What adding up the targets of all its posts, reposts too, would give. */
  readonly targetsAddedUp: readonly Sum[];
  readonly posts: readonly AppealPost[];
  readonly payments: readonly AppealPayment[];
  readonly categories: readonly {
    readonly category: string;
    readonly minor: bigint;
    readonly payments: number;
  }[];
  readonly confirmations: ReturnType<typeof confirmationsView>;
  readonly weeks: readonly WeekSums[];
  /** What the public site shows now. */
  readonly lastClose: { readonly week: string; readonly minor: bigint } | undefined;
  readonly unfinished: readonly string[];
  readonly shortfall: Policy["shortfall"];
  /** Where the public page of the appeal is, without its language. */
  readonly site: string;
};

export type GiftRow = {
  readonly key: string;
  readonly date: string;
  /** What of the row counts for this appeal. */
  readonly minor: bigint;
  readonly currency: string;
  readonly ground: GroundKind;
  readonly detail: string | undefined;
  readonly by: string | undefined;
  readonly donor: string | undefined;
  readonly memo: string | undefined;
  readonly reference: string | undefined;
  readonly account: string;
  /** The whole row, where only a part of it counts here. */
  readonly whole: bigint | undefined;
};

export type GiftGround = {
  readonly ground: GroundKind;
  readonly currency: string;
  readonly gifts: number;
  readonly minor: bigint;
};

export type RefundRow = {
  readonly id: string;
  readonly date: string | undefined;
  readonly minor: bigint;
  readonly currency: string;
  readonly reason: string | undefined;
  readonly isSettled: boolean;
};

export type CoverRow = {
  readonly index: number;
  readonly date: string;
  readonly type: "given" | "repaid";
  readonly minor: bigint;
  readonly currency: string;
  readonly ground: string;
  readonly decision: string | undefined;
};

export type AppealEvent = {
  readonly index: number;
  readonly type: string;
  /** The day on which it happened; that it was recorded then or later, `at` says. */
  readonly day: string;
  /** Unix seconds by the author's clock. */
  readonly at: number;
  readonly member: string;
  /** The id that the entry is about: of a post, a payment. */
  readonly about: string | undefined;
  readonly sum: Sum | undefined;
};

export type AppealEntries = {
  readonly grounds: readonly GiftGround[];
  readonly refunds: readonly RefundRow[];
};

/** The latest of a list, and how long it is. */
export type Latest<Row> = { readonly rows: readonly Row[]; readonly total: number };

export const appealCalls = {
  "appeals.list": async (desk: Desk): Promise<AppealList> => {
    const { session, outbox } = desk.opened;
    const { funds } = await session.books();
    const year = new Date(desk.now()).getFullYear();
    const of = (fund: string) => {
      const { minor, count } = tallyOf(funds, fund, funds.base, "received");
      return { currency: funds.base, minor, gifts: count };
    };
    return {
      appeals: [...funds.appeals.keys()].map((id) => rowOf(funds, id)),
      base: funds.base,
      general: of(general),
      unknown: of(unknown),
      policy: funds.policy,
      foundation: funds.name,
      nextId: nextNumbered([...funds.appeals.keys(), ...outbox.idsOf("appeal.open")], `A-${year}-`, 3),
      unfinished: session.unfinishedFiles(funds),
    };
  },

  /** The answer to "how much was raised for her?": from the sums of the books, so it is there at once. */
  "appeals.page": async (desk: Desk, { id }: { id: string }): Promise<AppealPage> => {
    const { session } = desk;
    const { funds } = await session.books({ withDays: true });
    checkAppeal(session, funds, id);
    const row = rowOf(funds, id);
    const closes = funds.closes.filter((one) => one.appeal === id && one.currency === row.currency);
    const posts = [...funds.posts.values()].filter((post) => post.appeal === id);
    return {
      ...row,
      base: funds.base,
      targetsAddedUp: addedUp(posts.map(({ target }) => target)),
      posts: posts
        .map(({ id: post, kind, published, target, case: of }) => ({
          id: post,
          kind,
          published,
          target: { currency: target.currency, minor: target.minor },
          case: of,
        }))
        .toSorted((a, b) => (a.published < b.published ? -1 : 1)),
      payments: paymentsOf(funds, id),
      categories: categoriesOf(funds, id, row.currency),
      confirmations: confirmationsView(funds, id),
      weeks: weeksOf(funds, [id], row.currency),
      lastClose: publishedOf(closes),
      unfinished: session.unfinishedFiles(funds),
      shortfall: funds.policy?.shortfall ?? "none",
      site: desk.server.origin,
    };
  },

  /** What stands behind the figures and is in the books: gifts by their ground, refunds. */
  "appeals.entries": async (desk: Desk, { id }: { id: string }): Promise<AppealEntries> => {
    const { session } = desk;
    const { funds } = await session.books();
    checkAppeal(session, funds, id);
    const { rows } = await session.index();
    const grounds = rows.groundsOf(id).map(({ ground, currency, count, minor }): GiftGround => ({
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the index names grounds as the books do
      ground: ground as GroundKind,
      currency,
      gifts: count,
      minor,
    }));
    return { grounds: grounds.toSorted((a, b) => b.gifts - a.gifts), refunds: refundsOf(funds, id) };
  },

  /** The latest gifts, each with its ground. */
  "appeals.gifts": async (
    desk: Desk,
    { id, most }: { id: string; most: number },
  ): Promise<Latest<GiftRow>> => {
    const { session } = desk;
    const { funds } = await session.books();
    checkAppeal(session, funds, id);
    const { rows } = await session.index();
    const all = rows.rowsAt(id, { isCredit: true });
    const shown = all.toSorted((a, b) => rows.dayOf(b) - rows.dayOf(a)).slice(0, most);
    const lines = await linesOfRows(session, rows, shown);
    return {
      rows: lines.flatMap((line) => giftOf(funds, line, id)).toSorted(latestFirst),
      total: all.length,
    };
  },

  /** The latest times that general funds covered what the appeal lacked, or were given it back. */
  "appeals.covers": async (
    desk: Desk,
    { id, most }: { id: string; most: number },
  ): Promise<Latest<CoverRow>> => {
    const { session } = desk;
    const { funds } = await session.books();
    checkAppeal(session, funds, id);
    const index = await session.index();
    const all = index.belongingTo([id]).filter((position) => index.typeAt(position).startsWith("cover."));
    const entries = await entriesAt(session, latestOf(index, all, most));
    return { rows: coversOf(entries, id).toSorted(latestFirst), total: all.length };
  },

  /** Everything on the record about the appeal and its payments but its weekly closes, by the day it happened, the latest first. */
  "appeals.events": async (
    desk: Desk,
    { id, most }: { id: string; most: number },
  ): Promise<Latest<AppealEvent>> => {
    const { session } = desk;
    const { funds } = await session.books();
    checkAppeal(session, funds, id);
    const index = await session.index();
    const all = eventPositions(funds, index, id);
    const entries = await entriesAt(session, latestOf(index, all, most));
    return { rows: eventsOf(funds, entries, id), total: all.length };
  },
};

/** The positions of the latest entries, by the day on which they happened, then by their order in the log. */
function latestOf(index: EntryIndex, positions: readonly number[], most: number): readonly number[] {
  return positions.toSorted((a, b) => index.dayAt(b) - index.dayAt(a) || b - a).slice(0, most);
}

const latestFirst = (a: { readonly date: string }, b: { readonly date: string }) =>
  a.date < b.date ? 1 : a.date > b.date ? -1 : 0;

function giftOf(funds: FundsState, line: RecordedLine, appeal: string): readonly GiftRow[] {
  const part = line.to.find(({ to }) => to === appeal);
  if (part === undefined || line.direction !== "credit") return [];
  const { ground } = line;
  return [
    {
      key: line.nullifier,
      date: line.date,
      minor: part.minor,
      currency: line.currency,
      ground: ground.kind,
      detail: ground.detail,
      by: ground.by,
      donor: line.party?.name,
      memo: line.memo,
      reference: line.references[0],
      account: funds.accounts.get(line.account)?.number ?? line.account,
      whole: part.minor === line.minor ? undefined : line.minor,
    },
  ];
}

/** Weekly closes say what the figures say; a decision is told when its gift has come. */
const untold: ReadonlySet<string> = new Set(["fund.close", "decision"]);

function eventPositions(funds: FundsState, index: EntryIndex, appeal: string): readonly number[] {
  const payments = [...funds.spending.values()].filter((one) => one.appeal === appeal);
  const ofPayments = index.about(payments.map(({ id }) => id));
  const isOfPayment = (type: string) => type.startsWith("spending") || type === "confirmation";
  return [
    ...new Set([
      ...index.belongingTo([appeal]).filter((position) => !untold.has(index.typeAt(position))),
      ...ofPayments.filter((position) => isOfPayment(index.typeAt(position))),
    ]),
  ];
}

function rowOf(funds: FundsState, id: string): AppealRow {
  const appeal = funds.appeals.get(id);
  if (appeal === undefined) throw new Error(`bug: no appeal ${id}`);
  const asked = askedOf(funds, id);
  const figures = figuresOf(funds, appeal);
  const { title, hashtag, opened, currency } = appeal;
  const ended = funds.ended.get(id);
  const standing = standingOf(asked, figures);
  return {
    id,
    title,
    hashtag,
    opened,
    currency,
    leftover: leftoverOf(funds, id),
    ended,
    asked,
    figures,
    // Money that is missing has to be found all the same.
    standing: ended !== undefined && standing !== "short" ? "ended" : standing,
  };
}

export function checkAppeal(session: Session, funds: FundsState, id: string): void {
  if (funds.appeals.has(id)) return;
  const known = [...funds.appeals.keys()].slice(0, 20).join(", ");
  throw new Failure(
    "appeal-unknown",
    known === "" ? session.words.noAppeals : session.words.appealUnknown(id, known),
  );
}

/** One higher than the highest number after the prefix; so many digits at least. */
export function nextNumbered(ids: Iterable<string>, prefix: string, digits: number): string {
  let highest = 0;
  for (const id of ids) {
    const rest = id.startsWith(prefix) ? id.slice(prefix.length) : "";
    if (/^\d{1,9}$/u.test(rest)) highest = Math.max(highest, Number(rest));
  }
  return `${prefix}${String(highest + 1).padStart(digits, "0")}`;
}

/** What the closes of all weeks so far add up to, and the last of them. */
function publishedOf(closes: FundsState["closes"]): AppealPage["lastClose"] {
  const last = closes.at(-1);
  return last && { week: last.week, minor: closes.reduce((sum, { minor }) => sum + minor, 0n) };
}

function addedUp(sums: readonly Sum[]): readonly Sum[] {
  const totals = new Map<string, bigint>();
  for (const { currency, minor } of sums) totals.set(currency, (totals.get(currency) ?? 0n) + minor);
  return [...totals].map(([currency, minor]) => ({ currency, minor }));
}

function paymentsOf(funds: FundsState, appeal: string): readonly AppealPayment[] {
  return [...funds.spending.values()]
    .filter((one) => one.appeal === appeal && one.state === "paid")
    .map(({ id, date, category, minor, currency, payee, receipt, settled }) => {
      const roles = funds.confirmations.get(id);
      return {
        id,
        date,
        category,
        minor,
        currency,
        payee,
        receipt: receipt?.name,
        confirmed: {
          ...(roles?.lawyer !== undefined && { lawyer: roles.lawyer.how }),
          ...(roles?.beneficiary !== undefined && { beneficiary: roles.beneficiary.how }),
        },
        isSettled: settled !== null,
      };
    })
    .toSorted((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1));
}

function refundsOf(funds: FundsState, appeal: string): readonly RefundRow[] {
  return [...funds.refunds.values()].flatMap((one) => {
    const part = one.parts?.find(({ to }) => to === appeal);
    if (part === undefined || one.currency === undefined) return [];
    const { id, date, currency, reason, settled } = one;
    return [{ id, date, minor: part.minor, currency, reason, isSettled: settled !== undefined }];
  });
}

/** As with refunds, those whose sum this member cannot open are no rows. */
function coversOf(entries: readonly LedgerEntry[], appeal: string): readonly CoverRow[] {
  return entries.flatMap((entry) => {
    const cover = saidCover(entry);
    if (cover?.appeal !== appeal || cover.minor === undefined) return [];
    const { kind, minor, currency, ground, decision, date = "" } = cover;
    return [{ index: entry.index, date, type: kind, minor, currency, ground, decision }];
  });
}

function eventsOf(
  funds: FundsState,
  entries: readonly LedgerEntry[],
  appeal: string,
): readonly AppealEvent[] {
  const isOurs = ({ type, pub }: LedgerEntry): boolean => {
    if (type === "appeal") return pub["id"] === appeal;
    if (type === "fund.close") return false;
    if (pub["appeal"] === appeal) return true;
    const payment = type === "confirmation" ? textOf(pub, "spending") : textOf(pub, "id");
    if (!type.startsWith("spending") && type !== "confirmation") return false;
    return funds.spending.get(payment ?? "")?.appeal === appeal;
  };
  return entries
    .filter(isOurs)
    .map(({ index, type, at, kid, pub, hidden }) => {
      const target = asObject(pub["target"]) ?? pub;
      const currency = textOf(target, "currency");
      const minor = textOf(target, "minor");
      return {
        index,
        type,
        day: dayOf(pub, hidden, at),
        at,
        member: funds.members.get(kid) ?? kid,
        about: type === "confirmation" ? textOf(pub, "spending") : textOf(pub, "id"),
        sum: currency === undefined || minor === undefined ? undefined : { currency, minor: BigInt(minor) },
      };
    })
    .toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.index - a.index));
}
