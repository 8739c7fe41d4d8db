import type { Titles } from "#domain/funds/entries.ts";
import { postsView, postView } from "#domain/funds/post-view.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Sum } from "#workspace/appeals/figures.ts";
import { askedOf, figuresOf, type Figures } from "#workspace/appeals/figures.ts";
import { nextNumbered } from "#workspace/appeals/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";

export type PostRow = {
  readonly id: string;
  readonly kind: string;
  readonly published: string;
  readonly appeal: string;
  readonly title: Titles;
  readonly target: Sum;
  readonly case: string | undefined;
  /** Of the appeal, not of the post: no post has money of its own. */
  readonly received: readonly Sum[];
};

export type PostList = {
  readonly posts: readonly PostRow[];
  /** What the accusation adds up: every target, repeats too. */
  readonly targetsAddedUp: readonly Sum[];
  readonly askedOnce: readonly Sum[];
  readonly received: readonly Sum[];
  readonly appeals: readonly { readonly id: string; readonly title: Titles; readonly currency: string }[];
  readonly cases: readonly string[];
  readonly base: string;
  readonly nextId: string;
};

export type PostPage = PostRow & {
  readonly textHash: string | undefined;
  readonly askedOnce: readonly Sum[];
  readonly sharesAppealWith: readonly {
    readonly id: string;
    readonly kind: string;
    readonly published: string;
    readonly target: Sum;
  }[];
  readonly figures: readonly Figures[];
};

export const postCalls = {
  "posts.list": async (desk: Desk): Promise<PostList> => {
    const { session, outbox } = desk.opened;
    const { funds } = await session.books();
    const view = postsView(funds);
    return {
      posts: [...funds.posts.keys()].map((id) => rowOf(funds, id)),
      targetsAddedUp: sumsOf(view.targetsAddedUp),
      askedOnce: sumsOf(view.askedOnce),
      received: sumsOf(view.received),
      appeals: [...funds.appeals.values()]
        .filter(({ id }) => !funds.ended.has(id))
        .map(({ id, title, currency }) => ({ id, title, currency })),
      cases: casesOf(funds),
      base: funds.base,
      nextId: nextNumbered([...funds.posts.keys(), ...outbox.idsOf("post.add")], "P-", 3),
    };
  },

  "posts.page": async (desk: Desk, { id }: { id: string }): Promise<PostPage> => {
    const { session } = desk;
    const { funds } = await session.books();
    const post = funds.posts.get(id);
    const view = postView(funds, id);
    const appeal = post === undefined ? undefined : funds.appeals.get(post.appeal);
    if (post === undefined || view === undefined || appeal === undefined)
      throw new Failure("post-unknown", session.words.postUnknown(id));
    return {
      ...rowOf(funds, id),
      textHash: post.textHash,
      askedOnce: askedOf(funds, post.appeal),
      sharesAppealWith: view.sharesAppealWith.map((other) => ({
        id: other.post,
        kind: other.kind,
        published: other.published,
        target: funds.posts.get(other.post)?.target ?? { currency: funds.base, minor: 0n },
      })),
      figures: figuresOf(funds, appeal),
    };
  },
};

function rowOf(funds: FundsState, id: string): PostRow {
  const post = funds.posts.get(id);
  if (post === undefined) throw new Error(`bug: no post ${id}`);
  const { kind, published, appeal, target } = post;
  const of = funds.appeals.get(appeal);
  return {
    id,
    kind,
    published,
    appeal,
    title: of?.title ?? {},
    target,
    case: post.case,
    received:
      of === undefined
        ? []
        : figuresOf(funds, of)
            .filter(({ gifts }) => gifts > 0)
            .map(({ currency, received }) => ({ currency, minor: received })),
  };
}

function casesOf(funds: FundsState): readonly string[] {
  const named = [...funds.posts.values()].flatMap((post) => post.case ?? []);
  return [...new Set([...named, ...funds.shares.map((share) => share.case)])].toSorted();
}

function sumsOf(sums: readonly { readonly currency: string; readonly minor: string }[]): readonly Sum[] {
  return sums.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) }));
}
