import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { DayField, SumField } from "#workspace/ui/fields.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import type { OpenBankRow } from "./calls.ts";
import type { RefundInput } from "./commands.ts";
import { matchingWords } from "./words.ts";

/** A gift that goes back to its donor. The debit that pays it is found when a statement shows it. */
export function RefundForm({ row, onBack }: { readonly row: OpenBankRow; readonly onBack: () => void }) {
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const refund = useCommand("matching.refund");
  const [date, setDate] = useState(today);
  const [minor, setMinor] = useState<bigint | undefined>(row.minor);
  const [reason, setReason] = useState("");
  const { reference } = row;
  if (reference === null)
    return (
      <div className="matching-side">
        <Note tone="warn">{words.noReference}</Note>
        <div className="buttons">
          <Button variant="default" onClick={onBack}>
            {words.back}
          </Button>
        </div>
      </div>
    );
  const record = async (input: RefundInput, title: string) => {
    if ((await refund(input, { title })).kind === "confirmed") onBack();
  };
  const isFilled = date !== "" && minor !== undefined && reason.trim() !== "";
  return (
    <form
      className="matching-side"
      aria-label={words.refundTitle}
      onSubmit={(event) => {
        event.preventDefault();
        if (minor === undefined || !isFilled) return;
        const { account, currency } = row;
        const input = {
          reference,
          account,
          giftDate: row.date,
          date,
          currency,
          minor,
          reason: reason.trim(),
        };
        const title = words.refundRecorded(formatSum(minor, currency, language));
        void record(input, title);
      }}
    >
      <h3>{words.refundTitle}</h3>
      <div className="matching-part">
        <DayField label={words.refundDay} value={date} onChange={setDate} />
        <SumField label={words.refundSum} currency={row.currency} value={minor} onChange={setMinor} />
      </div>
      <TextInput
        label={words.refundReason}
        description={words.refundReasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <div className="buttons">
        <Button type="submit" disabled={!isFilled}>
          {words.refundNext}
        </Button>
        <Button variant="default" onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </form>
  );
}
