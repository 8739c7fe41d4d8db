import { categoryLabels, endReasonLabels, labelOf } from "#domain/funds/labels.ts";
import { formatMoney } from "#domain/funds/money.ts";
import { confirmationsView } from "#domain/funds/post-view.ts";
import type { FundsState } from "#domain/funds/state.ts";
import type { AppealView } from "#domain/funds/views.ts";
import { formatDay } from "#language/dates.ts";
import type { Call } from "./commands.ts";
import { table } from "./terminal.ts";

type Amount = { readonly currency: string; readonly minor: string };

/** One appeal for a person: the question first, then each figure apart, currency by currency. */
export function appealLines(view: AppealView, funds: FundsState, { words, language }: Call): string[] {
  const title = funds.appeals.get(view.appeal)?.title[language] ?? "";
  const money = ({ currency, minor }: Amount) => formatMoney({ currency, minor: BigInt(minor) }, language);
  const rows: string[][] = [];
  for (const one of view.raised) rows.push([words.raised, money(one), words.donations(one.donations)]);
  if (view.raised.length === 0) rows.push([words.raised, "0", ""]);
  for (const one of view.refunded) rows.push([words.refunded, money(one), words.donations(one.donations)]);
  for (const one of view.spent) rows.push([words.spent, money(one), words.payments(one.payments)]);
  for (const [currency, categories] of Object.entries(view.spentByCategory)) {
    for (const [category, minor] of Object.entries(categories))
      rows.push([`  · ${labelOf(categoryLabels, category, language)}`, money({ currency, minor }), ""]);
  }
  for (const one of view.coveredFromGeneral) rows.push([words.covered1, money(one), ""]);
  for (const one of view.balance) rows.push([words.balance, money(one), ""]);
  const confirmed = confirmationsView(funds, view.appeal);
  const end = funds.ended.get(view.appeal);
  return [
    `${view.appeal}  ${title}`.trim(),
    ...(end === undefined
      ? []
      : [words.endedOn(formatDay(end.ended, language), endReasonLabels[end.reason][language])]),
    "",
    table(rows, [1]),
    "",
    words.confirmedByBoth(confirmed.confirmedByBoth, confirmed.payments),
    ...(confirmed.confirmedByBoth === 0
      ? []
      : [words.confirmedHow(confirmed.provenByBoth, confirmed.recordedOnly)]),
  ];
}
