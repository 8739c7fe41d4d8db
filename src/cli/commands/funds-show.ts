import { appealView } from "#domain/funds/views.ts";
import type { Call } from "../commands.ts";
import { Failure } from "#session/refusals/failure.ts";
import { appealLines } from "../funds-text.ts";
import { openSession } from "../session/open-session.ts";
import { note, print, printJson } from "../terminal.ts";

/** "How much was raised for her?": one appeal, from the kept totals. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const id = args.positionals[0] ?? "";
  await using session = await openSession(call, "read");
  const { funds } = await session.books();
  const view = appealView(funds, id);
  if (view === undefined) {
    const known = [...funds.appeals.keys()];
    const message =
      known.length === 0 ? words.noAppeals : words.appealUnknown(id, known.slice(0, 20).join(", "));
    throw new Failure("appeal-unknown", message);
  }
  for (const file of session.unfinishedFiles(funds)) note(words.incompleteImport(file));
  if (args.has("json")) printJson(view);
  else for (const line of appealLines(view, funds, call)) print(line);
}
