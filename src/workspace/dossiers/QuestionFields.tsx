import { SegmentedControl, Select } from "@mantine/core";
import type { Question } from "#dossier/statement/statement.ts";
import { formatDay } from "#language/dates.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { DayField } from "#workspace/ui/fields.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { DossierSubjects } from "./calls.ts";
import { titleText } from "./question.ts";
import { dossierWords } from "./words.ts";

type QuestionFieldsProps = {
  readonly subjects: DossierSubjects;
  readonly question: Question | undefined;
  readonly onChange: (question: Question | undefined) => void;
};

const kinds = ["appeal", "post", "case", "period"] as const;
type Kind = (typeof kinds)[number];

/** What is asked: an appeal, a post, a case, or all of a period. */
export function QuestionFields({ subjects, question, onChange }: QuestionFieldsProps) {
  const words = useWords(dossierWords);
  const kind: Kind = question?.kind ?? "appeal";
  const choose = (next: Kind) => onChange(firstOf(next, subjects));
  return (
    <Section title={words.question} isCard>
      <div className="form">
        <SegmentedControl
          aria-label={words.question}
          value={kind}
          onChange={(value) => choose(kinds.find((one) => one === value) ?? "appeal")}
          data={kinds
            .filter((one) => one === "period" || firstOf(one, subjects) !== undefined)
            .map((value) => ({ value, label: words.kinds[value] }))}
        />
        <p className="kind-hint">{words.kindHints[kind]}</p>
        {question?.kind === "period" && (
          <div className="two-days">
            <DayField
              label={words.from}
              value={question.from}
              max={question.to}
              onChange={(from) => onChange({ ...question, from })}
            />
            <DayField
              label={words.to}
              value={question.to}
              min={question.from}
              onChange={(to) => onChange({ ...question, to })}
            />
          </div>
        )}
        {question !== undefined && question.kind !== "period" && (
          <IdField subjects={subjects} question={question} onChange={onChange} />
        )}
      </div>
    </Section>
  );
}

type IdFieldProps = {
  readonly subjects: DossierSubjects;
  readonly question: Exclude<Question, { readonly kind: "period" }>;
  readonly onChange: (question: Question) => void;
};

function IdField({ subjects, question, onChange }: IdFieldProps) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const { kind, id } = question;
  const labels = { appeal: words.chooseAppeal, post: words.choosePost, case: words.chooseCase };
  const options = {
    appeal: subjects.appeals.map(({ id: value, title }) => ({
      value,
      label: `${value} · ${titleText(title, language)}`,
    })),
    post: subjects.posts.map(({ id: value, appeal, published }) => ({
      value,
      label: `${value} · ${formatDay(published.slice(0, 10), language, "short")} · ${appeal}`,
    })),
    case: subjects.cases.map((value) => ({ value, label: value })),
  };
  return (
    <Select
      label={labels[kind]}
      data={options[kind]}
      value={id}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      nothingFoundMessage={words.noneOfKind}
      onChange={(value) => {
        if (value !== null) onChange({ kind, id: value });
      }}
    />
  );
}

function firstOf(kind: Kind, subjects: DossierSubjects): Question | undefined {
  if (kind === "period") return { kind, from: subjects.firstDay, to: subjects.lastDay };
  const ids = {
    appeal: subjects.appeals.map(({ id }) => id),
    post: subjects.posts.map(({ id }) => id),
    case: subjects.cases,
  };
  const [id] = ids[kind];
  return id === undefined ? undefined : { kind, id };
}
