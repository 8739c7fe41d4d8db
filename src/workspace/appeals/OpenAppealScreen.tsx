import { Button, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Link, useLocation } from "wouter";
import { parseAppealId } from "#domain/funds/ids.ts";
import { languageNames, languages, type Language } from "#language/language.ts";
import { useAskAnew } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommandToTheEnd } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { CurrencyField, DayField } from "#workspace/ui/fields.tsx";
import { PreviewButton, useHeld } from "#workspace/ui/held.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { AppealList } from "./calls.ts";
import type { OpenAppeal } from "./commands.ts";
import { choiceOf, RulesFields } from "./RulesFields.tsx";
import { appealWords } from "./words.ts";
import "./appeals.css";

/** The form that opens an appeal; with the first one, the rules for money. */
export default function OpenAppealScreen() {
  const words = useWords(appealWords);
  const data = useAskAnew("appeals.list", {});
  return (
    <>
      <PageHeader
        title={words.newTitle}
        lead={words.newLead}
        back={{ href: "/appeals", label: words.back }}
      />
      {data !== undefined && <Form list={data} />}
    </>
  );
}

function Form({ list }: { readonly list: AppealList }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const record = useCommandToTheEnd("appeal.open");
  const [input, setInput] = useState<OpenAppeal>(() => ({
    id: list.nextId,
    hashtag: "",
    opened: today(),
    title: {},
    currency: list.base,
    leftover: "",
  }));
  const [policy, setPolicy] = useState(() => choiceOf(list));
  const [isTried, setTried] = useState(false);
  const set = (change: Partial<OpenAppeal>) => setInput((before) => ({ ...before, ...change }));
  const isTaken = list.appeals.some(({ id }) => id === input.id);
  const idError = isTaken
    ? words.codeTaken(input.id)
    : parseAppealId(input.id) === undefined
      ? words.codeWrong
      : undefined;
  const hasTitle = Object.values(input.title).some((title) => title.trim() !== "");
  const held = useHeld("appeal.open", input.id);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (idError !== undefined || !hasTitle) return;
    const end = await record(
      { ...input, ...(list.policy === null && { policy }) },
      { title: words.openedTitle(input.id), about: input.id },
    );
    if (end.kind === "recorded") navigate(`/appeals/${encodeURIComponent(input.id)}`);
    else if (end.kind === "confirmed") navigate("/appeals");
  };
  // The reader's own language first: it is the one she is sure to fill in.
  const inOrder: Language[] = [language, ...languages.filter((one) => one !== language)];
  return (
    <form className="entry-form" noValidate onSubmit={(event) => void submit(event)}>
      <Section title={words.appeal} isCard>
        <div className="entry-fields">
          {inOrder.map((one, i) => (
            <TextInput
              key={one}
              label={words.titleField(languageNames[one])}
              {...(i === 0 && { description: words.titleHint })}
              lang={one}
              value={input.title[one] ?? ""}
              error={i === 0 && isTried && !hasTitle ? words.titleNeeded : undefined}
              onChange={(event) => set({ title: withTitle(input.title, one, event.currentTarget.value) })}
            />
          ))}
          <div className="field-row">
            <TextInput
              label={words.code}
              description={words.codeHint}
              value={input.id}
              autoComplete="off"
              error={idError}
              onChange={(event) => set({ id: event.currentTarget.value.trim() })}
            />
            <TextInput
              label={words.hashtag}
              description={words.hashtagHint}
              value={input.hashtag}
              autoComplete="off"
              onChange={(event) => set({ hashtag: event.currentTarget.value.trim() })}
            />
          </div>
          <div className="field-row">
            <DayField label={words.opened} value={input.opened} onChange={(opened) => set({ opened })} />
            <CurrencyField
              label={words.currency}
              value={input.currency}
              onChange={(currency) => set({ currency })}
            />
          </div>
          <Textarea
            label={words.leftoverField}
            description={words.leftoverHint}
            autosize
            minRows={2}
            value={input.leftover}
            onChange={(event) => set({ leftover: event.currentTarget.value })}
          />
        </div>
      </Section>
      {list.policy === null && (
        <Section title={words.rulesFirst} lead={words.rulesFirstLead} isCard>
          <div className="entry-fields">
            <RulesFields choice={policy} onChange={setPolicy} currency={list.base} />
          </div>
        </Section>
      )}
      <div className="buttons">
        <PreviewButton held={held}>{words.preview}</PreviewButton>
        <Button component={Link} href="/appeals" variant="default">
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

function withTitle(title: OpenAppeal["title"], language: Language, text: string): OpenAppeal["title"] {
  const { [language]: _, ...others } = title;
  return text === "" ? others : { ...others, [language]: text };
}
