import { useLanguage } from "#workspace/shell/language.tsx";
import { formatCompactSum, formatSum } from "#language/sums.ts";

type MoneyProps = {
  /** Smallest units of the currency: 500_000n of "KZT" is 5 000 ₸. */
  readonly minor: bigint;
  readonly currency: string;
  /** "1,2 млн ₸" for headlines and charts; the exact sum is then the tooltip. */
  readonly isCompact?: boolean;
  /** A plus before what came in. Minus stands by itself. */
  readonly isSigned?: boolean;
};

/** A sum with its currency, digits of equal width, never broken over two lines. */
export function Money({ minor, currency, isCompact = false, isSigned = false }: MoneyProps) {
  const { language } = useLanguage();
  const exact = formatSum(minor, currency, language);
  const plus = isSigned && minor > 0n ? "+" : "";
  if (!isCompact) return <span className="money">{plus + exact}</span>;
  return (
    <span className="money" title={exact}>
      {plus + formatCompactSum(minor, currency, language)}
    </span>
  );
}
