import { Button, Collapse } from "@mantine/core";
import { useId, useState } from "react";
import { problemLabels as fundsProblems } from "#domain/funds/refusal-labels.ts";
import { formatDayRange } from "#language/dates.ts";
import { formatCount } from "#language/numbers.ts";
import { problemLabels } from "#statements/labels.ts";
import type { Problem } from "#statements/types.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { CurrencyField } from "#workspace/ui/fields.tsx";
import { FactList, type Fact } from "#workspace/ui/FactList.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { AcceptForm } from "./AcceptForm.tsx";
import { readAgain, type QueuedFile } from "./import-queue.ts";
import type { SampleRow, StatementReading } from "./reading.ts";
import { importWords } from "./words.ts";

type StatementFactsProps = { readonly statement: StatementReading; readonly queued: QueuedFile };

const shownProblems = 8;

/** What a statement says of itself, what of it is new, and what does not add up. */
export function StatementFacts({ statement, queued }: StatementFactsProps) {
  const words = useWords(importWords);
  const { language } = useLanguage();
  const { standing, problems } = statement;
  return (
    <div className="import-statement">
      {standing === "done" && <Note tone="good">{words.doneLead}</Note>}
      {standing === "unfinished" && <Note tone="warn">{words.unfinishedLead}</Note>}
      {standing === "new" && statement.begun > 0 && (
        <Note tone="warn">{words.begun(formatCount(statement.begun, language))}</Note>
      )}
      {standing === "blocked" && <Note tone="warn">{words.blockedLead}</Note>}
      <Figures statement={statement} />
      {statement.isCurrencyTaken && standing === "new" && (
        <div className="import-account">
          <CurrencyField
            label={words.currency}
            description={words.currencyHint}
            value={statement.currency ?? ""}
            onChange={(currency) => {
              if (/^[A-Z]{3}$/u.test(currency)) void readAgain(queued.key, { ...queued.options, currency });
            }}
          />
        </div>
      )}
      {standing === "new" && problems.length > 0 && (
        <div className="notice notice-bad">
          <Icon name="warning" />
          <div>
            <p className="notice-title">{words.problems(problems.length)}</p>
            <ProblemList problems={problems} />
            <p className="import-soft">{words.problemsLead}</p>
            <AcceptForm queued={queued} />
          </div>
        </div>
      )}
      <Sample rows={statement.sample} />
    </div>
  );
}

function Figures({ statement }: { readonly statement: StatementReading }) {
  const words = useWords(importWords);
  const { language } = useLanguage();
  const { currency, from, to, opening, closing, credits, debits, addsUp, rows, known, standing } = statement;
  const money = (minor: bigint | null) =>
    minor === null ? "–" : <Money minor={minor} currency={currency ?? ""} />;
  const counted = (sum: { readonly count: number; readonly minor: bigint }) => (
    <>
      {money(sum.minor)} <span className="import-soft">({words.rowsRead(sum.count)})</span>
    </>
  );
  const facts: Fact[] = [
    { term: words.account, value: <HiddenText>{statement.account}</HiddenText> },
    { term: words.format, value: statement.format },
    ...(from === null || to === null
      ? []
      : [{ term: words.period, value: formatDayRange(from, to, language) }]),
    { term: words.opening, value: money(opening) },
    { term: words.credits, value: counted(credits) },
    { term: words.debits, value: counted(debits) },
    {
      term: words.closing,
      value: (
        <>
          {money(closing)}{" "}
          <span className={addsUp === false ? "import-bad" : "import-soft"}>
            {addsUp === null ? words.noBalances : addsUp ? words.addsUp : words.addsNotUp}
          </span>
        </>
      ),
    },
  ];
  if (standing === "new") {
    const count = (number: number) => formatCount(number, language);
    const fresh =
      known === null
        ? words.knownLater
        : known === 0
          ? words.allNew
          : known === rows
            ? words.nothingNew
            : words.freshOf(count(rows - known), count(known));
    facts.push({ term: words.rows, value: `${count(rows)}, ${fresh}` });
  }
  return <FactList facts={facts} />;
}

function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const words = useWords(importWords);
  const { language } = useLanguage();
  return (
    <ul className="import-problems">
      {problems.slice(0, shownProblems).map(({ code, line, message }, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same problem may stand on several lines
        <li key={i}>
          {line !== null && <span className="import-line">{words.lineNumber(line)}</span>}
          {language === "en"
            ? message
            : ((problemLabels[code] ?? fundsProblems[code])?.[language] ?? message)}
        </li>
      ))}
      {problems.length > shownProblems && <li>{words.moreProblems(problems.length - shownProblems)}</li>}
    </ul>
  );
}

/** The first rows: whether days and signs are right is seen at a glance. */
function Sample({ rows }: { readonly rows: readonly SampleRow[] }) {
  const words = useWords(importWords);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (rows.length === 0) return null;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        className="import-link"
        aria-expanded={isOpen}
        aria-controls={id}
        rightSection={<Icon name={isOpen ? "up" : "down"} size={14} />}
        onClick={() => setOpen(!isOpen)}
      >
        {words.firstRows}
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <ul className="import-sample">
          {rows.map((row, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a file stand where they stand
            <li key={i}>
              <Day day={row.date} />
              <span className={row.direction === "credit" ? "import-in" : "import-out"}>
                {row.minor === null ? (
                  "–"
                ) : (
                  <Money
                    minor={row.direction === "credit" ? row.minor : -row.minor}
                    currency={row.currency}
                    isSigned
                  />
                )}
              </span>
              <span>
                <HiddenText>{[row.party, row.memo].filter((text) => text !== null).join(" · ")}</HiddenText>
              </span>
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  );
}
