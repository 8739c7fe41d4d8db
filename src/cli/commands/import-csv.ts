import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { decideDecisions } from "#domain/funds/decide-decisions.ts";
import { decideRefunds } from "#domain/funds/decide-refunds.ts";
import { decideEvents, decideRates } from "#domain/funds/decide-registers.ts";
import { decideSpending } from "#domain/funds/decide-spending.ts";
import type { Decided, TableRow } from "#domain/funds/deciding.ts";
import type { Refusal, Result } from "#record/result.ts";
import type { Call, CommandModule } from "../commands.ts";
import { refused } from "#session/failure.ts";
import { sealAttachments, type Attachments } from "../session/attachments.ts";
import { openSession } from "../session/open-session.ts";
import { portsOf } from "#session/follow-ups.ts";
import { recordDecided } from "../session/record-decided.ts";
import type { Session } from "#session/session.ts";
import { readTable } from "../table-file.ts";

export type TableName = "decisions" | "refunds" | "spending" | "confirmations" | "rates" | "events";

/** Columns that name a file of the folder given by `--attach`. */
const fileColumns: { readonly [name in TableName]?: string } = {
  spending: "receipt",
  confirmations: "document",
};

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
      const decided = await decide(what, session, rows, attachments);
      if (!decided.ok || decided.value.drafts.length === 0) await attachments.discard();
      if (!decided.ok) throw refused(decided.refusal, { where: path });
      // From here on entries may refer to the files: an orphan would be harmless, a hole would not, so nothing is removed.
      const drafts = attachments.attach(decided.value.drafts);
      await recordDecided(session, call, words.names[what], { ...decided.value, drafts });
    },
  };
}

async function decide(
  what: TableName,
  session: Session,
  rows: readonly TableRow[],
  { receipts }: Attachments,
): Promise<Result<Decided, Refusal>> {
  const { funds } = await session.books();
  const ports = portsOf(session);
  switch (what) {
    case "decisions":
      return decideDecisions(funds, rows, ports);
    case "refunds":
      return decideRefunds(funds, rows, ports);
    case "spending":
      return decideSpending(funds, rows, { ...ports, receipts });
    case "confirmations":
      return decideConfirmations(funds, rows, receipts);
    case "rates":
      return decideRates(funds, rows);
    case "events":
      return decideEvents(funds, rows, session.keyed);
  }
}
