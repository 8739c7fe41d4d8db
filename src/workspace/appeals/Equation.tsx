import { lazy, Suspense, useEffect, useRef } from "react";
import { Link, useSearchParams } from "wouter";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { AppealPage } from "./calls.ts";
import { appealWords } from "./words.ts";

const BehindFigure = lazy(() => import("./BehindFigure.tsx"));

export const figureNames = ["received", "returned", "covered", "spent"] as const;
export type FigureName = (typeof figureNames)[number];

/** received − returned + covered − spent = left: each figure opens the entries that make it. */
export function Equation({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const [search] = useSearchParams();
  const { language } = useLanguage();
  const shown = figureNames.find((name) => name === search.get("show"));
  const [first] = page.figures;
  if (first === undefined) return null;
  const { currency, received, gifts, refunded, refunds, covered, spent, payments, left, reserved } = first;
  const terms = [
    { name: "received", label: words.received, minor: received, note: words.gifts(gifts) },
    {
      name: "returned",
      sign: "−",
      said: words.less,
      label: words.returned,
      minor: refunded,
      note: words.refunds(refunds),
    },
    {
      name: "covered",
      sign: "+",
      said: words.plus,
      label: words.covered,
      minor: covered,
      note: words.coverNote,
    },
    {
      name: "spent",
      sign: "−",
      said: words.less,
      label: words.spent,
      minor: spent,
      note: words.payments(payments),
    },
  ] as const;
  return (
    <Section title={words.sumsTo} lead={words.sumsToLead} tour="appeal-sums">
      <ul className="equation">
        {terms.map((term) => (
          <li key={term.name} className="equation-term">
            {"sign" in term && (
              <span className="equation-sign">
                <span aria-hidden="true">{term.sign}</span>
                <span className="spoken">{term.said}</span>
              </span>
            )}
            <Link
              // Pressed again, the figure closes.
              href={`/appeals/${encodeURIComponent(page.id)}${shown === term.name ? "" : `?show=${term.name}`}`}
              className="equation-figure"
              aria-current={shown === term.name ? "true" : undefined}
              replace
            >
              <span className="tile-label">{term.label}</span>
              <span className="equation-sum">
                <Money minor={term.minor} currency={currency} />
              </span>
              <span className="tile-note">{term.note}</span>
            </Link>
          </li>
        ))}
        <li className="equation-term">
          <span className="equation-sign">
            <span aria-hidden="true">=</span>
            <span className="spoken">{words.equals}</span>
          </span>
          <div className={`equation-figure equation-result${left < 0n ? " equation-bad" : ""}`}>
            <span className="tile-label">{words.left}</span>
            <span className="equation-sum">
              <Money minor={left} currency={currency} />
            </span>
            {reserved > 0n && (
              <span className="tile-note">{words.reservedOf(formatSum(reserved, currency, language))}</span>
            )}
          </div>
        </li>
      </ul>
      {shown !== undefined && (
        <Suspense fallback={<div className="screen-loading" />}>
          <Opened key={shown}>
            <BehindFigure page={page} figure={shown} label={words[shown]} />
          </Opened>
        </Suspense>
      )}
    </Section>
  );
}

/** Brings into sight what was opened: below a long line of figures it would go unseen on a phone. */
function Opened({ children }: { readonly children: React.ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div ref={place} className="behind">
      {children}
    </div>
  );
}
