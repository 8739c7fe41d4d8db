import { TextInput } from "@mantine/core";
import { useState } from "react";
import { formatDay } from "#language/dates.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { DayField } from "#workspace/ui/fields.tsx";
import { AccountForm } from "./AccountForm.tsx";
import { accountWords } from "./words.ts";

type FreezeFormProps = {
  readonly account: string;
  readonly event: "frozen" | "released";
  readonly onEnd: () => void;
};

/** A freeze or a release is a public fact with its day and its source. */
export function FreezeForm({ account, event, onEnd }: FreezeFormProps) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const record = useCommand("account.event");
  const [date, setDate] = useState(today);
  const [detail, setDetail] = useState("");
  const isFilled = date !== "" && detail.trim() !== "";
  const send = () => {
    const day = formatDay(date, language);
    const title = event === "frozen" ? words.froze(day) : words.released(day);
    return record({ account, event, date, detail: detail.trim() }, { title });
  };
  return (
    <AccountForm send={isFilled ? send : undefined} onEnd={onEnd}>
      <p className="account-note">{words.eventLead}</p>
      <DayField label={words.day} value={date} onChange={setDate} max={today()} />
      <TextInput
        label={words.detail}
        description={words.detailHint}
        value={detail}
        onChange={(changed) => setDetail(changed.currentTarget.value)}
        required
        withAsterisk={false}
      />
    </AccountForm>
  );
}
