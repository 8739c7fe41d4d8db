import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { formatDay } from "#language/dates.ts";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { ConfirmButton } from "#workspace/ui/ConfirmButton.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { HeldText, useHeld } from "#workspace/ui/held.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State, type Tone } from "#workspace/ui/State.tsx";
import type { LetterRow } from "./calls.ts";
import { LetterLink } from "./LetterLink.tsx";
import { letterWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./letters.css";

/** Letters that are out, those with an answer first. */
export default function LettersScreen() {
  const words = useWords(letterWords);
  const { data, error } = useAsk("letters.list", {});
  const letters = data?.letters ?? [];
  const groups = [
    { title: words.answered, rows: letters.filter((row) => row.answers.length > 0 && !row.isAccepted) },
    { title: words.waiting, rows: letters.filter((row) => row.answers.length === 0 && !row.isAccepted) },
    { title: words.done, rows: letters.filter((row) => row.isAccepted) },
  ];
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} back={{ href: "/spending", label: words.back }} />
      {error !== null && <AskError error={error} />}
      {data !== undefined && letters.length === 0 && (
        <EmptyState
          icon="outbox"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.toSpending, href: "/spending?show=unconfirmed" }}
        />
      )}
      {groups.map(
        ({ title, rows }) =>
          rows.length > 0 && (
            <Section key={title} title={title}>
              <div className="letters">
                {rows.map((row) => (
                  <LetterCard key={row.id} row={row} />
                ))}
              </div>
            </Section>
          ),
      )}
    </>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  waiting: "info",
  yes: "good",
  no: "bad",
  declined: "warn",
  accepted: "good",
  expired: "plain",
};

function LetterCard({ row }: { readonly row: LetterRow }) {
  const words = useWords(letterWords);
  const { language } = useLanguage();
  const { id, by, content, expires, isExpired, answers, unreadable, isAccepted, link } = row;
  const [isLinkShown, setLinkShown] = useState(false);
  const last = answers.at(-1);
  const state = isAccepted
    ? "accepted"
    : last !== undefined
      ? last.answer
      : isExpired
        ? "expired"
        : "waiting";
  const day = formatDay(new Date(expires).toISOString().slice(0, 10), language);
  return (
    <article className="card letter-card">
      <div className="letter-head">
        <h3>
          {content === undefined ? (
            words.unknownLetter
          ) : (
            <Link href={`/spending/${encodeURIComponent(content.payment)}`}>
              {content.payment}, {words.roles[content.role]}
            </Link>
          )}
        </h3>
        <State tone={tones[state] ?? "plain"}>{words.states[state]}</State>
      </div>
      {content !== undefined && <p>{content.question}</p>}
      <p className="line-note">
        {words.askedBy(by)}
        {content !== undefined && (
          <>
            {", "}
            <Moment at={content.asked} />
          </>
        )}
        {!isExpired && ` · ${words.until(day)}`}
      </p>
      <ul className="lines">
        {answers.map((answer) => (
          <Answer key={answer.number} row={row} answer={answer} />
        ))}
      </ul>
      {unreadable > 0 && (
        <Note tone="warn">
          <p>{words.unreadable(unreadable)}</p>
        </Note>
      )}
      <div className="buttons">
        {link !== undefined && !isAccepted && (
          <Button size="xs" variant="default" onClick={() => setLinkShown(!isLinkShown)}>
            {isLinkShown ? words.hideLink : words.showLink}
          </Button>
        )}
        <ConfirmButton
          variant="subtle"
          question={words.removeQuestion}
          confirm={words.removeNow}
          isDangerous
          onConfirm={() => void ask("letters.remove", { id })}
        >
          {words.remove}
        </ConfirmButton>
      </div>
      {isLinkShown && link !== undefined && <LetterLink link={link} />}
    </article>
  );
}

type AnswerProps = { readonly row: LetterRow; readonly answer: LetterRow["answers"][number] };

function Answer({ row: { id, content, isAccepted }, answer }: AnswerProps) {
  const words = useWords(letterWords);
  const accept = useCommand("letter.accept");
  const { answer: said, text, name, received, document } = answer;
  const held = useHeld("letter.accept", id);
  return (
    <li className="line line-wraps">
      <span className="line-main">
        <span className="line-title">
          <State tone={tones[said] ?? "plain"}>{words.states[said]}</State>
          {name !== "" && <HiddenText>{name}</HiddenText>}
        </span>
        {text !== "" && (
          <span className="letter-text">
            <HiddenText>{text}</HiddenText>
          </span>
        )}
        <span className="line-note">
          {words.receivedAt} <Moment at={received / 1000} />
        </span>
      </span>
      {held !== undefined && <HeldText item={held} />}
      {said === "yes" && content !== undefined && !isAccepted && held === undefined && (
        <Button
          size="xs"
          onClick={() =>
            void accept(
              { letter: content, answer: said, name, received, document },
              { title: words.acceptTitle(content.payment), about: id },
            )
          }
        >
          {words.accept}
        </Button>
      )}
    </li>
  );
}
