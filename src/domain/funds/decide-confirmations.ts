import { ok, type Result } from "#record/result.ts";
import { parseDay } from "./dates.ts";
import { cell, checkColumns, refuseLine, type Decided, type LineRefusal, type TableRow } from "./deciding.ts";
import type { ConfirmationHow, ConfirmationRole, FundsDraft, JsonDraft, Receipt } from "./entries.ts";
import { parseSpendingId } from "./ids.ts";
import type { ConfirmationState, FundsState } from "./state.ts";

export type ConfirmationRefusal = LineRefusal<
  | "column-missing"
  | "spending-id-malformed"
  | "role-malformed"
  | "how-malformed"
  | "date-malformed"
  | "confirmation-without-proof"
>;

/**
 * `confirmations import`: columns `spending, role, date`; optional `how` (signed, attested, recorded), `by`, `document`.
 * Without `how` a confirmation is *recorded*: our own note, which is no proof and is never shown as one. `attested` and
 * `signed` need the document that shows it; `documents` gives the sealed files by name. A confirmation of a payment that is not yet recorded waits for it, visibly.
 */
export function decideConfirmations(
  state: FundsState,
  rows: readonly TableRow[],
  documents: ReadonlyMap<string, Receipt> = new Map(),
): Result<Decided, ConfirmationRefusal> {
  const lacking = checkColumns(rows, ["spending", "role", "date"]);
  if (lacking !== undefined) return lacking;
  const drafts: FundsDraft[] = [];
  const known = new Map<string, ConfirmationState>();
  let unchanged = 0;
  let waiting = 0;
  for (const row of rows) {
    const spending = parseSpendingId(cell(row, "spending"));
    if (spending === undefined) {
      return refuseLine(
        "spending-id-malformed",
        row.line,
        "spending must be the id of a payment such as S-2025-020",
      );
    }
    const role = parseRole(cell(row, "role"));
    if (role === undefined)
      return refuseLine("role-malformed", row.line, "role must be lawyer or beneficiary");
    const how = parseHow(cell(row, "how") ?? "recorded");
    if (how === undefined)
      return refuseLine("how-malformed", row.line, "how must be signed, attested or recorded");
    const date = parseDay(cell(row, "date"));
    if (date === undefined)
      return refuseLine("date-malformed", row.line, "date must be a day such as 2025-03-09");
    const document = cell(row, "document");
    if (how !== "recorded" && document === undefined) {
      const message = `a confirmation counts as ${how} only with the document that shows it: fill in the column document`;
      return refuseLine("confirmation-without-proof", row.line, message);
    }
    const roles = known.get(spending) ?? { ...state.confirmations.get(spending) };
    known.set(spending, roles);
    if (roles[role]?.how === how && roles[role]?.date === date) {
      unchanged += 1;
      continue;
    }
    roles[role] = { how, date };
    if (!state.spending.has(spending)) waiting += 1;
    const by = cell(row, "by");
    const attached = document === undefined ? undefined : documents.get(document);
    const hidden: JsonDraft = {
      date,
      ...(by === undefined ? {} : { by }),
      ...(document === undefined ? {} : { document }),
      ...(attached?.sha256 === undefined || attached.file === undefined
        ? {}
        : { attached: { sha256: attached.sha256, file: attached.file } }),
    };
    drafts.push({ type: "confirmation", stream: "confirmations", pub: { spending, role, how }, hidden });
  }
  return ok({ drafts, summary: { added: drafts.length, unchanged, waiting, notes: [] } });
}

function parseRole(text: string | undefined): ConfirmationRole | undefined {
  return text === "lawyer" || text === "beneficiary" ? text : undefined;
}

function parseHow(text: string): ConfirmationHow | undefined {
  return text === "signed" || text === "attested" || text === "recorded" ? text : undefined;
}
