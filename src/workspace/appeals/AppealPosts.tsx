import { Button } from "@mantine/core";
import { Link } from "wouter";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { State } from "#workspace/ui/State.tsx";
import { publishedText } from "./published.ts";
import type { AppealPage } from "./calls.ts";
import type { Sum } from "./figures.ts";
import { appealWords } from "./words.ts";

/** The posts that asked for this appeal; where they repeat, why their targets are not added up. */
export function AppealPosts({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { posts, targetsAddedUp, asked, id } = page;
  const isTrap = textOf(targetsAddedUp, language) !== textOf(asked, language);
  return (
    <Section
      title={words.postsTitle}
      isCard
      actions={
        page.ended === undefined && (
          <Button
            component={Link}
            href={`/posts/new?appeal=${encodeURIComponent(id)}`}
            variant="default"
            size="xs"
            leftSection={<Icon name="plus" size={16} />}
          >
            {words.addPost}
          </Button>
        )
      }
    >
      {posts.length === 0 && <p className="none-here">{words.noPosts}</p>}
      {isTrap && (
        <Note>
          <p>{words.postsTrap(textOf(targetsAddedUp, language), textOf(asked, language))}</p>
        </Note>
      )}
      <ul className="lines">
        {posts.map((post) => (
          <li key={post.id} className="line">
            <Link href={`/posts/${encodeURIComponent(post.id)}`} className="line-main">
              <span className="line-title">
                {post.id} {post.kind === "repost" && <State>{words.repost}</State>}
              </span>
              <span className="line-note">{publishedText(post.published, language)}</span>
            </Link>
            <span className="line-side">
              <Money minor={post.target.minor} currency={post.target.currency} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function textOf(sums: readonly Sum[], language: "kk" | "ru" | "en"): string {
  return sums.map(({ currency, minor }) => formatSum(minor, currency, language)).join(" + ") || "0";
}
