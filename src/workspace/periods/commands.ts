import { decideWeek } from "#session/books/close-week.ts";
import type { Command } from "../desk/command.ts";

export const periodCommands = {
  /** Publishes what may be known of the gifts up to the end of a week. */
  "period.close": {
    decide: (session, { week }: { readonly week: string }) => decideWeek(session, week),
  } satisfies Command<{ readonly week: string }>,
};
