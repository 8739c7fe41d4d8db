import { Link } from "wouter";
import { formatWeek } from "#language/dates.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon, type IconName } from "#workspace/ui/icons.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { Need } from "./calls.ts";
import { overviewWords } from "./words.ts";

type Kind = Need["kind"] | "answers";

const places: Readonly<
  Record<Kind, { readonly href: string; readonly icon: IconName; readonly isUrgent?: boolean }>
> = {
  unfinished: { href: "/import", icon: "import", isUrgent: true },
  approve: { href: "/spending/approvals", icon: "check" },
  pay: { href: "/spending/approvals", icon: "spending" },
  answers: { href: "/letters", icon: "outbox" },
  credits: { href: "/matching", icon: "matching" },
  debits: { href: "/matching", icon: "matching" },
  payments: { href: "/matching", icon: "matching" },
  refunds: { href: "/matching", icon: "matching" },
  unknown: { href: "/matching", icon: "matching" },
  close: { href: "/periods", icon: "periods" },
  unconfirmed: { href: "/spending?show=unconfirmed", icon: "seal" },
  recovery: { href: "/members/recovery", icon: "key", isUrgent: true },
};

/** What needs somebody now, each with the place where it is done. */
export function Needs({ needs }: { readonly needs: readonly Need[] }) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const { data: answers = 0 } = useAsk("letters.waiting", {});
  const all: readonly { readonly kind: Kind; readonly count: number; readonly of?: string }[] =
    answers > 0 ? [{ kind: "answers", count: answers }, ...needs] : needs;
  return (
    <Section title={words.needs} isCard>
      {all.length === 0 ? (
        <p className="needs-nothing">
          <Icon name="check" />
          {words.nothing}
        </p>
      ) : (
        <ul className="lines">
          {all.map(({ kind, count, of = "" }) => {
            const { href, icon, isUrgent } = places[kind];
            return (
              <li key={kind} className="line">
                <Link href={href} className={isUrgent === true ? "need need-urgent" : "need"}>
                  <span className="need-icon">
                    <Icon name={icon} size={18} />
                  </span>
                  <span className="need-text">
                    {words.kinds[kind](count, kind === "close" ? formatWeek(of, language) : of)}
                  </span>
                  <Icon name="next" size={16} />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
