import { Button, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { confirmationLabels, entryLabels, labelOf, roleLabels } from "#domain/funds/labels.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import type { PaymentEvent, PaymentPage } from "./calls.ts";
import { SealedFile, type SealedFileAddress } from "./SealedFile.tsx";
import { spendingWords } from "./words.ts";

/** Every entry about the payment, the newest first; each can be corrected by another one. */
export function PaymentHistory({ page: { id, events } }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const [correcting, setCorrecting] = useState<number>();
  const [shown, setShown] = useState<SealedFileAddress>();
  return (
    <>
      <ol className="timeline">
        {events.map((event) => {
          const { index, type, at, member, role, how, by, document, reason, corrects } = event;
          return (
            <li key={index}>
              <span className="timeline-what">
                {labelOf(entryLabels, type, language)}
                {role !== undefined && `: ${labelOf(roleLabels, role, language)}`}
                {how !== undefined && `, ${labelOf(confirmationLabels, how, language)}`}
                {corrects !== undefined && `, ${words.correctsEntry(corrects)}`}
              </span>
              {reason !== undefined && <span>{reason}</span>}
              {(by ?? document) !== undefined && (
                <span className="line-note">
                  {by !== undefined && <HiddenText>{by}</HiddenText>} {document}
                </span>
              )}
              <span className="line-note">
                <Moment at={at} /> · {member} · {words.entry(index)}
              </span>
              <span className="buttons">
                {event.hasDocument && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => setShown({ id, which: "attached", index })}
                  >
                    {words.openDocument}
                  </Button>
                )}
                {type !== "correction" && correcting !== index && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={`${words.correct}: ${words.entry(index)}`}
                    onClick={() => setCorrecting(index)}
                  >
                    {words.correct}
                  </Button>
                )}
              </span>
              {correcting === index && <Correct event={event} onEnd={() => setCorrecting(undefined)} />}
            </li>
          );
        })}
      </ol>
      {shown !== undefined && <SealedFile address={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function Correct({
  event: { index, hash },
  onEnd,
}: {
  readonly event: PaymentEvent;
  readonly onEnd: () => void;
}) {
  const words = useWords(spendingWords);
  const correct = useCommand("entry.correct");
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    const end = await correct({ entry: hash, reason: reason.trim() }, { title: words.correctTitle(index) });
    if (end.kind === "confirmed") onEnd();
  };
  return (
    <form className="entry-fields" noValidate onSubmit={(event) => void submit(event)}>
      <Textarea
        label={words.correctReason}
        description={words.correctNote}
        autosize
        value={reason}
        error={isTried && reason.trim() === "" ? words.reasonNeeded : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="buttons">
        <Button type="submit" size="xs">
          {words.preview}
        </Button>
        <Button size="xs" variant="default" onClick={onEnd}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
