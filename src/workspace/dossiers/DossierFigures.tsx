import type { ReactNode } from "react";
import type { Figures, Sum } from "#dossier/statement/statement.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { dossierWords } from "./words.ts";

/** The totals of a dossier, each currency apart. */
export function DossierFigures({ totals }: { readonly totals: Figures }) {
  const words = useWords(dossierWords);
  const rows: readonly [string, readonly Sum[], ((sum: Sum) => ReactNode)?][] = [
    [words.raised, totals.raised, (sum) => words.gifts("donations" in sum ? Number(sum.donations) : 0)],
    [words.refunded, totals.refunded],
    [words.spent, totals.spent, (sum) => words.payments("payments" in sum ? Number(sum.payments) : 0)],
    [words.covered, totals.coveredFromGeneral],
    [words.balance, totals.balance],
  ];
  return (
    <dl className="dossier-figures">
      {rows.map(([label, sums, note]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {sums.length === 0 && "–"}
            {sums.map((sum) => (
              <span key={sum.currency}>
                <Money minor={BigInt(sum.minor)} currency={sum.currency} />
                {note !== undefined && <small>{note(sum)}</small>}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
