import { fundsView } from "#domain/funds/views.ts";
import type { Call } from "../commands.ts";
import { openSession } from "../session/open-session.ts";
import { printJson } from "../terminal.ts";

export async function run(call: Call): Promise<void> {
  await using session = await openSession(call, "read");
  const { funds } = await session.books();
  printJson(fundsView(funds));
}
