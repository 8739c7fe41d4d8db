import { Button, Checkbox, NativeSelect, Radio, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Link, useSearchParams } from "wouter";
import type { ConfirmationRole } from "#domain/funds/entries.ts";
import { general } from "#domain/funds/ids.ts";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { formatDay } from "#language/dates.ts";
import { languageNames, languages, type Language } from "#language/language.ts";
import { formatSum } from "#language/sums.ts";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { capital } from "#workspace/appeals/capital.ts";
import { titleIn } from "#workspace/appeals/title.ts";
import { ask, DeskFailure, useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { focusFirstWrong } from "#workspace/ui/first-wrong.ts";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { PaymentPage } from "#workspace/spending/calls.ts";
import { LetterLink } from "./LetterLink.tsx";
import { letterWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./letters.css";

const factNames = ["sum", "day", "category", "appeal", "payee"] as const;
type FactName = (typeof factNames)[number];

/** Makes the link with which a lawyer or a beneficiary confirms a payment. */
export default function NewLetterScreen() {
  const words = useWords(letterWords);
  const [search] = useSearchParams();
  const payment = search.get("payment") ?? "";
  const { data, error } = useAsk("spending.page", { id: payment }, { enabled: payment !== "" });
  return (
    <>
      <PageHeader
        title={words.newTitle}
        lead={payment === "" ? words.lead : words.newLead(payment)}
        back={{ href: "/letters", label: words.backToLetters }}
      />
      {payment === "" && (
        <EmptyState
          icon="spending"
          title={words.newTitle}
          text={words.noPayment}
          action={{ label: words.toSpending, href: "/spending?show=unconfirmed" }}
        />
      )}
      {error !== null && <AskError error={error} />}
      {payment !== "" && data !== undefined && (
        <Form page={data} firstRole={search.get("role") === "beneficiary" ? "beneficiary" : "lawyer"} />
      )}
    </>
  );
}

function Form({ page, firstRole }: { readonly page: PaymentPage; readonly firstRole: ConfirmationRole }) {
  const words = useWords(letterWords);
  const own = useLanguage().language;
  const [role, setRole] = useState(firstRole);
  const [language, setLanguage] = useState<Language>(own);
  // undefined: the usual question, which follows role and language.
  const [written, setWritten] = useState<string>();
  const [shown, setShown] = useState<ReadonlySet<FactName>>(new Set(["sum", "day", "category"]));
  const [days, setDays] = useState(30);
  const [link, setLink] = useState<string>();
  const [failure, setFailure] = useState<DeskFailure>();
  const [isTried, setTried] = useState(false);
  const question = written ?? letterWords[language].defaults[role];
  const facts = factsOf(page, language);
  const chosen = facts.filter(({ fact }) => shown.has(fact));
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (question.trim() === "") return focusFirstWrong(event.currentTarget);
    try {
      const sent = await ask("letters.send", {
        payment: page.id,
        role,
        language,
        question: question.trim(),
        facts: chosen.map(({ name, value }) => ({ name, value })),
        days,
      });
      setLink(sent.link);
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      setFailure(error);
    }
  };
  if (link !== undefined)
    return (
      <Section title={words.madeTitle} lead={words.madeLead} isCard>
        <LetterLink link={link} />
        <div className="buttons">
          <Button component={Link} href="/letters">
            {words.toLetters}
          </Button>
          <Button component={Link} href={`/spending/${encodeURIComponent(page.id)}`} variant="default">
            {words.openPayment}
          </Button>
        </div>
      </Section>
    );
  return (
    <form className="letter-form" noValidate onSubmit={(event) => void send(event)}>
      <div className="card entry-fields">
        <Radio.Group
          label={words.roleField}
          value={role}
          onChange={(value) => setRole(value === "beneficiary" ? "beneficiary" : "lawyer")}
        >
          <div className="radios">
            <Radio value="lawyer" label={capital(words.roles.lawyer)} />
            <Radio value="beneficiary" label={capital(words.roles.beneficiary)} />
          </div>
        </Radio.Group>
        <div className="field-row">
          <NativeSelect
            label={words.languageField}
            value={language}
            onChange={(event) =>
              setLanguage(languages.find((one) => one === event.currentTarget.value) ?? language)
            }
            data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          />
          <NativeSelect
            label={words.daysField}
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
            data={[7, 14, 30, 90].map((count) => ({ value: String(count), label: words.days(count) }))}
          />
        </div>
        <Textarea
          label={words.questionField}
          description={words.questionHint}
          lang={language}
          autosize
          minRows={2}
          value={question}
          error={isTried && question.trim() === "" ? words.questionNeeded : undefined}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Checkbox.Group label={words.factsField} description={words.factsHint} value={[...shown]}>
          <div className="radios">
            {facts.map(({ fact, value }) => (
              <Checkbox
                key={fact}
                value={fact}
                label={`${words.facts[fact]}: ${value}`}
                checked={shown.has(fact)}
                onChange={() => setShown(toggled(shown, fact))}
              />
            ))}
          </div>
        </Checkbox.Group>
      </div>
      <aside className="letter-preview" aria-label={words.preview}>
        <p className="line-note">{words.preview}</p>
        <div className="card" lang={language}>
          <p className="letter-question">{question}</p>
          <dl className="letter-facts">
            {chosen.map(({ fact, name, value }) => (
              <div key={fact}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </aside>
      {failure !== undefined && <AskError error={failure} />}
      <div className="buttons">
        <Button type="submit">{words.send}</Button>
        <Button component={Link} href={`/spending/${encodeURIComponent(page.id)}`} variant="default">
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

/** What could be shown of the payment, in the language of the letter. */
function factsOf(page: PaymentPage, language: Language) {
  const { facts } = letterWords[language];
  const { minor, currency, date, category, appeal, title, payee } = page;
  const values: Readonly<Record<FactName, string | undefined>> = {
    sum: formatSum(minor, currency, language),
    day: date === undefined ? undefined : formatDay(date, language),
    category: labelOf(categoryLabels, category, language),
    appeal: appeal === general ? undefined : titleIn(title, language, appeal),
    payee,
  };
  return factNames.flatMap((fact) => {
    const value = values[fact];
    return value === undefined ? [] : [{ fact, name: facts[fact], value }];
  });
}

function toggled(shown: ReadonlySet<FactName>, fact: FactName): ReadonlySet<FactName> {
  const next = new Set(shown);
  if (!next.delete(fact)) next.add(fact);
  return next;
}
