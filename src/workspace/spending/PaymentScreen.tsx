import { Link, useParams } from "wouter";
import { Button } from "@mantine/core";
import {
  approvalLabels,
  categoryLabels,
  confirmationLabels,
  labelOf,
  relatedLabels,
} from "#domain/funds/labels.ts";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { PaymentPage } from "./calls.ts";
import { PaymentHistory } from "./PaymentHistory.tsx";
import { PaymentSteps } from "./PaymentSteps.tsx";
import { fundName, PaymentState } from "./PaymentState.tsx";
import { ReceiptSection } from "./ReceiptSection.tsx";
import { spendingWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./spending.css";

/** One payment: what it was, who stands for it, its receipt, and what is to be done next. */
export default function PaymentScreen() {
  const { id = "" } = useParams<{ id: string }>();
  const words = useWords(spendingWords);
  const { data, error } = useAsk("spending.page", { id });
  if (error !== null)
    return (
      <>
        <PageHeader title={id} back={{ href: "/spending", label: words.back }} />
        <AskError error={error} />
      </>
    );
  return data === undefined ? <div className="screen-loading" /> : <Page page={data} />;
}

function Page({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const { id } = page;
  return (
    <>
      <PageHeader
        title={words.paymentTitle(id)}
        aside={<PaymentState row={page} />}
        back={{ href: "/spending", label: words.back }}
      />
      <div className="payment-columns">
        <div>
          <Facts page={page} />
          <PaymentSteps page={page} />
        </div>
        <div>
          <ReceiptSection page={page} />
          {page.state === "paid" && <Confirmations page={page} />}
        </div>
      </div>
      <Section title={words.history} isCard>
        <PaymentHistory page={page} />
      </Section>
    </>
  );
}

function Facts({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const { id, appeal, category, minor, currency, payee, date, paidFrom, related, relation, approver } = page;
  const name = fundName(page, language, words.general);
  return (
    <section className="section card" aria-label={words.paymentTitle(id)}>
      <p className="payment-sum">
        <Money minor={minor} currency={currency} />
      </p>
      <FactList
        facts={[
          {
            term: words.appeal,
            value:
              appeal === "general" ? (
                name
              ) : (
                <Link href={`/appeals/${encodeURIComponent(appeal)}`}>
                  {name} ({appeal})
                </Link>
              ),
          },
          { term: words.category, value: labelOf(categoryLabels, category, language) },
          ...(payee === undefined ? [] : [{ term: words.payee, value: <HiddenText>{payee}</HiddenText> }]),
          ...(date === undefined ? [] : [{ term: words.date, value: <Day day={date} length="long" /> }]),
          ...(paidFrom === undefined
            ? []
            : [
                {
                  term: words.paidFrom,
                  value: <HiddenText>{paidFrom === "cash" ? words.cash : paidFrom}</HiddenText>,
                },
              ]),
          ...(page.bank === "none" ? [] : [{ term: words.bankTitle, value: words.bank[page.bank] }]),
          { term: words.proposer, value: page.proposer },
          {
            term: words.approvedBy,
            value:
              page.approval === "outside"
                ? labelOf(approvalLabels, "outside", language)
                : `${page.approvals.join(", ")} ${words.approvalOf(page.approvals.length, page.approvalsNeeded)}`.trim(),
          },
          ...(related === undefined
            ? []
            : [
                {
                  term: words.relatedTo,
                  value: <State tone="warn">{labelOf(relatedLabels, related, language)}</State>,
                },
              ]),
          ...(relation === undefined
            ? []
            : [{ term: words.relation, value: <HiddenText>{relation}</HiddenText> }]),
          ...(approver === undefined
            ? []
            : [{ term: words.approver, value: <HiddenText>{approver}</HiddenText> }]),
        ]}
      />
    </section>
  );
}

function Confirmations({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  return (
    <Section title={words.confirmations} lead={words.confirmationsLead} isCard>
      <ul className="lines">
        {(["lawyer", "beneficiary"] as const).map((role) => {
          const given = page.confirmed[role];
          const isProof = given !== undefined && given.how !== "recorded";
          return (
            <li key={role} className="line line-wraps">
              <span className="line-main">
                <span className="line-title">{words[role]}</span>
                <span className="line-note">
                  {given === undefined ? (
                    words.notAsked
                  ) : (
                    <>
                      {labelOf(confirmationLabels, given.how, language)}
                      {given.date !== null && (
                        <>
                          {", "}
                          <Day day={given.date} />
                        </>
                      )}
                    </>
                  )}
                </span>
              </span>
              {isProof ? (
                <Icon name="check" />
              ) : (
                <Button
                  size="xs"
                  variant="default"
                  component={Link}
                  href={`/letters/new?payment=${encodeURIComponent(page.id)}&role=${role}`}
                >
                  {words.askForIt}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
