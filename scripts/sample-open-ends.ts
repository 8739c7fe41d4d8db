// What the sample leaves to be done by whoever looks around: a colleague's payments wait for approval, and one's own for hers.
// All of it on appeals that no story asks about, after the last week was closed.
import { decideReserve } from "#domain/funds/decide-payments.ts";
import type { Spending } from "#domain/funds/entries.ts";
import { expectOk } from "#record/result.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import { decideEnrolling, newDeviceOf, recordKeyChange } from "#session/keys/members.ts";
import { readPeople } from "#session/keys/people.ts";
import { financeRoom, type Session } from "#session/session.ts";
import type { Keyring } from "#vault/keys/keyring-content.ts";
import { newMemberKeys } from "#vault/keys/member.ts";

type Wanted = Pick<Spending, "id" | "appeal" | "category" | "minor" | "payee" | "date">;

const byColleague: readonly Wanted[] = [
  {
    id: "S-2025-054",
    appeal: "A-2025-005",
    category: "medical",
    minor: 18_640_000n,
    payee: "Клиника «Проба»",
    date: "2025-06-20",
  },
  {
    id: "S-2025-055",
    appeal: "A-2025-001",
    category: "lawyer",
    minor: 24_000_000n,
    payee: "Адвокат Образцов",
    date: "2025-06-23",
  },
];
const byOfficer: readonly Wanted[] = [
  {
    id: "S-2025-056",
    appeal: "A-2025-002",
    category: "hotel",
    minor: 9_750_000n,
    payee: "Қонақүй «Үлгі»",
    date: "2025-06-24",
  },
];

/** `sessionOf`: another member's session over the same record. */
export async function leaveOpen(session: Session, sessionOf: (keyring: Keyring) => Session): Promise<void> {
  const colleague = sessionOf(await addColleague(session));
  for (const wanted of byColleague) await reserve(colleague, wanted);
  for (const wanted of byOfficer) await reserve(session, wanted);
}

async function addColleague(session: Session): Promise<Keyring> {
  const genesis = await session.genesis();
  if (genesis === null) throw new Error("bug: the sample has no first entry");
  const keys = await newMemberKeys(session.randomBytes);
  const change = expectOk(
    await decideEnrolling(session, await readPeople(session), {
      member: "M-02",
      name: "Пётр Образцов",
      roles: ["finance"],
      rooms: [financeRoom],
      device: newDeviceOf(keys, genesis),
      replaces: false,
    }),
  );
  // Roots stay with the officer.
  const { roots: _roots, recovery: _recovery, ...shared } = await recordKeyChange(session, change);
  return {
    ...shared,
    member: "M-02",
    device: { signingSeed: keys.signingSeed, readingIdentity: keys.reading.identity },
    account: { identity: keys.account.identity },
  };
}

async function reserve(session: Session, wanted: Wanted): Promise<void> {
  const { funds } = await session.books();
  const decided = expectOk(decideReserve(funds, { ...wanted, currency: "KZT" }, portsOf(session).author));
  await session.append(decided.drafts);
}
