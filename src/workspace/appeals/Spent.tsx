import { Link } from "wouter";
import { categoryBars } from "#charts/category-bars.ts";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { Chart } from "#workspace/charts/Chart.tsx";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { AppealPage } from "./calls.ts";
import { appealWords } from "./words.ts";

/** Where the money went, and how much of it lawyer and beneficiary confirmed. */
export function Spent({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { id, categories, confirmations, currency } = page;
  const { payments, confirmedByBoth, provenByBoth } = confirmations;
  return (
    <Section title={words.whereMoneyWent} isCard tour="appeal-spent">
      {payments === 0 ? (
        <p className="none-here">
          {words.noSpending}{" "}
          {page.ended === undefined && (
            <Link href={`/spending/new?appeal=${encodeURIComponent(id)}`}>{words.addPayment}</Link>
          )}
        </p>
      ) : (
        <>
          <Chart
            language={language}
            draw={(width) =>
              categoryBars({
                id: `categories-${id}`,
                title: words.whereMoneyWent,
                language,
                currency,
                width,
                items: categories.map(({ category, minor, payments: count }) => ({
                  label: `${labelOf(categoryLabels, category, language)} · ${words.payments(count)}`,
                  value: minor,
                })),
              })
            }
          />
          <div className="confirmed">
            <p>
              <strong>{words.confirmedOf(confirmedByBoth, words.payments(payments))}</strong>
            </p>
            <p className="section-lead">{words.confirmed}</p>
            <p className="section-lead">{words.provenOf(provenByBoth)}</p>
          </div>
        </>
      )}
    </Section>
  );
}
