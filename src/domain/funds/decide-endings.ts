import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import type { Decided } from "./deciding.ts";
import { parseDay } from "./dates.ts";
import { endReasons, type EndReason, type FundsDraft } from "./entries.ts";
import { leftoverOf, type FundsState } from "./state.ts";

export type EndingRefusal = Refusal<
  | "appeal-unknown"
  | "appeal-ended"
  | "appeal-not-ended"
  | "date-malformed"
  | "day-to-come"
  | "ended-before-opened"
  | "ended-before-reopened"
  | "reopened-before-ended"
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

/** `date`: a day. `reason`: a sentence, public. */
export type WantedReopening = { readonly appeal: string; readonly date: string; readonly reason: string };

/** Days are said of what happened: `today`, such as "2025-06-30", is the last that an end or a reopening may have. */
type Clock = { readonly today: string };

/**
 * Nobody asks for the appeal any more. Gifts that still arrive count, since a bank's statement is a fact, and payments that were
 * reserved can be finished; new posts and reservations are refused. What happens with what is left is said by then: donors
 * were told when it was opened or at an earlier end, or are told now, and then it may not be said otherwise.
 */
export function decideEnd(
  state: FundsState,
  { appeal: id, date, reason, leftover }: WantedEnd,
  { today }: Clock,
): Result<Decided, EndingRefusal> {
  const appeal = state.appeals.get(id);
  if (appeal === undefined) return unknownAppeal(id);
  const refusal = refuseEnded(state, id);
  if (refusal !== undefined) return refuse(refusal);
  const ended = parseDay(date);
  if (ended === undefined) return malformedDay(date);
  if (ended > today) return dayToCome(ended, today);
  if (ended < appeal.opened) {
    const message = `${id} was opened on ${appeal.opened}; it cannot have ended before`;
    return refuse({ code: "ended-before-opened", message });
  }
  const reopened = state.reopened.get(id);
  if (reopened !== undefined && ended < reopened) {
    const message = `${id} was opened again on ${reopened}; it cannot have ended before`;
    return refuse({ code: "ended-before-reopened", message });
  }
  const why = endReasons.find((one): one is EndReason => one === reason);
  if (why === undefined) {
    const message = `the reason is one of ${endReasons.join(", ")}`;
    return refuse({ code: "end-reason-unknown", message });
  }
  const said = leftover.trim();
  const known = leftoverOf(state, id);
  if (known === undefined && said === "") {
    const message = `${id} did not say when it was opened what happens with what is left; say it now`;
    return refuse({ code: "leftover-missing", message });
  }
  if (known !== undefined && said !== "" && said !== known) {
    const message = `${id} said already what happens with what is left: "${known}"; donors gave to these words, so they stay`;
    return refuse({ code: "leftover-fixed", message });
  }
  const more = known === undefined ? { leftover: said } : {};
  return decided({ type: "appeal.ended", pub: { appeal: id, ended, reason: why, ...more } });
}

/** The end was an error, or the need came back: from then on people may ask for it again. */
export function decideReopen(
  state: FundsState,
  { appeal: id, date, reason }: WantedReopening,
  { today }: Clock,
): Result<Decided, EndingRefusal> {
  if (!state.appeals.has(id)) return unknownAppeal(id);
  const end = state.ended.get(id);
  if (end === undefined) {
    const message = `${id} has not ended; there is nothing to open again`;
    return refuse({ code: "appeal-not-ended", message });
  }
  const reopened = parseDay(date);
  if (reopened === undefined) return malformedDay(date);
  if (reopened > today) return dayToCome(reopened, today);
  if (reopened < end.ended) {
    const message = `${id} ended on ${end.ended}; it cannot have been opened again before`;
    return refuse({ code: "reopened-before-ended", message });
  }
  const why = reason.trim();
  if (why === "")
    return refuse({ code: "reason-missing", message: "an appeal is opened again with a reason" });
  return decided({ type: "appeal.reopened", pub: { appeal: id, reopened, reason: why } });
}

/**
 * Why nobody may ask, or set money aside, for an appeal that ended; undefined: it did not. `day`: when somebody asked, if that
 * was in the past; up to the day of the end it was right to ask, however late it is written down.
 */
export function refuseEnded(
  state: FundsState,
  appeal: string,
  day?: string,
): Refusal<"appeal-ended"> | undefined {
  const end = state.ended.get(appeal);
  if (end === undefined || (day !== undefined && day <= end.ended)) return undefined;
  const message = `${appeal} ended on ${end.ended}; open it again first, or choose another appeal`;
  return { code: "appeal-ended", message };
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

function dayToCome(day: string, today: string): Result<Decided, EndingRefusal> {
  const message = `${day} is still to come; today is ${today}, and this is the last day that can be said`;
  return refuse({ code: "day-to-come", message });
}

function malformedDay(date: string): Result<Decided, EndingRefusal> {
  return refuse({ code: "date-malformed", message: `"${date}" must be a day such as 2025-03-09` });
}
