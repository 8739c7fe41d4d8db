import type { FundsDraft } from "#domain/funds/entries.ts";
import { followUps } from "#domain/funds/follow-ups.ts";
import { bankLines } from "../imports/bank-lines.ts";
import type { Session } from "../session.ts";

/** What rules need to look up, and who acts. */
export function portsOf(session: Session) {
  return { lines: bankLines(session), author: { kid: session.kid, at: Math.floor(session.now() / 1000) } };
}

/** What follows from an import: refunds found, debits explained, cover given or repaid. Appended, and returned for words. */
export async function recordFollowUps(session: Session): Promise<readonly FundsDraft[]> {
  const { funds } = await session.books();
  const drafts = await followUps(funds, portsOf(session));
  await session.append(drafts);
  return drafts;
}
