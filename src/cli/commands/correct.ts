import { correctionDraft } from "#domain/funds/decide-payments.ts";
import { toBase64Url } from "#record/bytes.ts";
import type { Call } from "../commands.ts";
import { Failure } from "#session/refusals/failure.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";

/** Corrects an entry by another one, with the reason. Nothing is edited. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const index = args.positionals[0] ?? "";
  const reason = args.required("reason");
  await using session = await openSession(call, "write");
  if (!/^\d+$/u.test(index) || Number(index) >= session.size)
    throw new Failure("entry-unknown", words.entryUnknown(index));
  for await (const { hash } of session.store.entries(Number(index), Number(index) + 1))
    await session.append([correctionDraft(toBase64Url(hash), reason)]);
  await session.saveBooks();
  if (args.has("json")) printJson({ corrected: Number(index), by: session.size - 1 });
  else print(words.corrected(index));
}
