import { saidCover } from "#domain/funds/covers.ts";
import type { Summary } from "#domain/funds/deciding.ts";
import type { FundsDraft } from "#domain/funds/entries.ts";
import { formatMoney } from "#domain/funds/money.ts";
import type { Call } from "../commands.ts";
import { print, printJson } from "../terminal.ts";
import { recordFollowUps } from "#session/books/follow-ups.ts";
import type { Draft } from "#session/issuing.ts";
import type { Session } from "#session/session.ts";

/** Appends what was decided, all of it or none, and says so. */
export async function recordDecided(
  session: Session,
  call: Call,
  what: string,
  decided: { readonly drafts: readonly Draft[]; readonly summary: Summary },
): Promise<void> {
  await session.append(decided.drafts);
  const later = await recordFollowUps(session);
  await session.saveBooks();
  const { args, words } = call;
  const { added, unchanged, waiting, notes } = decided.summary;
  if (args.has("json")) {
    printJson({
      recorded: what,
      added,
      unchanged,
      waiting,
      notes,
      entries: decided.drafts.length + later.length,
    });
    return;
  }
  if (added === 0 && unchanged > 0) print(words.nothingNew(what, unchanged));
  else {
    print(words.recorded(what, added));
    if (unchanged > 0) print(words.alreadyThere(unchanged));
  }
  if (waiting > 0) print(words.waiting(waiting));
  for (const line of notes) print(line);
  reportFollowUps(call, [...decided.drafts, ...later]);
}

export function reportFollowUps(
  { args, words, language }: Call,
  drafts: readonly Pick<FundsDraft, "type" | "pub" | "hidden">[],
): void {
  if (args.has("json")) return;
  const moved = drafts.filter(
    ({ type, pub }) => type === "attribution.moved" && pub["reason"] === "decision",
  ).length;
  if (moved > 0) print(words.moved(moved));
  for (const draft of drafts) {
    const cover = saidCover(draft);
    if (cover?.minor === undefined) continue;
    const { kind, appeal, currency, minor } = cover;
    const sum = formatMoney({ currency, minor }, language);
    print(kind === "given" ? words.covered(appeal, sum) : words.repaid(appeal, sum));
  }
}
