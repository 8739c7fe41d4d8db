import type { Related } from "#domain/funds/entries.ts";
import {
  decideApprove,
  decideCover,
  decidePay,
  decideReserve,
  decideVoid,
} from "#domain/funds/decide-payments.ts";
import type { Decided } from "#domain/funds/deciding.ts";
import { parseDay } from "#domain/funds/dates.ts";
import { formatMoney, parseAmount } from "#domain/funds/money.ts";
import { parseRelated } from "#domain/funds/related-party.ts";
import type { FundsState } from "#domain/funds/state.ts";
import type { Refusal, Result } from "#record/result.ts";
import type { Call, CommandModule } from "../commands.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { sealAttachments } from "../session/attachments.ts";
import { openSession } from "../session/open-session.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import { recordDecided } from "../session/record-decided.ts";
import type { Session } from "#session/session.ts";
import { print } from "../terminal.ts";

/** `spending reserve`: sets money of an appeal aside; others then approve it with their own keys. */
export const reserve: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const id = args.positionals[0] ?? "";
    const currency = args.required("currency").toUpperCase();
    const minor = sumOf(args.required("amount"), currency, call);
    const receiptPath = args.text("receipt");
    const date = dayOf(args.required("date"), call);
    await using session = await openSession(call, "write");
    const attachments = await sealAttachments(
      session,
      words,
      args.required("data"),
      args.text("attach"),
      receiptPath === undefined ? [] : [receiptPath],
    );
    const wanted = {
      id,
      appeal: args.required("appeal"),
      category: args.required("category"),
      minor,
      currency,
      date,
      payee: args.required("payee"),
      paidFrom: args.text("from"),
      related: relatedOf(call),
      relation: args.text("relation"),
      receipt:
        receiptPath === undefined
          ? undefined
          : (attachments.receipts.get(receiptPath) ?? { name: receiptPath }),
    };
    const { funds } = await session.books();
    const decided = orFail(decideReserve(funds, wanted, portsOf(session).author));
    const drafts = attachments.attach(decided.drafts);
    await recordDecided(session, call, id, { ...decided, drafts });
    if (!args.has("json")) print(words.reserved(id));
  },
};

export const approve = step(
  (session, funds, id) => decideApprove(funds, id, portsOf(session).author),
  (call, id, funds) => {
    const one = funds.spending.get(id);
    print(call.words.approved(id, one?.state === "approved" ? 0 : 1));
  },
);

export const pay = step(
  (session, funds, id, call) =>
    decidePay(funds, id, dayOf(call.args.required("date"), call), portsOf(session).author),
  (call, id) => print(call.words.paid(id)),
);

export const voidPayment = step(
  (session, funds, id, call) => decideVoid(funds, id, call.args.required("reason"), portsOf(session).author),
  (call, id) => print(call.words.voided(id)),
);

/** `cover give` and `cover repay`: by a decision, where no policy gives it. */
export function cover(type: "given" | "repaid"): CommandModule {
  return {
    async run(call) {
      const { args, words, language } = call;
      const currency = args.required("currency").toUpperCase();
      const minor = sumOf(args.required("amount"), currency, call);
      const appeal = args.positionals[0] ?? "";
      const date = dayOf(args.required("date"), call);
      await using session = await openSession(call, "write");
      const { funds } = await session.books();
      const decision = args.required("decision");
      const wanted = { type, appeal, currency, minor, date, decision };
      const decided = orFail(decideCover(funds, wanted, portsOf(session).author));
      await recordDecided(session, call, appeal, decided);
      if (!args.has("json")) print(words.coverRecorded(appeal, formatMoney({ currency, minor }, language)));
    },
  };
}

function step(
  decide: (session: Session, funds: FundsState, id: string, call: Call) => Result<Decided, Refusal>,
  report: (call: Call, id: string, funds: FundsState) => void,
): CommandModule {
  return {
    async run(call) {
      const id = call.args.positionals[0] ?? "";
      await using session = await openSession(call, "write");
      const { funds } = await session.books();
      const decided = orFail(decide(session, funds, id, call));
      await recordDecided(session, call, id, decided);
      if (!call.args.has("json")) report(call, id, (await session.books()).funds);
    },
  };
}

function orFail(decided: Result<Decided, Refusal>): Decided {
  if (decided.ok) return decided.value;
  throw refused(decided.refusal);
}

function sumOf(text: string, currency: string, { words }: Call): bigint {
  const minor = parseAmount(text, currency);
  if (minor === undefined || minor <= 0n) throw new Failure("amount-malformed", words.sumUnreadable(text));
  return minor;
}

function dayOf(text: string, { words }: Call): string {
  const day = parseDay(text);
  if (day === undefined) throw new Failure("date-malformed", words.dateUnreadable(text));
  return day;
}

function relatedOf({ args, words }: Call): Related | undefined {
  const related = parseRelated(args.text("related"));
  if (related === null) throw new Failure("related-malformed", words.relatedMalformed);
  return related;
}
