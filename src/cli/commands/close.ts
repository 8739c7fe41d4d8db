import { decideWeek } from "#session/books/close-week.ts";
import { refused } from "#session/refusals/failure.ts";
import type { Call } from "../commands.ts";
import { openSession } from "../session/open-session.ts";
import { recordDecided } from "../session/record-decided.ts";

/** Closes a week: the public count and sum of each appeal, in classes that point to no single gift. */
export async function run(call: Call): Promise<void> {
  const week = call.args.positionals[0] ?? "";
  await using session = await openSession(call, "write");
  const decided = await decideWeek(session, week);
  if (!decided.ok) throw refused(decided.refusal);
  await recordDecided(session, call, week, decided.value);
}
