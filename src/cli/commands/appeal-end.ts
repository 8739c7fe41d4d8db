import type { CommandModule } from "../commands.ts";
import { decideAppealEnd, decideAppealReopening } from "#session/books/end-appeal.ts";
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
    const leftover = args.text("leftover") ?? "";
    const decided = await decideAppealEnd(session, { appeal, date, reason, leftover });
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
    const decided = await decideAppealReopening(session, wanted);
    if (!decided.ok) throw refused(decided.refusal);
    await recordDecided(session, call, appeal, decided.value);
    if (!args.has("json")) print(words.appealReopened(appeal));
  },
};
