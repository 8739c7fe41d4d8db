import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useCommand } from "#workspace/ui/command.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { AppealList } from "./calls.ts";
import { choiceOf, RulesFields } from "./RulesFields.tsx";
import { appealWords } from "./words.ts";

/** The rules for money as they stand, and their form. */
export function Rules({ list }: { readonly list: AppealList }) {
  const words = useWords(appealWords);
  const record = useCommand("policy.set");
  const [isChanging, setChanging] = useState(false);
  const [choice, setChoice] = useState(() => choiceOf(list));
  const { policy } = list;
  if (policy === null) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const end = await record(choice, { title: words.rulesChanged });
    if (end.kind === "confirmed") setChanging(false);
  };
  const change = (
    <Button
      variant="default"
      size="xs"
      onClick={() => {
        setChoice(choiceOf(list));
        setChanging(true);
      }}
    >
      {words.changeRules}
    </Button>
  );
  return (
    <Section title={words.rules} lead={words.rulesLead} isCard actions={!isChanging && change}>
      {isChanging ? (
        <form className="entry-form" onSubmit={(event) => void submit(event)}>
          <RulesFields choice={choice} onChange={setChoice} currency={list.base} />
          <div className="buttons">
            <Button type="submit">{words.preview}</Button>
            <Button variant="default" onClick={() => setChanging(false)}>
              {words.cancel}
            </Button>
          </div>
        </form>
      ) : (
        <FactList
          facts={[
            {
              term: words.unsigned,
              value: policy.unsigned === "general" ? words.unsignedGeneral : words.unsignedUnknown,
            },
            {
              term: words.shortfall,
              value: policy.shortfall === "general" ? words.shortfallGeneral : words.shortfallNone,
            },
            {
              term: words.limit,
              value:
                policy.approvalLimit === undefined ? words.limitNone : <Money {...policy.approvalLimit} />,
            },
          ]}
        />
      )}
    </Section>
  );
}
