import { groundLabels, labelOf } from "#domain/funds/labels.ts";
import { formatPercent } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { AskError } from "./AskError.tsx";
import { capital } from "./capital.ts";
import { appealWords } from "./words.ts";

/** By what sign gifts came to this appeal, and how many by each. */
export function GroundsTable({ id }: { readonly id: string }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { data, error } = useAsk("appeals.entries", { id });
  if (error !== null) return <AskError error={error} />;
  if (data === undefined) return <div className="screen-loading" />;
  if (data.grounds.length === 0) return <p className="none-here">{words.answerNothing}</p>;
  const all = data.grounds.reduce((sum, { gifts }) => sum + gifts, 0);
  return (
    <ul className="lines">
      {data.grounds.map(({ ground, currency, gifts, minor }) => (
        <li key={`${ground} ${currency}`} className="line">
          <span className="line-main">
            <span className="line-title">{capital(labelOf(groundLabels, ground, language))}</span>
            <span className="line-note">
              {words.gifts(gifts)} · {formatPercent(BigInt(gifts), BigInt(all), language, 0)}
            </span>
          </span>
          <span className="line-side">
            <Money minor={minor} currency={currency} />
          </span>
        </li>
      ))}
    </ul>
  );
}
