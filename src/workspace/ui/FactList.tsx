import type { ReactNode } from "react";

export type Fact = { readonly term: string; readonly value: ReactNode };

/** Names and values, such as the head of an appeal. A value that is not there is left out by the caller, not shown empty. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
