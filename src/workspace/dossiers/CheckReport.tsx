import type { CheckLine } from "#dossier/check-list.ts";
import type { DossierReport } from "#dossier/check.ts";
import { parseClaim } from "#dossier/statement/claim.ts";
import { formatSum } from "#language/sums.ts";
import type { Language } from "#language/language.ts";
import { pageLabels } from "#verifier/page-labels.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { CheckLines, verdictTones } from "#workspace/ui/CheckLines.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { DossierFigures } from "./DossierFigures.tsx";
import { dossierWords } from "./words.ts";

/** The verdict of a check in words, what it rests on, and whose log it is. */
export function CheckReport({ report }: { readonly report: DossierReport }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const [title, text] = pageLabels[language].verdicts[report.verdict];
  return (
    <div className="check-report" data-verdict={report.verdict}>
      <div className={`verdict verdict-${verdictTones[report.verdict]}`} role="status">
        <Icon name={report.verdict === "held" ? "check" : "warning"} size={28} />
        <div>
          <h2>{title}</h2>
          <p>{text}</p>
        </div>
      </div>
      {report.claim !== null && <ClaimLine claim={report.claim} />}
      {report.figures !== null && (
        <Section title={pageLabels[language].figures} isCard>
          <DossierFigures totals={report.figures.totals} />
        </Section>
      )}
      {report.figures !== null && <WhoseLog figures={report.figures} />}
      <Section title={words.checks} isCard>
        <Checks checks={report.checks} />
      </Section>
    </div>
  );
}

/** The assertion beside what the entries say. */
export function ClaimLine({ claim }: { readonly claim: NonNullable<DossierReport["claim"]> }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  return (
    <Note tone={claim.agrees ? "good" : "warn"} title={claim.agrees ? words.claimAgrees : words.claimDiffers}>
      <p>
        {words.claimSays} <b>{claimText(claim.asserted, language)}</b>. {words.entriesSay}{" "}
        <b>{claimText(claim.found, language)}</b>.
      </p>
    </Note>
  );
}

/** "31000000 KZT raised" for a person. */
function claimText(text: string, language: Language): string {
  const claim = parseClaim(text);
  if (claim === undefined) return text;
  const sum = formatSum(claim.minor, claim.currency, language);
  return `${sum} ${dossierWords[language].claimWhats[claim.what]}`;
}

function WhoseLog({ figures }: { readonly figures: NonNullable<DossierReport["figures"]> }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const { data: ownLog } = useAsk("dossiers.log-key", {});
  const { names, genesis, log } = figures.foundation;
  const isOurs = log === ownLog;
  return (
    <Section title={words.whose} isCard>
      {ownLog !== undefined && <p className="whose">{isOurs ? words.ourLog : words.otherLog}</p>}
      <FactList
        facts={[
          { term: words.foundation, value: names[language] },
          {
            term: words.genesis,
            value: (
              <span className="fingerprint">
                <code>{genesis}</code> <CopyButton text={genesis} label={words.genesis} isSmall />
              </span>
            ),
          },
          {
            term: words.witnesses,
            value: figures.witnesses.length === 0 ? words.notWitnessed : figures.witnesses.join(", "),
          },
        ]}
      />
    </Section>
  );
}

function Checks({ checks }: { readonly checks: readonly CheckLine[] }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const { checks: titles, marks } = pageLabels[language];
  const held = checks.filter(({ verdict }) => verdict === "held");
  const others = checks.filter(({ verdict }) => verdict !== "held");
  return (
    <>
      {others.length > 0 && <CheckLines checks={others} titles={titles} marks={marks} />}
      {held.length > 0 && (
        <details className="held-checks" open={others.length === 0 && held.length < 12}>
          <summary>
            {words.checksHeld(held.length)} · <span className="held-more">{words.showHeld}</span>
          </summary>
          <CheckLines checks={held} titles={titles} marks={marks} />
        </details>
      )}
    </>
  );
}
