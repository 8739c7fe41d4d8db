import { Button } from "@mantine/core";
import { Link, useParams } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { entryName, fieldLines, roomName } from "#workspace/ui/preview-text.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { EntryField, EntryPage } from "./calls.ts";
import { activityWords } from "./words.ts";
import "./activity.css";

/** One entry: what everybody sees, what is sealed, and why it cannot have been slipped in. */
export default function EntryScreen() {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  const { index = "" } = useParams<{ index: string }>();
  const { data: entry, error } = useAsk("activity.entry", { index: Number(index) });
  return (
    <>
      <PageHeader
        title={entry === undefined ? words.entry(index) : entryName(entry.type, language)}
        back={{ href: "/activity", label: words.back }}
        aside={
          entry !== undefined && (
            <span className="activity-index">
              {words.entry(formatCount(entry.index, language))}{" "}
              {words.ofAll(formatCount(entry.size, language))}
            </span>
          )
        }
        actions={
          entry?.path !== undefined && (
            <Button component={Link} href={entry.path} variant="default">
              {words.open}
            </Button>
          )
        }
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {entry !== undefined && (
        <div className="entry-parts">
          <Public entry={entry} />
          <Sealed entry={entry} />
          <WhoWhen entry={entry} />
          <Proof entry={entry} />
        </div>
      )}
    </>
  );
}

function Public({ entry }: { readonly entry: EntryPage }) {
  const words = useWords(activityWords);
  return (
    <Section title={words.publicPart} lead={words.publicLead} isCard>
      {entry.public.length === 0 ? <p>{words.nothingPublic}</p> : <Fields fields={entry.public} />}
    </Section>
  );
}

function Sealed({ entry }: { readonly entry: EntryPage }) {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  const { box, hidden, items, rows } = entry;
  if (box.kind === "none") return <Note>{words.allPublic}</Note>;
  if (box.kind === "closed") return <Note tone="warn">{words.closed}</Note>;
  return (
    <Section title={words.hiddenPart} lead={words.hiddenLead(roomName(box.room, language))} isCard>
      <Fields fields={hidden} beside={entry.public} isHidden />
      {items > 0 && (
        <details className="entry-rows">
          <summary>
            {words.rowsInside(items)}
            {rows.length < items &&
              `, ${words.rowsShown(formatCount(rows.length, language), formatCount(items, language))}`}
          </summary>
          <ol>
            {rows.map(({ place, fields }) => (
              <li key={place}>
                <b>{words.row(formatCount(place + 1, language))}</b>
                <Fields fields={fields} isHidden />
              </li>
            ))}
          </ol>
        </details>
      )}
    </Section>
  );
}

function Fields({
  fields,
  beside,
  isHidden = false,
}: {
  readonly fields: readonly EntryField[];
  readonly beside?: readonly EntryField[] | undefined;
  readonly isHidden?: boolean;
}) {
  const { language } = useLanguage();
  return (
    <FactList
      facts={fieldLines(fields, language, beside).map(({ name, value }) => ({
        term: name,
        value: <span className="entry-value">{isHidden ? <HiddenText>{value}</HiddenText> : value}</span>,
      }))}
    />
  );
}

function WhoWhen({ entry }: { readonly entry: EntryPage }) {
  const words = useWords(activityWords);
  const { language } = useLanguage();
  const count = (n: number) => formatCount(n, language);
  return (
    <Section title={words.whoWhen} isCard>
      <FactList
        facts={[
          { term: words.author, value: <Link href={`/members/${entry.member}`}>{entry.member}</Link> },
          {
            term: words.ownClock,
            value: (
              <>
                <Moment at={entry.at} /> <small className="activity-index">{words.ownClockNote}</small>
              </>
            ),
          },
          { term: words.anchor, value: words.anchorText(count(entry.anchor)) },
          ...(entry.stream === undefined
            ? []
            : [{ term: words.stream, value: words.streamText(entry.stream.id, count(entry.stream.seq)) }]),
          { term: words.key, value: <code>{entry.kid}</code> },
        ]}
      />
    </Section>
  );
}

function Proof({ entry }: { readonly entry: EntryPage }) {
  const words = useWords(activityWords);
  const { proof } = entry;
  return (
    <Section title={words.proof} isCard>
      <p className={proof.holds ? "entry-proof entry-proof-good" : "entry-proof entry-proof-bad"}>
        <Icon name={proof.holds ? "check" : "warning"} />
        {proof.holds ? words.proofHolds : words.proofBroken}
      </p>
      <FactList
        facts={[
          {
            term: words.standing,
            value: (
              <>
                <span className="entry-standing">
                  <State tone="warn">{words.notMirrored}</State>
                  <State tone="warn">{words.notWitnessed}</State>
                </span>
                <small className="activity-index">{words.standingText}</small>
              </>
            ),
          },
          { term: words.hash, value: <Long text={entry.hash} label={words.copy} /> },
          { term: words.root, value: <Long text={proof.root} label={words.copy} /> },
        ]}
      />
      <details className="entry-rows">
        <summary>{words.proofHashes}</summary>
        <pre>{proof.hashes.join("\n")}</pre>
      </details>
      <details className="entry-rows">
        <summary>{words.checkpoint}</summary>
        <pre>{entry.checkpoint}</pre>
      </details>
    </Section>
  );
}

function Long({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="entry-long">
      <code>{text}</code>
      <CopyButton text={text} label={label} isSmall />
    </span>
  );
}
