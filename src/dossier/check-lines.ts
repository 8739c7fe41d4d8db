import type {
  Attribution,
  AttributionItem,
  AttributionMoved,
  Gift,
  LineItem,
  Part,
  StatementLines,
} from "#domain/funds/entries.ts";
import type { Check, CheckList } from "./check-list.ts";
import { RefundChecks } from "./check-refunds.ts";
import type { Stated } from "./read-facts.ts";

type PartOfStatement = { readonly index: number; readonly lines: StatementLines; isCounted: boolean };

/** Where a bank row stands after all moves: what the dossier shows of it. */
export type Row = {
  to: readonly string[];
  gift: Gift | undefined;
  /** Hash of the entry that says so: what a move must name. */
  said: string;
  /** Whether its parts were added up and compared with the bank's line. */
  isSummed: boolean;
  /** Whether it ever went to what the question is about. */
  isTouched: boolean;
};

/** Bank rows by nullifier, in the order of the log. */
export type Rows = ReadonlyMap<string, Row>;

/**
 * Spec §8.2 to §8.4, and §8.6: each bank row counts once, its parts add up to the row, and where every row went is shown.
 * Rows that ever went to `scope` must be opened with their sum; of others the destination is enough. Refunds are all shown.
 */
export const checkLines = (
  stated: readonly Stated[],
  scope: ReadonlySet<string>,
  checks: CheckList,
): Rows => {
  const parts = new Map<string, PartOfStatement>();
  const lines = new LineChecks(scope, checks);
  const counted = checks.of("statement.parts");
  const refunds = new RefundChecks(checks.of("refund.opened"));
  for (const { index, name, entry, fact } of stated) {
    if (fact.type === "statement.lines") parts.set(name, { index, lines: fact.lines, isCounted: false });
    else if (fact.type === "statement") {
      const why = countParts(parts, fact.statement, (part) => lines.positions(part));
      if (why === undefined) counted.ok();
      else counted.broken(index, why);
    } else if (fact.type === "attribution")
      lines.attribution(index, name, fact.attribution, parts.get(fact.attribution.part));
    else if (fact.type === "attribution.moved") lines.moved(index, name, fact.moved);
    else if (fact.type === "refund" || fact.type === "refund.matched")
      refunds.take(index, entry, fact, lines.rows);
  }
  lines.finish();
  return lines.rows;
};

const countParts = (
  parts: ReadonlyMap<string, PartOfStatement>,
  statement: {
    readonly import: string;
    readonly account: string;
    readonly parts: readonly string[];
    readonly lines: number;
  },
  count: (part: PartOfStatement) => void,
): string | undefined => {
  let lines = 0;
  let due: number | undefined;
  for (const hash of statement.parts) {
    const part = parts.get(hash);
    if (part === undefined) return "names a part that is not here";
    if (part.isCounted) return "names a part that counts already";
    part.isCounted = true;
    count(part);
    if (
      part.lines.import !== statement.import ||
      part.lines.account !== statement.account ||
      part.lines.part !== (due ?? part.lines.part)
    )
      return "names a part of another statement";
    due = part.lines.part + 1;
    lines += part.lines.lines;
  }
  return lines === statement.lines ? undefined : "its parts hold another number of lines";
};

const sum = (parts: readonly Part[]): bigint => parts.reduce((total, part) => total + part.minor, 0n);
/** Money comes in for a fund, and goes out for a payment, a refund, a fee, or what nothing explains yet. */
const goesTheRightWay = ({ direction, parts }: Gift): boolean =>
  parts.every(({ to }) => {
    if (to === "own-transfer" || to === "unreadable") return true;
    const isOut = to === "fee" || to === "unmatched" || to.startsWith("payment:") || to.startsWith("refund:");
    return isOut === (direction === "debit");
  });
const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);
const sameParts = (a: readonly Part[], b: readonly Part[]): boolean =>
  a.length === b.length && a.every((part, i) => part.to === b[i]?.to && part.minor === b[i]?.minor);

class LineChecks {
  readonly rows = new Map<string, Row>();
  readonly #scope: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #positions = new Set<string>();
  readonly #nullifiers: Check;
  readonly #lines: Check;
  readonly #opened: Check;
  readonly #sums: Check;

  constructor(scope: ReadonlySet<string>, checks: CheckList) {
    this.#scope = scope;
    this.#nullifiers = checks.of("nullifier.once");
    this.#lines = checks.of("line.once");
    this.#opened = checks.of("attribution.opened");
    this.#sums = checks.of("attribution.sum");
  }

  /** A bank row that is entered twice bears two nullifiers when its position is another; so there is one way to write it. */
  positions({ index, lines }: PartOfStatement): void {
    for (const [place, item] of lines.items.entries()) {
      if (item === undefined) continue;
      const { position, date, known } = item;
      const key = `${lines.account}/${position}`;
      if (!position.startsWith(`${date}/`) || !/^[1-9][0-9]*$/.test(position.slice(11)))
        this.#lines.broken(`${index}/${place}`, "its position is not its day and a number");
      else if (!known && this.#positions.has(key))
        this.#lines.broken(`${index}/${place}`, "another line of the account has this position");
      if (!known) this.#positions.add(key);
    }
  }

  attribution(index: number, name: string, said: Attribution, part: PartOfStatement | undefined): void {
    if (part?.isCounted !== true) this.#lines.broken(index, "attributes lines that no statement counts");
    for (const [i, line] of said.lines.entries()) {
      const nullifier = said.nullifiers[i] as string;
      const subject = `${index}/${i}`;
      if (this.rows.has(nullifier)) this.#nullifiers.broken(subject, "this bank row was counted before");
      else this.#nullifiers.ok();
      const place = `${said.part}/${line}`;
      if (this.#seen.has(place) || (part !== undefined && line >= part.lines.lines))
        this.#lines.broken(subject, "this line was attributed before, or is none");
      else this.#lines.ok();
      this.#seen.add(place);
      const item = said.items[i];
      const row: Row = {
        to: item?.to ?? [],
        gift: item?.gift,
        said: name,
        isSummed: false,
        isTouched: this.#touches(item?.to),
      };
      this.rows.set(nullifier, row);
      this.#show(item, subject);
      const shown = part?.lines.items[line];
      if (row.gift !== undefined && part !== undefined && shown !== undefined)
        row.isSummed = this.#sum(subject, row.gift, shown, part.lines.account);
      else if (row.gift !== undefined && !goesTheRightWay(row.gift)) this.#sums.broken(subject, wrongWay);
    }
  }

  moved(index: number, name: string, said: AttributionMoved): void {
    const row = this.rows.get(said.nullifier);
    const { item } = said;
    if (row === undefined || row.said !== said.corrects) {
      this.#nullifiers.broken(index, "moves a row from where it does not stand");
      return;
    }
    this.#nullifiers.ok();
    this.#show(item, String(index));
    if (item === undefined) return;
    const isSame =
      (item.gift === undefined) === (row.gift === undefined) && sameTexts(item.from ?? [], row.to);
    const isSound =
      isSame &&
      (item.gift === undefined ||
        row.gift === undefined ||
        (isMoveOf(item.gift, row.gift) && goesTheRightWay(item.gift)));
    if (!isSound) this.#sums.broken(index, "does not carry on what stood there");
    else if (item.gift !== undefined) this.#sums.ok();
    row.to = item.to;
    row.gift = item.gift;
    row.said = name;
    row.isTouched ||= this.#touches(item.to);
  }

  /** Rows of the question whose sum nobody can compare with the bank's line. */
  finish(): void {
    for (const [nullifier, row] of this.rows) {
      if (row.isTouched && !row.isSummed && row.to.length > 0)
        this.#sums.unknown("the sum of this row is not shown", nullifier);
    }
  }

  #show(item: AttributionItem | undefined, subject: string): void {
    if (item === undefined) this.#opened.unknown("where this row went is not shown", subject);
    else this.#opened.ok();
  }

  #touches(to: readonly string[] | undefined): boolean {
    return (to ?? []).some((one) => this.#scope.has(one));
  }

  #sum(subject: string, gift: Gift, line: LineItem, account: string): boolean {
    const isLine =
      gift.date === line.date &&
      gift.direction === line.direction &&
      gift.currency === line.currency &&
      gift.account === account;
    if (!goesTheRightWay(gift)) this.#sums.broken(subject, wrongWay);
    else if (isLine && !line.known && sum(gift.parts) === line.minor) this.#sums.ok();
    else this.#sums.broken(subject, "the parts do not add up to the bank's line");
    return true;
  }
}

const wrongWay = "money that came in stands where it went out, or the other way round";

const isMoveOf = (gift: Gift, was: Gift): boolean =>
  sum(gift.parts) === sum(was.parts) &&
  gift.date === was.date &&
  gift.direction === was.direction &&
  gift.currency === was.currency &&
  gift.account === was.account &&
  sameParts(gift.before ?? [], was.parts);

/** Spec §8.5: a payment or a refund is settled by one bank row at most, and by its own sum where that is shown. */
export const checkPayments = (stated: readonly Stated[], rows: Rows, checks: CheckList): void => {
  const check = checks.of("payment.once");
  const payments = new Map<string, { readonly minor: bigint; readonly currency: string }>();
  for (const { fact } of stated) {
    if (fact.type === "spending" || fact.type === "spending.reserved")
      payments.set(`payment:${fact.spending.id}`, fact.spending);
  }
  const settled = new Set<string>();
  for (const { to, gift } of rows.values()) {
    for (const [i, target] of to.entries()) {
      if (!target.startsWith("payment:") && !target.startsWith("refund:")) continue;
      const payment = payments.get(target);
      const isOther =
        payment !== undefined &&
        gift !== undefined &&
        (gift.parts[i]?.minor !== payment.minor || gift.currency !== payment.currency);
      if (settled.has(target) || isOther) check.broken(target, "settled twice, or by another sum");
      else check.ok();
      settled.add(target);
    }
  }
};
