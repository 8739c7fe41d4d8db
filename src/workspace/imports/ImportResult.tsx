import { Link } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import type { StatementImportResult } from "./commands.ts";
import { importWords } from "./words.ts";

/** How an import went: rows, where the credits went, and what followed of itself. */
export function ImportResult({ result }: { readonly result: StatementImportResult | undefined }) {
  const words = useWords(importWords);
  const { language } = useLanguage();
  if (result === undefined) return null;
  const count = (number: number) => formatCount(number, language);
  const { refundsMatched, debitsExplained, covers } = result.followedUp;
  const followed = [
    ...(refundsMatched > 0 ? [words.refundsMatched(refundsMatched)] : []),
    ...(debitsExplained > 0 ? [words.debitsExplained(debitsExplained)] : []),
    ...covers.map(({ kind, appeal, currency, minor }) => {
      const sum = formatSum(minor, currency, language);
      return kind === "given" ? words.coverGiven(appeal, sum) : words.coverRepaid(appeal, sum);
    }),
  ];
  const isNothing = result.statements.every(({ status }) => status === "done");
  if (isNothing) return <p className="import-soft">{words.importedNothing}</p>;
  return (
    <div className="import-result">
      {result.statements.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- statements stand in the order of the file
        <div key={i}>
          {one.status === "resumed" && <p>{words.resumed}</p>}
          <p className="import-result-rows">{words.imported(count(one.lines), count(one.fresh))}</p>
          {one.credits !== null && (
            <dl className="import-split">
              <div>
                <dt>{words.toAppeals}</dt>
                <dd>{count(one.credits.appeals)}</dd>
              </div>
              <div>
                <dt>{words.toGeneral}</dt>
                <dd>{count(one.credits.general)}</dd>
              </div>
              <div>
                <dt>{words.notKnown}</dt>
                <dd>
                  {count(one.credits.unknown)}
                  {one.credits.unknown > 0 && <Link href="/matching">{words.seeMatching}</Link>}
                </dd>
              </div>
            </dl>
          )}
        </div>
      ))}
      {followed.length > 0 && (
        <div>
          <h3>{words.followed}</h3>
          <ul className="import-followed">
            {followed.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
