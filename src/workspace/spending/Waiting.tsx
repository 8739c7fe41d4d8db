import { Button } from "@mantine/core";
import { Link } from "wouter";
import { categoryLabels, labelOf } from "#domain/funds/labels.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HeldText, useHeld } from "#workspace/ui/held.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { PaymentRow } from "./calls.ts";
import { fundName, PaymentState } from "./PaymentState.tsx";
import { spendingWords } from "./words.ts";

type WaitingProps = {
  readonly payments: readonly PaymentRow[];
  /** On a screen of its own, an empty queue says so. */
  readonly isShownEmpty: boolean;
};

/** Payments that wait for this member: to be approved, or to be marked as paid. */
export function Waiting({ payments, isShownEmpty }: WaitingProps) {
  const words = useWords(spendingWords);
  if (payments.length === 0)
    return isShownEmpty ? (
      <EmptyState icon="check" title={words.nothingWaits} text={words.nothingWaitsText} />
    ) : null;
  return (
    <Section title={words.waitsForYou} isCard>
      <ul className="lines">
        {payments.map((row) => (
          <WaitingPayment key={row.id} row={row} />
        ))}
      </ul>
    </Section>
  );
}

function WaitingPayment({ row }: { readonly row: PaymentRow }) {
  const words = useWords(spendingWords);
  const { language } = useLanguage();
  const approve = useCommand("spending.approve");
  const { id, payee, category, minor, currency, next, approvals, approvalsNeeded, proposer } = row;
  const held = useHeld("spending.approve", id);
  const href = `/spending/${encodeURIComponent(id)}`;
  return (
    <li className="line line-wraps">
      <Link href={href} className="line-main">
        <span className="line-title">
          {id} <PaymentState row={row} />
        </span>
        <span className="line-note">
          {fundName(row, language, words.general)} · {labelOf(categoryLabels, category, language)}
          {payee !== undefined && (
            <>
              {" · "}
              <HiddenText>{payee}</HiddenText>
            </>
          )}
        </span>
        <span className="line-note">
          {words.proposer} {proposer} · {words.approvalOf(approvals.length, approvalsNeeded)}
        </span>
      </Link>
      <span className="line-side">
        <Money minor={minor} currency={currency} />
      </span>
      {held !== undefined ? (
        <HeldText item={held} />
      ) : next === "approve" ? (
        <Button
          size="xs"
          aria-label={`${words.approve}: ${id}`}
          onClick={() => void approve({ id }, { title: words.approveTitle(id), about: id })}
        >
          {words.approve}
        </Button>
      ) : (
        <Button size="xs" component={Link} href={href} variant="default">
          {words.pay}
        </Button>
      )}
    </li>
  );
}
