import { decideClose } from "#domain/funds/decide-close.ts";
import { dayHere } from "../day-here.ts";
import type { Session } from "../session.ts";

/** What closing a week would put on the record, or why it cannot be closed yet. */
export async function decideWeek(session: Session, week: string): Promise<ReturnType<typeof decideClose>> {
  const { funds } = await session.books();
  const { closes } = await session.index();
  return decideClose(funds, closes, { week, today: dayHere(session) });
}
