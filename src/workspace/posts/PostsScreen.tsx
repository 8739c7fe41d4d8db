import { useMemo } from "react";
import { Link } from "wouter";
import { compareTexts } from "#language/collate.ts";
import type { Language } from "#language/language.ts";
import { formatSum } from "#language/sums.ts";
import { compareBig } from "#workspace/appeals/AppealsScreen.tsx";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { tableExports } from "#workspace/appeals/exports.ts";
import type { Sum } from "#workspace/appeals/figures.ts";
import { publishedText } from "#workspace/appeals/published.ts";
import { Sums } from "#workspace/appeals/Sums.tsx";
import { titleIn } from "#workspace/appeals/title.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { AddLink } from "#workspace/ui/AddLink.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { StatTile } from "#workspace/ui/StatTile.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { PostList, PostRow } from "./calls.ts";
import { postWords } from "./words.ts";
import "#workspace/appeals/appeals.css";

/** All posts, and the mistake of adding up their targets, shown as one. */
export default function PostsScreen() {
  const words = useWords(postWords);
  const { data, error } = useAsk("posts.list", {});
  const hasAny = (data?.posts.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={hasAny && <AddLink href="/posts/new" label={words.add} />}
      />
      {error !== null && <AskError error={error} />}
      {data !== undefined && !hasAny && (
        <EmptyState
          icon="posts"
          title={words.emptyTitle}
          text={data.appeals.length === 0 ? words.emptyNoAppeal : words.emptyText}
          action={
            data.appeals.length === 0
              ? { label: words.openAppeal, href: "/appeals/new" }
              : { label: words.add, href: "/posts/new" }
          }
        />
      )}
      {data !== undefined && hasAny && <Filled list={data} />}
    </>
  );
}

function Filled({ list }: { readonly list: PostList }) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const { posts, targetsAddedUp, askedOnce, received } = list;
  const [added, once, came] = [targetsAddedUp, askedOnce, received].map((sums) => textOf(sums, language));
  return (
    <>
      <div className="tiles" data-tour="posts-sums">
        <StatTile
          label={words.addedUp}
          value={<Sums sums={targetsAddedUp} />}
          note={words.posts(posts.length)}
        />
        <StatTile label={words.once} value={<Sums sums={askedOnce} />} />
        <StatTile label={words.came} value={<Sums sums={received} />} tone="good" />
      </div>
      <div className="trap">
        <Note title={words.trapTitle}>
          <p>{words.trapText(words.posts(posts.length), added ?? "", once ?? "", came ?? "")}</p>
        </Note>
      </div>
      <PostTable posts={posts} />
    </>
  );
}

function PostTable({ posts }: { readonly posts: readonly PostRow[] }) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const columns = useMemo((): Column<PostRow>[] => {
    const compare = compareTexts(language);
    return [
      {
        id: "post",
        title: words.post,
        width: "9rem",
        card: "head",
        cell: ({ id }) => id,
        sort: (a, b) => compare(a.id, b.id),
      },
      {
        id: "kind",
        title: words.kind,
        width: "9rem",
        card: "side",
        cell: ({ kind }) => <State tone={kind === "repost" ? "plain" : "info"}>{kindOf(kind, words)}</State>,
        sort: (a, b) => compare(a.kind, b.kind),
      },
      {
        id: "published",
        title: words.published,
        width: "10rem",
        cell: ({ published }) => publishedText(published, language, "short"),
        sort: (a, b) => Date.parse(a.published) - Date.parse(b.published),
      },
      {
        id: "appeal",
        title: words.appeal,
        cell: (row) => (
          <Link href={`/appeals/${encodeURIComponent(row.appeal)}`} className="appeal-name">
            <span>{titleIn(row.title, language, row.appeal)}</span>
            <span className="appeal-code">{row.appeal}</span>
          </Link>
        ),
        sort: (a, b) => compare(a.appeal, b.appeal),
      },
      {
        id: "target",
        title: words.target,
        isNumeric: true,
        cell: ({ target }) => <Money minor={target.minor} currency={target.currency} />,
        sort: (a, b) => compareBig(a.target.minor, b.target.minor),
      },
      {
        id: "received",
        title: words.received,
        isNumeric: true,
        cell: ({ received }) => <Sums sums={received} />,
      },
      { id: "case", title: words.case, isExtra: true, cell: (row) => row.case ?? "–" },
    ];
  }, [words, language]);
  return (
    <DataTable
      caption={words.title}
      rows={posts}
      columns={columns}
      rowKey={({ id }) => id}
      href={({ id }) => `/posts/${encodeURIComponent(id)}`}
      exports={tableExports<PostRow>("posts", [
        { title: words.post, value: ({ id }) => id },
        { title: words.kind, value: ({ kind }) => kindOf(kind, words) },
        { title: words.published, value: ({ published }) => published },
        { title: words.appeal, value: ({ appeal }) => appeal },
        { title: words.target, value: ({ target }) => target },
      ])}
    />
  );
}

export function kindOf(
  kind: string,
  words: { readonly kinds: { readonly post: string; readonly repost: string } },
): string {
  return kind === "post" || kind === "repost" ? words.kinds[kind] : kind;
}

function textOf(sums: readonly Sum[], language: Language): string {
  return sums.map(({ currency, minor }) => formatSum(minor, currency, language)).join(" + ") || "0";
}
