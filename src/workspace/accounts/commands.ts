import { decideCover } from "#domain/funds/decide-payments.ts";
import { decideEvents, decideRates } from "#domain/funds/decide-registers.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import type { Command } from "../desk/command.ts";

export type AccountEventInput = {
  readonly account: string;
  readonly event: "frozen" | "released";
  readonly date: string;
  /** Public: the order of which court, its number. */
  readonly detail: string;
};

export type CoverInput = {
  readonly type: "given" | "repaid";
  readonly appeal: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly date: string;
  readonly decision: string;
};

export type RateInput = {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly source: string;
};

export const accountCommands = {
  "account.event": {
    decide: async (session, { account, event, date, detail }: AccountEventInput) => {
      const values = { account, event, date, detail };
      return decideEvents((await session.books()).funds, [{ line: 1, values }], session.keyed);
    },
  } satisfies Command<AccountEventInput>,

  /** By a named decision, where no policy covers shortfalls. */
  "cover.record": {
    decide: async (session, input: CoverInput) =>
      decideCover((await session.books()).funds, input, portsOf(session).author),
  } satisfies Command<CoverInput>,

  "rate.add": {
    decide: async (session, { date, from, to, rate, source }: RateInput) => {
      const values = { date, from, to, rate, source };
      return decideRates((await session.books()).funds, [{ line: 1, values }]);
    },
  } satisfies Command<RateInput>,
};
