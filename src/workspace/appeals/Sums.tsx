import { Money } from "#workspace/ui/Money.tsx";
import type { Sum } from "./figures.ts";

type SumsProps = { readonly sums: readonly Sum[]; readonly isCompact?: boolean };

/** Sums of several currencies, one under the other: they are never added together. A dash where there is none. */
export function Sums({ sums, isCompact = false }: SumsProps) {
  const [only] = sums;
  if (only === undefined) return <span className="none">–</span>;
  if (sums.length === 1) return <Money minor={only.minor} currency={only.currency} isCompact={isCompact} />;
  return (
    <span className="sums">
      {sums.map(({ currency, minor }) => (
        <Money key={currency} minor={minor} currency={currency} isCompact={isCompact} />
      ))}
    </span>
  );
}
