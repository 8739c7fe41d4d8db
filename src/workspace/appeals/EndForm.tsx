import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { endReasons, type EndReason } from "#domain/funds/entries.ts";
import { endReasonLabels } from "#domain/funds/labels.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommandToTheEnd } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { DayField } from "#workspace/ui/fields.tsx";
import { PreviewButton, useHeld } from "#workspace/ui/held.tsx";
import { focusFirstWrong } from "#workspace/ui/first-wrong.ts";
import { Section } from "#workspace/ui/Section.tsx";
import type { AppealPage } from "./calls.ts";
import { appealWords } from "./words.ts";

type EndFormProps = { readonly page: AppealPage; readonly onEnd: () => void };

/** Ends the appeal, or opens one that ended again. */
export function EndForm(props: EndFormProps) {
  return props.page.ended === undefined ? <End {...props} /> : <Reopen {...props} />;
}

function End({ page: { id, leftover: known }, onEnd }: EndFormProps) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const record = useCommandToTheEnd("appeal.end");
  const held = useHeld("appeal.end", id);
  const [date, setDate] = useState(today);
  const [reason, setReason] = useState<EndReason>();
  const [leftover, setLeftover] = useState("");
  const [isTried, setTried] = useState(false);
  const isMissing = known === undefined && leftover.trim() === "";
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    // Said for ever and to everybody: nothing is chosen beforehand.
    if (isMissing || reason === undefined) return focusFirstWrong(event.currentTarget);
    const done = await record(
      { appeal: id, date, reason, leftover },
      { title: words.endTitle(id), about: id },
    );
    if (done.kind === "recorded" || done.kind === "confirmed") onEnd();
  };
  return (
    <Section title={words.endAppeal} lead={words.endLead} isCard>
      <form className="entry-form" noValidate onSubmit={(event) => void submit(event)}>
        <div className="field-row">
          <DayField label={words.endedOn} value={date} onChange={setDate} />
          <NativeSelect
            label={words.reason}
            value={reason ?? ""}
            error={isTried && reason === undefined ? words.endReasonNeeded : undefined}
            onChange={({ currentTarget: { value } }) => setReason(endReasons.find((one) => one === value))}
            data={[
              { value: "", label: words.chooseEndReason },
              ...endReasons.map((value) => ({ value, label: endReasonLabels[value][language] })),
            ]}
          />
        </div>
        {known === undefined ? (
          <Textarea
            label={words.leftoverField}
            description={words.endLeftoverHint}
            autosize
            minRows={2}
            value={leftover}
            error={isTried && isMissing ? words.endLeftoverNeeded : undefined}
            onChange={(event) => setLeftover(event.currentTarget.value)}
          />
        ) : (
          <p>
            {words.leftoverField}: {known}
          </p>
        )}
        <div className="buttons">
          <PreviewButton held={held}>{words.preview}</PreviewButton>
          <Button variant="default" onClick={onEnd}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Reopen({ page: { id }, onEnd }: EndFormProps) {
  const words = useWords(appealWords);
  const record = useCommandToTheEnd("appeal.reopen");
  const held = useHeld("appeal.reopen", id);
  const [date, setDate] = useState(today);
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const isMissing = reason.trim() === "";
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (isMissing) return focusFirstWrong(event.currentTarget);
    const done = await record({ appeal: id, date, reason }, { title: words.reopenTitle(id), about: id });
    if (done.kind === "recorded" || done.kind === "confirmed") onEnd();
  };
  return (
    <Section title={words.reopen} lead={words.reopenLead} isCard>
      <form className="entry-form" noValidate onSubmit={(event) => void submit(event)}>
        <div className="field-row">
          <DayField label={words.reopenedOn} value={date} onChange={setDate} />
          <TextInput
            label={words.reason}
            value={reason}
            error={isTried && isMissing ? words.reopenReasonNeeded : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div className="buttons">
          <PreviewButton held={held}>{words.preview}</PreviewButton>
          <Button variant="default" onClick={onEnd}>
            {words.cancel}
          </Button>
        </div>
      </form>
    </Section>
  );
}
