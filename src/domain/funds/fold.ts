import { toBase64Url } from "#record/bytes.ts";
import { assert } from "#record/result.ts";
import { book, cellOf, keepLater, type Booking } from "./booking.ts";
import type { Attribution, AttributionMoved, Fact, FundsEntry, Gift, MemberKey, Refund } from "./entries.ts";
import { approve, pay, settledBy, spend, voidSpending, type SpendingProblem } from "./fold-spending.ts";
import { parseDestination } from "./ids.ts";
import { parseFact } from "./parse-entries.ts";
import { refundParts } from "./refund-parts.ts";
import { heldKey, seriesKey, type FundsState } from "./state.ts";

/**
 * Adds one entry to the books; entries come in log order. The state is changed and returned. It never refuses: an entry
 * that does not make sense is listed in `problems` and counts nothing, so that one bad entry of a coerced member cannot
 * stop everybody's books.
 *
 * @example
 * let state = emptyFunds();
 * for (const entry of opened) state = foldFunds(state, entry);
 */
export function foldFunds(state: FundsState, entry: FundsEntry): FundsState {
  const fact = parseFact(entry);
  if (fact === undefined) return state;
  if (entry.stream?.id === "attributions") state.attributions = entry.stream.seq + 1;
  if (!fact.ok) {
    problem(state, entry, fact.refusal.code, fact.refusal.message);
    return state;
  }
  apply(state, entry, fact.value);
  return state;
}

function apply(state: FundsState, entry: FundsEntry, fact: Fact): void {
  switch (fact.type) {
    case "genesis":
      state.name = fact.name;
      state.base = fact.currency;
      addKeys(state, fact.keys);
      return;
    case "key.add":
    case "key.appoint":
      addKeys(state, [fact.key]);
      return;
    case "funds.policy":
      state.policy = fact.policy;
      return;
    case "appeal":
      return once(state, entry, state.appeals, fact.appeal.id, fact.appeal);
    case "appeal.ended": {
      const { appeal, leftover } = fact.end;
      if (!state.appeals.has(appeal) || state.ended.has(appeal))
        return problem(state, entry, "appeal-not-open", appeal);
      state.ended.set(appeal, fact.end);
      // Donors gave to the first words: neither a reopening nor another end takes them back.
      if (leftover !== undefined && !state.leftovers.has(appeal)) state.leftovers.set(appeal, leftover);
      return;
    }
    case "appeal.reopened": {
      const { appeal, reopened } = fact.reopening;
      if (!state.ended.delete(appeal)) return problem(state, entry, "appeal-not-ended", appeal);
      state.reopened.set(appeal, reopened);
      return;
    }
    case "post":
      return once(state, entry, state.posts, fact.post.id, fact.post);
    case "case.share":
      state.shares.push(fact.share);
      return;
    case "account": {
      const earlier = state.accounts.get(fact.account.account);
      const events = earlier?.events ?? [];
      state.accounts.set(fact.account.account, {
        account: fact.account.account,
        currency: fact.account.currency ?? earlier?.currency ?? null,
        published: fact.account.published || earlier?.published === true,
        number: fact.account.number ?? earlier?.number,
        holder: fact.account.holder ?? earlier?.holder,
        frozen: earlier?.frozen ?? null,
        events,
      });
      return;
    }
    case "account.frozen":
    case "account.released": {
      const account = state.accounts.get(fact.event.account);
      if (account === undefined) return problem(state, entry, "account-unknown", fact.event.account);
      const kind = fact.type === "account.frozen" ? "frozen" : "released";
      account.events.push({ kind, date: fact.event.date, detail: fact.event.detail });
      account.frozen = kind === "frozen" ? { date: fact.event.date, detail: fact.event.detail } : null;
      return;
    }
    case "statement.lines": {
      const fresh = fact.lines.items.reduce((sum, item) => sum + (item?.known === true ? 0 : 1), 0);
      if (fact.lines.items.length === 0) state.unseen.lines += fact.lines.lines;
      state.pending.set(toBase64Url(entry.hash), {
        import: fact.lines.import,
        part: fact.lines.part,
        account: fact.lines.account,
        lines: fact.lines.lines,
        fresh: fact.lines.items.length === 0 ? fact.lines.lines : fresh,
        index: entry.index ?? null,
        isCounted: false,
      });
      return;
    }
    case "statement": {
      const { parts, ...statement } = fact.statement;
      const span = countParts(state, parts);
      state.statements.push({ ...statement, entry: toBase64Url(entry.hash), parts: parts.length, span });
      return;
    }
    case "attribution":
      return attribute(state, entry, fact.attribution);
    case "attribution.moved":
      return move(state, entry, fact.moved);
    case "decision":
      if (fact.decision === undefined) state.unseen.decisions += 1;
      else state.decisions.set(toBase64Url(entry.hash), fact.decision);
      return;
    case "refund":
    case "refund.matched":
      return refund(state, fact.refund, fact.type === "refund.matched");
    case "spending":
    case "spending.reserved":
      return report(
        state,
        entry,
        spend(state, entry, fact.spending, fact.type === "spending" ? "paid" : "reserved"),
      );
    case "spending.approved":
      return report(state, entry, approve(state, entry, fact.id));
    case "spending.paid":
      return report(state, entry, pay(state, fact.id, fact.date));
    case "spending.voided":
      return report(state, entry, voidSpending(state, fact.id));
    case "confirmation": {
      const { spending, role, how, date } = fact.confirmation;
      const known = state.confirmations.get(spending) ?? {};
      const strength = ["recorded", "attested", "signed"];
      // A weaker word never replaces a stronger one: proof stays proof.
      if (strength.indexOf(how) >= strength.indexOf(known[role]?.how ?? "recorded")) {
        known[role] = { how, date: date ?? null };
      }
      state.confirmations.set(spending, known);
      return;
    }
    case "cover.given":
    case "cover.repaid": {
      const { appeal, currency, date, minor } = fact.cover;
      const series = fact.type === "cover.given" ? "given" : "repaid";
      if (minor === undefined) {
        state.unseen.covers += 1;
        return;
      }
      return book(state, { fund: appeal, currency, series, day: date }, minor, 1);
    }
    case "rate":
      state.rates.push(fact.rate);
      return;
    case "fund.close":
      state.closes.push(fact.close);
      return;
    case "correction":
      return;
  }
}

function addKeys(state: FundsState, keys: readonly MemberKey[]): void {
  for (const { kid, member } of keys) state.members.set(kid, member);
}

/** Marks the parts that a manifest names as counted; those without a new line need no attribution, so nothing waits for them. */
function countParts(state: FundsState, parts: readonly string[]): readonly [number, number] | null {
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (const hash of parts) {
    const pending = state.pending.get(hash);
    if (pending === undefined) continue;
    pending.isCounted = true;
    if (pending.index !== null) {
      first = Math.min(first, pending.index);
      last = Math.max(last, pending.index);
    }
    if (pending.fresh === 0) state.pending.delete(hash);
  }
  return last < 0 ? null : [first, last];
}

function attribute(state: FundsState, entry: FundsEntry, attribution: Attribution): void {
  state.pending.delete(attribution.part);
  if (attribution.items.length === 0) state.unseen.attributions += attribution.lines.length;
  const slots = new Map<string, Slot>();
  const hash = toBase64Url(entry.hash);
  for (let i = 0; i < attribution.items.length; i++) {
    const gift = attribution.items[i]?.gift;
    const nullifier = attribution.nullifiers[i];
    const to = attribution.items[i]?.to;
    if (nullifier !== undefined && to !== undefined) stand(state, nullifier, to, 1);
    if (gift === undefined || nullifier === undefined) {
      state.unseen.attributions += 1;
      continue;
    }
    for (const part of gift.parts) {
      const slot = slotFor(state, slots, gift, part.to);
      for (const cell of slot.cells) {
        cell.minor += part.minor;
        cell.count += 1;
      }
      if (slot.held !== null) slot.held.minor += gift.direction === "credit" ? part.minor : -part.minor;
      if (slot.isSpecial) settle(state, part.to, gift, nullifier, 1);
    }
    countRow(slots, gift);
    keepOpen(state, gift, nullifier, hash);
    if (gift.ground.decision !== undefined) state.decisions.delete(gift.ground.decision);
  }
}

/** Rows come by day, so the cells that the last row of a destination touched are nearly always those of the next one. */
type Slot = {
  readonly date: string;
  readonly currency: string;
  readonly account: string;
  readonly direction: string;
  readonly cells: readonly { minor: bigint; count: number }[];
  readonly held: { minor: bigint } | null;
  readonly isSpecial: boolean;
  /** Of the account's day. */
  readonly row: { minor: bigint; count: number } | null;
};

function slotFor(state: FundsState, slots: Map<string, Slot>, gift: Gift, to: string): Slot {
  const last = slots.get(to);
  if (
    last !== undefined &&
    last.date === gift.date &&
    last.direction === gift.direction &&
    last.currency === gift.currency &&
    last.account === gift.account
  ) {
    return last;
  }
  const booking = bookingOf(gift, to);
  const { fund, currency, series } = booking;
  const key = seriesKey(fund, currency, series);
  const cells = [cellOf(state.tallies, key)];
  if (state.days !== null) cells.push(cellOf(seriesDays(state, key), gift.date));
  const destination = parseDestination(to).kind;
  if (destination === "fund") keepLater(state.lastDays, fund, gift.date);
  const slot = {
    date: gift.date,
    currency,
    account: gift.account,
    direction: gift.direction,
    cells,
    held: destination === "fund" ? cellOf(state.held, heldKey(gift.account, fund, currency)) : null,
    isSpecial: destination === "payment" || destination === "refund",
    row: accountRow(state, gift),
  };
  slots.set(to, slot);
  return slot;
}

function seriesDays(state: FundsState, key: string): Map<string, { minor: bigint; count: number }> {
  assert(state.days !== null, "days are loaded");
  const days = state.days.series.get(key) ?? new Map();
  state.days.series.set(key, days);
  return days;
}

function bookingOf(gift: Gift, to: string): Booking {
  const destination = parseDestination(to);
  const fund = destination.kind === "fund" ? destination.fund : destination.kind;
  return {
    fund,
    currency: gift.currency,
    series: gift.direction === "credit" ? "received" : "paid",
    day: gift.date,
  };
}

function accountRow(state: FundsState, gift: Gift): { minor: bigint; count: number } | null {
  if (state.days === null) return null;
  const days = state.days.accounts.get(gift.account) ?? new Map();
  state.days.accounts.set(gift.account, days);
  const day = days.get(gift.date) ?? { credit: { minor: 0n, count: 0 }, debit: { minor: 0n, count: 0 } };
  days.set(gift.date, day);
  return gift.direction === "credit" ? day.credit : day.debit;
}

/** A row split over two appeals is still one row of the account. */
function countRow(slots: Map<string, Slot>, gift: Gift): void {
  const to = gift.parts[0]?.to;
  const row = to === undefined ? undefined : slots.get(to)?.row;
  if (row === undefined || row === null) return;
  for (const part of gift.parts) row.minor += part.minor;
  row.count += 1;
}

function keepOpen(state: FundsState, gift: Gift, nullifier: string, entry: string): void {
  const { kind, detail } = gift.ground;
  const isOpenDebit = gift.direction === "debit" && gift.parts.some((part) => part.to === "unmatched");
  // Credits without any sign are a sum, not a queue; those with contradicting signs are few, and need a person.
  const isOpenCredit = gift.direction === "credit" && kind === "ambiguous";
  if (!isOpenDebit && !isOpenCredit) return;
  const minor = gift.parts.reduce((sum, part) => sum + part.minor, 0n);
  const row = { nullifier, entry, account: gift.account, date: gift.date, minor, currency: gift.currency };
  const open = isOpenDebit ? state.openDebits : state.openCredits;
  open.set(nullifier, { ...row, ground: kind, detail: detail ?? null });
}

/** Remembers at which payments a row stands (`sign` 1) or no longer (-1); where is shown to all, its sum perhaps not. */
function stand(state: FundsState, nullifier: string, places: readonly string[], sign: 1 | -1): void {
  for (const place of places) {
    if (!place.startsWith("payment:")) continue;
    const id = place.slice("payment:".length);
    const others = (state.settling.get(id) ?? []).filter((one) => one !== nullifier);
    if (sign === 1) state.settling.set(id, [...others, nullifier]);
    else if (others.length > 0) state.settling.set(id, others);
    else state.settling.delete(id);
  }
}

/** Ties a debit to the payment or refund that it settles (`sign` 1), or unties it (-1). */
function settle(state: FundsState, to: string, gift: Gift, nullifier: string, sign: 1 | -1): void {
  const destination = parseDestination(to);
  const minor = gift.parts.reduce((sum, part) => sum + part.minor, 0n) * BigInt(-sign);
  if (destination.kind === "payment") {
    const spending = state.spending.get(destination.spending);
    if (spending === undefined) return;
    spending.settled = sign === 1 ? nullifier : settledBy(state, spending.id);
    cellOf(state.held, heldKey(gift.account, spending.appeal, gift.currency)).minor += minor;
  } else if (destination.kind === "refund") {
    const found = state.refunds.get(destination.refund);
    if (found === undefined) return;
    state.refunds.set(found.id, { ...found, settled: sign === 1 ? nullifier : undefined });
    for (const part of found.parts ?? []) {
      cellOf(state.held, heldKey(gift.account, part.to, gift.currency)).minor -= part.minor * BigInt(sign);
    }
  }
}

function move(state: FundsState, entry: FundsEntry, moved: AttributionMoved): void {
  const gift = moved.item?.gift;
  if (moved.item !== undefined) {
    stand(state, moved.nullifier, moved.item.from ?? [], -1);
    stand(state, moved.nullifier, moved.item.to, 1);
  }
  if (gift === undefined) {
    state.unseen.attributions += 1;
    return;
  }
  const before = gift.before ?? [];
  for (const [parts, sign] of [
    [before, -1],
    [gift.parts, 1],
  ] as const) {
    for (const part of parts) {
      book(state, bookingOf(gift, part.to), part.minor * BigInt(sign), sign);
      const destination = parseDestination(part.to);
      if (destination.kind === "fund") {
        const way = gift.direction === "credit" ? BigInt(sign) : BigInt(-sign);
        cellOf(state.held, heldKey(gift.account, destination.fund, gift.currency)).minor += part.minor * way;
      } else settle(state, part.to, { ...gift, parts: [part] }, moved.nullifier, sign);
    }
  }
  state.openDebits.delete(moved.nullifier);
  state.openCredits.delete(moved.nullifier);
  keepOpen(state, gift, moved.nullifier, toBase64Url(entry.hash));
  if (gift.ground.decision !== undefined) state.decisions.delete(gift.ground.decision);
  // A gift that was given back takes its refund along, or its old appeal would show a refund without the gift.
  for (const found of state.refunds.values()) {
    if (found.credit !== moved.nullifier || found.minor === undefined) continue;
    bookRefund(state, found, -1);
    const parts = refundParts(gift.parts, found.minor);
    state.refunds.set(found.id, { ...found, parts });
    bookRefund(state, { ...found, parts }, 1);
  }
}

function refund(state: FundsState, said: Refund, isMatch: boolean): void {
  const earlier = state.refunds.get(said.id);
  if (earlier === undefined ? isMatch : !isMatch || earlier.parts !== undefined) {
    // Of a refund that this reader was not shown, its match says nothing either.
    if (earlier === undefined) state.unseen.refunds += 1;
    return;
  }
  const found = { ...earlier, ...withoutUndefined(said) };
  state.refunds.set(said.id, found);
  if (found.parts === undefined && found.reference === undefined) state.unseen.refunds += 1;
  bookRefund(state, found, 1);
}

function withoutUndefined(said: Refund): Refund {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only members that are undefined, so optional, are left out
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Refund;
}

function bookRefund(state: FundsState, found: Refund, sign: 1 | -1): void {
  if (found.parts === undefined || found.currency === undefined) return;
  for (const part of found.parts) {
    const booking = { fund: part.to, currency: found.currency, series: "refunded", day: found.date } as const;
    book(state, booking, part.minor * BigInt(sign), sign);
  }
}

function once<T>(state: FundsState, entry: FundsEntry, known: Map<string, T>, id: string, value: T): void {
  if (known.has(id)) return problem(state, entry, `${entry.type}-twice`, id);
  known.set(id, value);
}

function report(state: FundsState, entry: FundsEntry, found: SpendingProblem | undefined): void {
  if (found !== undefined) problem(state, entry, found.code, found.message);
}

function problem(state: FundsState, entry: FundsEntry, code: string, message: string): void {
  state.problems.push({ entry: toBase64Url(entry.hash), code, message });
}
