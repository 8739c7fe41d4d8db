import { accountsView, frozenView, statementGaps } from "#domain/funds/account-view.ts";
import { formatMoney } from "#domain/funds/money.ts";
import type { Call } from "../commands.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";

/** Accounts with their statements; for a frozen one also what it holds, and for whom. */
export async function run(call: Call): Promise<void> {
  const { args, words, language } = call;
  await using session = await openSession(call, "read");
  const { funds } = await session.books();
  const accounts = accountsView(funds);
  if (args.has("json")) {
    printJson(accounts);
    return;
  }
  if (accounts.length === 0) print(words.noAccounts);
  const held = new Map(frozenView(funds).map((one) => [one.account, one.held]));
  for (const { account, currency, statements, frozen } of accounts) {
    const money = (minor: string | null) =>
      minor === null ? "—" : formatMoney({ currency: currency ?? "", minor: BigInt(minor) }, language);
    print(`${account}  ${currency ?? ""}`.trimEnd());
    for (const one of statements)
      print(`  ${one.file ?? "—"}: ${words.rows(one.lines)}, ${money(one.opening)} → ${money(one.closing)}`);
    if (frozen === null) continue;
    print(`  ${words.frozenSince(frozen.date, frozen.detail)}`);
    for (const { fund, currency: of, minor } of held.get(account) ?? [])
      print(`    ${words.held(fund, formatMoney({ currency: of, minor: BigInt(minor) }, language))}`);
  }
  for (const gap of statementGaps(funds)) print(words.gap(gap.account, gap.from, gap.to, gap.balancesMeet));
}
