import { useWords } from "#workspace/shell/language.tsx";
import type { Blockers } from "./calls.ts";
import { periodWords } from "./words.ts";

/** What keeps a week open, in one line. */
export function BlockerList({ blockers }: { readonly blockers: Blockers }) {
  const words = useWords(periodWords);
  const { debits, payments, refunds } = blockers;
  const texts = [
    ...(debits > 0 ? [words.debits(debits)] : []),
    ...(payments > 0 ? [words.payments(payments)] : []),
    ...(refunds > 0 ? [words.refunds(refunds)] : []),
  ];
  return <span className="period-blockers">{texts.join(", ")}</span>;
}
