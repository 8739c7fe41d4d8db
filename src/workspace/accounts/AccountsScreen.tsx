import { Link } from "wouter";
import { formatDay } from "#language/dates.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { Account } from "./calls.ts";
import { accountNumber } from "./account-number.ts";
import { Covers } from "./Covers.tsx";
import { Rates } from "./Rates.tsx";
import { Transfers } from "./Transfers.tsx";
import { accountWords } from "./words.ts";
import "./accounts.css";

/** Balances by account, what is free, and what moved between funds and accounts. */
export default function AccountsScreen() {
  const words = useWords(accountWords);
  const { data, error } = useAsk("accounts.overview", {});
  if (error !== null) return <RefusalAlert refusal={error} />;
  if (data === undefined) return <PageHeader title={words.title} lead={words.lead} />;
  const { accounts, general, appeals } = data;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {accounts.length === 0 ? (
        <EmptyState
          icon="accounts"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.emptyAction, href: "/import" }}
        />
      ) : (
        <>
          <div className="tiles account-tiles">
            {general
              .filter(({ currency, minor }) => minor !== 0n || currency === data.base)
              .map(({ currency, minor }) => (
                <StatTile
                  key={currency}
                  label={words.general}
                  value={<Money minor={minor} currency={currency} />}
                  note={words.generalNote}
                  tone={minor < 0n ? "bad" : "plain"}
                />
              ))}
          </div>
          <ul className="account-cards">
            {accounts.map((account) => (
              <li key={account.id}>
                <AccountCard account={account} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Covers covers={data.covers} appeals={appeals} isByPolicy={data.isCoverByPolicy} />
      {accounts.length > 1 && <Transfers />}
      <Rates rates={data.rates} base={data.base} />
    </>
  );
}

function AccountCard({ account }: { readonly account: Account }) {
  const words = useWords(accountWords);
  const { language } = useLanguage();
  const { id, number, currency, balance, balanceDay, statements, gaps, frozen } = account;
  return (
    <Link
      href={`/accounts/${id}`}
      className="card account-card"
      data-tour={frozen === null ? undefined : "frozen-account"}
    >
      <span className="account-number">
        <HiddenText>{accountNumber(number)}</HiddenText>
        {currency !== null && <span className="account-currency">{currency}</span>}
      </span>
      <span className="account-balance">
        {balance === null || currency === null ? "–" : <Money minor={balance} currency={currency} />}
      </span>
      <span className="account-note">
        {balance === null || balanceDay === null
          ? words.noBalance
          : words.balanceOn(formatDay(balanceDay, language, "short"))}
        {" · "}
        {words.statements(statements.length)}
      </span>
      <span className="account-marks">
        {frozen !== null && (
          <State tone="bad">{words.frozenSince(formatDay(frozen.date, language, "short"))}</State>
        )}
        {gaps.length > 0 && <State tone="warn">{words.gaps(gaps.length)}</State>}
      </span>
    </Link>
  );
}
