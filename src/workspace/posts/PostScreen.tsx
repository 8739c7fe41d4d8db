import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { publishedText } from "#workspace/appeals/published.ts";
import { Sums } from "#workspace/appeals/Sums.tsx";
import { titleIn } from "#workspace/appeals/title.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { PostPage } from "./calls.ts";
import { kindOf } from "./PostsScreen.tsx";
import { textHashOf } from "./text-hash.ts";
import { postWords } from "./words.ts";
import "#workspace/appeals/appeals.css";

/** One post: what it asked for, and whose the money is. */
export default function PostScreen() {
  const { id = "" } = useParams<{ id: string }>();
  const words = useWords(postWords);
  const { data, error } = useAsk("posts.page", { id });
  if (error !== null)
    return (
      <>
        <PageHeader title={id} back={{ href: "/posts", label: words.back }} />
        <AskError error={error} />
      </>
    );
  return data === undefined ? <div className="screen-loading" /> : <Page page={data} />;
}

function Page({ page }: { readonly page: PostPage }) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const { id, kind, published, appeal, title, target, askedOnce, figures, sharesAppealWith } = page;
  const [own] = figures;
  const name = titleIn(title, language, appeal);
  return (
    <>
      <PageHeader
        title={words.addedTitle(id)}
        aside={<State tone={kind === "repost" ? "plain" : "info"}>{kindOf(kind, words)}</State>}
        lead={publishedText(published, language)}
        back={{ href: "/posts", label: words.back }}
        actions={
          <Button
            component={Link}
            href={`/dossiers?post=${encodeURIComponent(id)}`}
            leftSection={<Icon name="dossiers" size={18} />}
          >
            {words.dossier}
          </Button>
        }
      />
      <div className="tiles">
        <StatTile
          label={words.asked}
          value={<Money minor={target.minor} currency={target.currency} />}
          {...(kind === "repost" && { note: words.repostNote })}
        />
        <StatTile label={words.once} value={<Sums sums={askedOnce} />} />
      </div>
      {own !== undefined && (
        <Section title={words.moneyTitle} lead={words.moneyLead(appeal)}>
          <div className="tiles">
            <StatTile
              label={words.figuresReceived}
              value={<Money minor={own.received} currency={own.currency} />}
              note={name}
              href={`/appeals/${encodeURIComponent(appeal)}`}
            />
            <StatTile
              label={words.figuresReturned}
              value={<Money minor={own.refunded} currency={own.currency} />}
            />
            <StatTile
              label={words.figuresSpent}
              value={<Money minor={own.spent} currency={own.currency} />}
            />
            <StatTile label={words.figuresLeft} value={<Money minor={own.left} currency={own.currency} />} />
          </div>
        </Section>
      )}
      <Section title={words.others} isCard>
        {sharesAppealWith.length === 0 && <p className="none-here">{words.noOthers}</p>}
        <ul className="lines">
          {sharesAppealWith.map((other) => (
            <li key={other.id} className="line">
              <Link href={`/posts/${encodeURIComponent(other.id)}`} className="line-main">
                <span className="line-title">
                  {other.id} <State>{kindOf(other.kind, words)}</State>
                </span>
                <span className="line-note">{publishedText(other.published, language)}</span>
              </Link>
              <span className="line-side">
                <Money minor={other.target.minor} currency={other.target.currency} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.textHash} isCard>
        <FactList
          facts={[
            {
              term: words.textHash,
              value: page.textHash === undefined ? words.noTextHash : <code>{page.textHash}</code>,
            },
            ...(page.case === undefined ? [] : [{ term: words.case, value: page.case }]),
          ]}
        />
        {page.textHash !== undefined && <CheckText digest={page.textHash} />}
      </Section>
    </>
  );
}

/** Is this the text? Answered on the device. */
function CheckText({ digest }: { readonly digest: string }) {
  const words = useWords(postWords);
  const [text, setText] = useState("");
  const found = textHashOf(text);
  return (
    <div className="check-text">
      <Textarea
        label={words.checkText}
        description={words.checkHint}
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div role="status">
        {found !== "" && (
          <Note tone={found === digest ? "good" : "warn"}>
            <p>{found === digest ? words.textFits : words.textDiffers}</p>
          </Note>
        )}
      </div>
    </div>
  );
}
