import { labelOf, roleLabels } from "#domain/funds/labels.ts";
import { formatMoney } from "#domain/funds/money.ts";
import { unmatchedView, type UnmatchedRow } from "#domain/funds/unmatched-view.ts";
import type { Call } from "../commands.ts";
import { bankLines } from "#session/imports/bank-lines.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";

/** Everything that waits for somebody: what blocks a close comes first. */
export async function run(call: Call): Promise<void> {
  const { args, words, language } = call;
  await using session = await openSession(call, "read");
  const { funds } = await session.books();
  const open = [...funds.openDebits.keys(), ...funds.openCredits.keys()];
  const view = unmatchedView(funds, await bankLines(session).byNullifiers(open));
  if (args.has("json")) {
    printJson(view);
    return;
  }
  const money = (currency: string | null, minor: string | null) =>
    currency === null || minor === null ? "?" : formatMoney({ currency, minor: BigInt(minor) }, language);
  const row = (one: UnmatchedRow) =>
    [one.date, money(one.currency, one.minor), one.reference, one.party, one.memo, one.signs]
      .filter((text) => text !== null)
      .join("  ");
  const sections: [string, string[]][] = [
    [words.unmatchedDebits, view.debits.map(row)],
    [
      words.unmatchedPayments,
      view.payments.map(
        (one) => `${one.spending}  ${one.appeal}  ${one.date ?? ""}  ${money(one.currency, one.minor)}`,
      ),
    ],
    [
      words.unmatchedRefunds,
      view.refunds.map(
        (one) =>
          `${one.reference ?? one.refund}  ${one.date ?? ""}  ${money(one.currency, one.minor)}  ${one.lacks.map((what) => words.lacks[what]).join(", ")}`,
      ),
    ],
    [words.unmatchedCredits, view.credits.map(row)],
    [
      words.unmatchedDecisions,
      view.decisions.map((one) => `${one.reference}  ${one.appeal}  ${one.by}: ${one.ground}`),
    ],
    [
      words.unmatchedConfirmations,
      view.confirmations.map(
        (one) =>
          `${one.spending}  ${one.roles.map((role) => labelOf(roleLabels, role, language)).join(", ")}`,
      ),
    ],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  if (shown.length === 0) print(words.nothingUnmatched);
  for (const [title, lines] of shown) {
    print(`${title} (${lines.length})`);
    for (const line of lines) print(`  ${line}`);
  }
}
