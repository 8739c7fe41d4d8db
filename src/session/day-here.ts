import { dayAt } from "#language/dates.ts";
import type { Session } from "./session.ts";

/**
 * Today by this device's clock and place: who ends an appeal, or closes a week, after midnight may do so before it is day in
 * Greenwich.
 */
export function dayHere(session: Pick<Session, "now">): string {
  return dayAt(session.now() / 1000, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
