import { decideEnd, decideReopen } from "#domain/funds/decide-endings.ts";
import type { CommandModule } from "../commands.ts";
import { refused } from "#session/refusals/failure.ts";
import { openSession } from "../session/open-session.ts";
import { recordDecided } from "../session/record-decided.ts";
import { print } from "../terminal.ts";

/** `appeal end`: nobody asks for it any more; what arrives all the same counts. */
export const end: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const appeal = args.positionals[0] ?? "";
    const date = args.required("date");
    const reason = args.required("reason");
    await using session = await openSession(call, "write");
    const { funds } = await session.books();
    const decided = decideEnd(funds, { appeal, date, reason, leftover: args.text("leftover") ?? "" });
    if (!decided.ok) throw refused(decided.refusal);
    await recordDecided(session, call, appeal, decided.value);
    if (!args.has("json")) print(words.appealEnded(appeal));
  },
};

/** `appeal reopen`: the end was an error, or the need came back. */
export const reopen: CommandModule = {
  async run(call) {
    const { args, words } = call;
    const appeal = args.positionals[0] ?? "";
    const wanted = { appeal, date: args.required("date"), reason: args.required("reason") };
    await using session = await openSession(call, "write");
    const decided = decideReopen((await session.books()).funds, wanted);
    if (!decided.ok) throw refused(decided.refusal);
    await recordDecided(session, call, appeal, decided.value);
    if (!args.has("json")) print(words.appealReopened(appeal));
  },
};
