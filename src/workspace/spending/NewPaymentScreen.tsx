import { Autocomplete, Button, NativeSelect, Radio, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import type { Related } from "#domain/funds/entries.ts";
import { general, parseSpendingId } from "#domain/funds/ids.ts";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { formatSum } from "#language/sums.ts";
import { useAskAnew } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommandToTheEnd } from "#workspace/ui/command.tsx";
import { today } from "#workspace/ui/Day.tsx";
import { CurrencyField, DayField, SumField } from "#workspace/ui/fields.tsx";
import { focusFirstWrong } from "#workspace/ui/first-wrong.ts";
import { PreviewButton, useHeld } from "#workspace/ui/held.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { PaymentChoices } from "./calls.ts";
import type { NewPayment } from "./commands.ts";
import { fundName } from "./PaymentState.tsx";
import type { ReadReceipt } from "./read-receipt.ts";
import { ReceiptField } from "./ReceiptField.tsx";
import { RelatedFields } from "./RelatedFields.tsx";
import { spendingWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./spending.css";

/** The form of a payment: a new one, or one of the past. */
export default function NewPaymentScreen() {
  const words = useWords(spendingWords);
  const data = useAskAnew("spending.choices", {});
  return (
    <>
      <PageHeader
        title={words.newTitle}
        lead={words.newLead}
        back={{ href: "/spending", label: words.back }}
      />
      {data !== undefined && <Form choices={data} />}
    </>
  );
}

type Draft = Omit<NewPayment, "minor" | "receipt" | "related"> & {
  readonly minor: bigint | undefined;
  readonly related: Related | "no";
  readonly approver: string;
  readonly isPast: boolean;
};

function Form({ choices }: { readonly choices: PaymentChoices }) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const reserve = useCommandToTheEnd("spending.reserve");
  const recordPast = useCommandToTheEnd("spending.past");
  const [receipt, setReceipt] = useState<ReadReceipt>();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => {
    const appeal = search.get("appeal") ?? "";
    return {
      id: choices.nextId,
      appeal,
      category: "",
      minor: undefined,
      currency: choices.funds.find(({ id }) => id === appeal)?.currency ?? choices.base,
      date: today(),
      payee: "",
      paidFrom: "",
      related: "no",
      relation: "",
      approver: "",
      isPast: false,
    };
  });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { id, appeal, category, minor, currency, isPast } = draft;
  const funds = choices.funds.filter((one) => isPast || !one.isEnded);
  const fund = funds.find((one) => one.id === appeal);
  const idError = choices.ids.includes(id)
    ? words.numberTaken(id)
    : parseSpendingId(id) === undefined
      ? words.numberWrong
      : undefined;
  const limit = choices.approvalLimit;
  const needsTwo =
    !isPast &&
    limit !== undefined &&
    minor !== undefined &&
    (limit.currency !== currency || minor > limit.minor);
  // Categories are shown in the reader's language and recorded by their code.
  const categories = new Map(
    choices.categories.map((code) => [labelOf(categoryLabels, code, language), code]),
  );
  const heldNew = useHeld("spending.reserve", id);
  const held = useHeld("spending.past", id) ?? heldNew;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const isPartMissing = category.trim() === "" || draft.payee.trim() === "";
    if (idError !== undefined || fund === undefined || minor === undefined || isPartMissing)
      return focusFirstWrong(event.currentTarget);
    // Why is said beside the file.
    if (receipt?.kind === "refused") return;
    const { related, isPast: _, ...rest } = draft;
    const input = {
      ...rest,
      minor,
      category: categories.get(category.trim()) ?? category.trim(),
      payee: draft.payee.trim(),
      ...(related !== "no" && { related }),
      ...(receipt !== undefined && { receipt: receipt.receipt }),
    };
    const record = isPast ? recordPast : reserve;
    setBusy(true);
    const end = await record(input, { title: words.paymentTitle(id), about: id });
    setBusy(false);
    if (end.kind === "recorded") navigate(`/spending/${encodeURIComponent(id)}`);
    else if (end.kind === "confirmed") navigate("/spending");
  };
  return (
    <form className="entry-form" noValidate onSubmit={(event) => void submit(event)}>
      <Section title={words.kind} isCard>
        <Radio.Group
          aria-label={words.kind}
          value={isPast ? "past" : "new"}
          onChange={(value) => set({ isPast: value === "past" })}
        >
          <div className="radios">
            <Radio value="new" label={words.kindNew} />
            <Radio value="past" label={words.kindPast} />
          </div>
        </Radio.Group>
      </Section>
      <div className="card entry-fields">
        <NativeSelect
          label={words.fund}
          description={words.splitHint}
          value={fund?.id ?? ""}
          error={isTried && fund === undefined ? words.fundNeeded : undefined}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            const found = funds.find((one) => one.id === chosen);
            set({
              appeal: chosen,
              ...(found !== undefined && minor === undefined && { currency: found.currency }),
            });
          }}
          data={[
            { value: "", label: words.chooseFund },
            ...funds.map((one) => ({
              value: one.id,
              label:
                one.id === general
                  ? words.general
                  : `${one.id} · ${fundName({ appeal: one.id, title: one.title }, language, words.general)}`,
            })),
          ]}
        />
        <div className="field-row">
          <SumField
            key={currency}
            label={words.sum}
            currency={currency === "" ? choices.base : currency}
            value={minor}
            {...(!isPast &&
              fund !== undefined && {
                description: words.available(formatSum(fund.available[currency] ?? 0n, currency, language)),
              })}
            {...(isTried && minor === undefined && { error: words.sumNeeded })}
            onChange={(sum) => set({ minor: sum })}
          />
          <CurrencyField
            label={words.currency}
            value={currency}
            onChange={(code) => set({ currency: code, minor: undefined })}
          />
        </div>
        {needsTwo && (
          <Note>
            <p>{words.twoApprovals(formatSum(limit.minor, limit.currency, language))}</p>
          </Note>
        )}
        <div className="field-row">
          <Autocomplete
            label={words.category}
            description={words.categoryHint}
            data={[...categories.keys()]}
            value={category}
            error={isTried && category.trim() === "" ? words.categoryNeeded : undefined}
            onChange={(text) => set({ category: text })}
          />
          <Autocomplete
            label={words.payee}
            description={words.payeeHint}
            data={[...choices.payees]}
            limit={8}
            value={draft.payee}
            error={isTried && draft.payee.trim() === "" ? words.payeeNeeded : undefined}
            onChange={(payee) => set({ payee })}
          />
        </div>
        <div className="field-row">
          <DayField
            label={words.dateField}
            description={isPast ? words.datePastHint : words.dateHint}
            value={draft.date}
            onChange={(date) => set({ date })}
          />
          <NativeSelect
            label={words.accountField}
            description={"\u00a0"}
            classNames={{ description: "blank-beside" }}
            value={draft.paidFrom}
            onChange={(event) => set({ paidFrom: event.currentTarget.value })}
            data={[
              { value: "", label: words.accountNone },
              { value: "cash", label: words.cash },
              ...choices.accounts.map(({ number, currency: of, isFrozen }) => ({
                value: number,
                label: [number, of, isFrozen && words.frozen].filter(Boolean).join(" · "),
              })),
            ]}
          />
        </div>
        <TextInput
          label={words.number}
          value={id}
          autoComplete="off"
          error={idError}
          onChange={(event) => set({ id: event.currentTarget.value.trim() })}
        />
      </div>
      <Section title={words.relatedField} lead={words.relatedHint} isCard>
        <RelatedFields
          related={draft.related}
          relation={draft.relation}
          approver={draft.approver}
          needsApprover={isPast}
          onChange={set}
        />
      </Section>
      <Section title={words.receiptTitle} isCard>
        <ReceiptField value={receipt} onChange={setReceipt} />
      </Section>
      <div className="buttons">
        <PreviewButton held={held} isBusy={isBusy}>
          {words.preview}
        </PreviewButton>
        <Button component={Link} href="/spending" variant="default">
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
