import { Button, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { DayField } from "#workspace/ui/fields.tsx";
import { HeldText, useHeld } from "#workspace/ui/held.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { PaymentPage } from "./calls.ts";
import { spendingWords } from "./words.ts";

/** What can be done with a payment now, by whom, and why not by this member. */
export function PaymentSteps({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const { state, bank } = page;
  if (state === "voided" || (state === "paid" && bank === "seen")) return null;
  return (
    <Section title={words.steps} isCard>
      {state === "reserved" && <Approve page={page} />}
      {state === "approved" && <Pay page={page} />}
      <GiveUp page={page} />
    </Section>
  );
}

function Approve({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const approve = useCommand("spending.approve");
  const { id, member, proposer, approvals } = page;
  const held = useHeld("spending.approve", id);
  if (held !== undefined) return <HeldText item={held} />;
  const why =
    proposer === member
      ? words.youProposed
      : approvals.includes(member)
        ? words.youApproved
        : page.isMemberRelated
          ? words.approverRelated
          : undefined;
  if (why !== undefined)
    return (
      <Note>
        <p>{why}</p>
      </Note>
    );
  return (
    <Button onClick={() => void approve({ id }, { title: words.approveTitle(id), about: id })}>
      {words.approve}
    </Button>
  );
}

function Pay({ page: { id } }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const pay = useCommand("spending.pay");
  const [date, setDate] = useState(today);
  const held = useHeld("spending.pay", id);
  if (held !== undefined) return <HeldText item={held} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void pay({ id, date }, { title: words.payTitle(id), about: id });
  };
  return (
    <form className="step-line" onSubmit={submit}>
      <DayField label={words.payOn} value={date} onChange={setDate} />
      <Button type="submit">{words.pay}</Button>
    </form>
  );
}

function GiveUp({ page: { id } }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const giveUp = useCommand("spending.void");
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const held = useHeld("spending.void", id);
  if (held !== undefined) return <HeldText item={held} />;
  if (!isOpen)
    return (
      <div className="buttons step-line">
        <Button variant="subtle" color="red.8" size="xs" onClick={() => setOpen(true)}>
          {words.giveUp}
        </Button>
      </div>
    );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    const end = await giveUp({ id, reason: reason.trim() }, { title: words.giveUpTitle(id), about: id });
    if (end.kind === "confirmed") setOpen(false);
  };
  return (
    <form className="entry-fields" noValidate onSubmit={(event) => void submit(event)}>
      <Textarea
        label={words.giveUpReason}
        description={words.giveUpNote}
        autosize
        data-autofocus
        value={reason}
        error={isTried && reason.trim() === "" ? words.reasonNeeded : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="buttons">
        <Button type="submit" size="xs">
          {words.preview}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpen(false)}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
