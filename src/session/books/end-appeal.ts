import {
  decideEnd,
  decideReopen,
  type WantedEnd,
  type WantedReopening,
} from "#domain/funds/decide-endings.ts";
import { dayHere } from "../day-here.ts";
import type { Session } from "../session.ts";

/** What ending an appeal would put on the record, or why it cannot end. */
export async function decideAppealEnd(
  session: Session,
  wanted: WantedEnd,
): Promise<ReturnType<typeof decideEnd>> {
  return decideEnd((await session.books()).funds, wanted, { today: dayHere(session) });
}

/** What opening an appeal again would put on the record, or why it cannot be opened. */
export async function decideAppealReopening(
  session: Session,
  wanted: WantedReopening,
): Promise<ReturnType<typeof decideReopen>> {
  return decideReopen((await session.books()).funds, wanted, { today: dayHere(session) });
}
