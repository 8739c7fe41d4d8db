import type { Json } from "#domain/funds/entries.ts";
import type { Call, CommandModule } from "../commands.ts";
import { decideList, type ListName } from "#session/books/decide-table.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import { readText } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import { recordDecided } from "../session/record-decided.ts";

/** `appeals import` and `posts import`: what is recorded and the same adds nothing; a changed one is refused. */
export function importJson(what: ListName): CommandModule {
  return {
    async run(call: Call) {
      const path = call.args.positionals[0] ?? "";
      const file = parseJson(path, readText(path, call.words), call);
      await using session = await openSession(call, "write");
      const decided = await decideList(session, what, file);
      if (!decided.ok) throw refused(decided.refusal, { where: path });
      await recordDecided(session, call, call.words.names[what], decided.value);
    },
  };
}

function parseJson(path: string, text: string, { words }: Call): Json {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever JSON.parse returns is Json
    return JSON.parse(text.replace(/^\uFEFF/u, "")) as Json;
  } catch (error) {
    throw new Failure("json-malformed", words.notJson(path, (error as Error).message));
  }
}
