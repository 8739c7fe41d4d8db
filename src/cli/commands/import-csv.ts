import type { Call, CommandModule } from "../commands.ts";
import { decideTable, fileColumns, type TableName } from "#session/books/decide-table.ts";
import { refused } from "#session/refusals/failure.ts";
import { sealAttachments } from "../session/attachments.ts";
import { openSession } from "../session/open-session.ts";
import { recordDecided } from "../session/record-decided.ts";
import { readTable } from "../table-file.ts";

/** `decisions import` and its kin: a table, all of it or none. */
export function importCsv(what: TableName): CommandModule {
  return {
    async run(call: Call) {
      const { args, words } = call;
      const path = args.positionals[0] ?? "";
      const rows = readTable(path, words);
      await using session = await openSession(call, "write");
      const column = fileColumns[what];
      const names = column === undefined ? [] : rows.flatMap((row) => row.values[column]?.trim() || []);
      const attachments = await sealAttachments(
        session,
        words,
        args.required("data"),
        args.text("attach"),
        names,
      );
      const decided = await decideTable(session, what, rows, attachments.receipts);
      if (!decided.ok || decided.value.drafts.length === 0) await attachments.discard();
      if (!decided.ok) throw refused(decided.refusal, { where: path });
      // From here on entries may refer to the files: an orphan would be harmless, a hole would not, so nothing is removed.
      const drafts = attachments.attach(decided.value.drafts);
      await recordDecided(session, call, words.names[what], { ...decided.value, drafts });
    },
  };
}
