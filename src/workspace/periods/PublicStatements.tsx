import { general } from "#domain/funds/ids.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { Section } from "#workspace/ui/Section.tsx";
import type { ClosedAppeal } from "./calls.ts";
import { statementAddress } from "./statement-address.ts";
import { periodWords } from "./words.ts";

/** The statements that the public site makes of closed weeks, on paper; the sample has no public site. */
export function PublicStatements({ figures }: { readonly figures: readonly ClosedAppeal[] }) {
  const words = useWords(periodWords);
  const { language } = useLanguage();
  const { isSample } = useSignedIn();
  const titles = new Map(figures.map(({ appeal, title }) => [appeal, title[language] ?? ""]));
  titles.delete(general);
  if (isSample || titles.size === 0) return null;
  return (
    <Section title={words.statements} lead={words.statementsLead}>
      <ul className="period-statements">
        {[...titles].map(([appeal, title]) => (
          <li key={appeal}>
            <a href={statementAddress(language, appeal)} target="_blank" rel="noopener">
              {words.statementOf(`${appeal} ${title}`.trim())}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
