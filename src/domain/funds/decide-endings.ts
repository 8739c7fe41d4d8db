import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import type { Decided } from "./deciding.ts";
import { parseDay } from "./dates.ts";
import { endReasons, type EndReason, type FundsDraft } from "./entries.ts";
import type { FundsState } from "./state.ts";

export type EndingRefusal = Refusal<
  | "appeal-unknown"
  | "appeal-ended"
  | "appeal-not-ended"
  | "date-malformed"
  | "ended-before-opened"
  | "end-reason-unknown"
  | "leftover-missing"
  | "leftover-fixed"
  | "reason-missing"
>;

/** `date`: a day such as "2025-06-30". `reason`: one of {@link endReasons}. `leftover`: a sentence; empty: nothing to say. */
export type WantedEnd = {
  readonly appeal: string;
  readonly date: string;
  readonly reason: string;
  readonly leftover: string;
};

/**
 * Nobody asks for the appeal any more. Gifts that still arrive count, since a bank's statement is a fact, and payments that were
 * reserved can be finished; new posts and reservations are refused. What happens with what is left is said by then: donors
 * were told when it was opened, or are told now, and then it may not be said otherwise.
 */
export function decideEnd(
  state: FundsState,
  { appeal: id, date, reason, leftover }: WantedEnd,
): Result<Decided, EndingRefusal> {
  const appeal = state.appeals.get(id);
  if (appeal === undefined) return unknownAppeal(id);
  const refusal = refuseEnded(state, id);
  if (refusal !== undefined) return refuse(refusal);
  const ended = parseDay(date);
  if (ended === undefined) return malformedDay(date);
  if (ended < appeal.opened) {
    const message = `${id} was opened on ${appeal.opened}; it cannot have ended before`;
    return refuse({ code: "ended-before-opened", message });
  }
  const known = endReasons.find((one): one is EndReason => one === reason);
  if (known === undefined) {
    const message = `the reason is one of ${endReasons.join(", ")}`;
    return refuse({ code: "end-reason-unknown", message });
  }
  const said = leftover.trim();
  if (appeal.leftover === undefined && said === "") {
    const message = `${id} did not say when it was opened what happens with what is left; say it now`;
    return refuse({ code: "leftover-missing", message });
  }
  if (appeal.leftover !== undefined && said !== "" && said !== appeal.leftover) {
    const message = `when ${id} was opened it said "${appeal.leftover}"; donors gave to these words, so they stay`;
    return refuse({ code: "leftover-fixed", message });
  }
  const more = appeal.leftover === undefined ? { leftover: said } : {};
  return decided({ type: "appeal.ended", pub: { appeal: id, ended, reason: known, ...more } });
}

/** The end was an error, or the need came back: from then on people may ask for it again. */
export function decideReopen(
  state: FundsState,
  { appeal: id, date, reason }: { readonly appeal: string; readonly date: string; readonly reason: string },
): Result<Decided, EndingRefusal> {
  if (!state.appeals.has(id)) return unknownAppeal(id);
  if (!state.ended.has(id)) {
    const message = `${id} has not ended; there is nothing to open again`;
    return refuse({ code: "appeal-not-ended", message });
  }
  const reopened = parseDay(date);
  if (reopened === undefined) return malformedDay(date);
  const why = reason.trim();
  if (why === "")
    return refuse({ code: "reason-missing", message: "an appeal is opened again with a reason" });
  return decided({ type: "appeal.reopened", pub: { appeal: id, reopened, reason: why } });
}

/** Why nobody may ask, or set money aside, for an appeal that ended; undefined: it did not. */
export function refuseEnded(state: FundsState, appeal: string): Refusal<"appeal-ended"> | undefined {
  const end = state.ended.get(appeal);
  return (
    end && {
      code: "appeal-ended",
      message: `${appeal} ended on ${end.ended}; open it again first, or choose another appeal`,
    }
  );
}

function decided(draft: Omit<FundsDraft, "stream">): Result<Decided, EndingRefusal> {
  return ok({
    drafts: [{ ...draft, stream: "funds" }],
    summary: { added: 1, unchanged: 0, waiting: 0, notes: [] },
  });
}

function unknownAppeal(id: string): Result<Decided, EndingRefusal> {
  return refuse({ code: "appeal-unknown", message: `there is no appeal ${id}` });
}

function malformedDay(date: string): Result<Decided, EndingRefusal> {
  return refuse({ code: "date-malformed", message: `"${date}" must be a day such as 2025-03-09` });
}
