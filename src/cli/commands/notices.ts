import { foreignDuties } from "#domain/funds/foreign.ts";
import { labelOf, legalLabels } from "#domain/funds/labels.ts";
import { formatMoney } from "#domain/funds/money.ts";
import type { Call } from "../commands.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson, table } from "../terminal.ts";

/** Notices about foreign money and when each is due. The periods are marked until a lawyer confirmed them. */
export async function run(call: Call): Promise<void> {
  const { args, words, language } = call;
  await using session = await openSession(call, "read");
  const { funds } = await session.books({ withDays: true });
  const duties = foreignDuties(funds);
  if (args.has("json")) {
    printJson(duties);
    return;
  }
  if (duties.length === 0) print(words.noticesNone);
  else {
    const rows = duties.map((duty) => {
      const sums = duty.form === "F.017.00" ? [duty] : duty.received;
      const money = sums
        .map(({ currency, minor }) => formatMoney({ currency, minor: BigInt(minor) }, language))
        .join(" + ");
      return [duty.due, duty.form, duty.form === "F.017.00" ? duty.received : duty.quarter, money];
    });
    print(table([words.noticesHeading, ...rows], [3]));
    print("");
    for (const form of new Set(duties.map((duty) => duty.form)))
      print(`${form}: ${labelOf(legalLabels, form, language)}`);
  }
  if (duties.some((duty) => !duty.isConfirmed)) print(words.unconfirmedLaw);
}
