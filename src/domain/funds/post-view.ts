import { currenciesInOrder } from "./currency.ts";
import type { FundsState } from "./state.ts";
import { appealView, type AppealView, type Sum } from "./views.ts";

/**
 * One post. What it asked for and what came in are two things: money comes to an appeal, never to a post, so the figures
 * below `received` are the appeal's and are the same for every post that asks for it.
 */
export type PostView = {
  readonly post: string;
  readonly kind: string;
  readonly published: string;
  readonly appeal: string;
  readonly asked: Sum;
  /** What all posts of the appeal asked for together when each request is counted once: reposts ask again for the same. */
  readonly askedOnce: readonly Sum[];
  /** The other posts that ask for the same appeal; their money is this money. */
  readonly sharesAppealWith: readonly {
    readonly post: string;
    readonly kind: string;
    readonly published: string;
  }[];
  readonly received: AppealView;
};

/** One post; undefined if there is none of that id. */
export function postView(state: FundsState, id: string): PostView | undefined {
  const post = state.posts.get(id);
  const received = post === undefined ? undefined : appealView(state, post.appeal);
  if (post === undefined || received === undefined) return undefined;
  const others = [...state.posts.values()].filter((other) => other.appeal === post.appeal && other.id !== id);
  return {
    post: id,
    kind: post.kind,
    published: post.published,
    appeal: post.appeal,
    asked: { currency: post.target.currency, minor: post.target.minor.toString() },
    askedOnce: askedOnce(state, post.appeal),
    sharesAppealWith: others.map(({ id: other, kind, published }) => ({ post: other, kind, published })),
    received,
  };
}

/** All posts beside each other, and the sum that adding up targets would give: the mistake of the accusation, shown as one. */
export type PostsView = {
  readonly posts: readonly {
    readonly post: string;
    readonly kind: string;
    readonly appeal: string;
    readonly asked: Sum;
    readonly received: readonly Sum[];
  }[];
  readonly targetsAddedUp: readonly Sum[];
  readonly askedOnce: readonly Sum[];
  readonly received: readonly Sum[];
};

export function postsView(state: FundsState): PostsView {
  const appeals = [...state.appeals.keys()];
  const received = (appeal: string) =>
    (appealView(state, appeal)?.raised ?? []).map(({ currency, minor }) => ({ currency, minor }));
  return {
    posts: [...state.posts.values()].map(({ id, kind, appeal, target }) => ({
      post: id,
      kind,
      appeal,
      asked: { currency: target.currency, minor: target.minor.toString() },
      received: received(appeal),
    })),
    targetsAddedUp: addUp(
      state,
      [...state.posts.values()].map(({ target }) => target),
    ),
    askedOnce: addUp(
      state,
      appeals.flatMap((appeal) => targetsOnce(state, appeal)),
    ),
    received: addUp(
      state,
      appeals.flatMap((appeal) =>
        received(appeal).map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
      ),
    ),
  };
}

export function askedOnce(state: FundsState, appeal: string): Sum[] {
  return addUp(state, targetsOnce(state, appeal));
}

function targetsOnce(state: FundsState, appeal: string) {
  return [...state.posts.values()]
    .filter((post) => post.appeal === appeal && post.kind !== "repost")
    .map(({ target }) => target);
}

function addUp(
  state: FundsState,
  sums: readonly { readonly currency: string; readonly minor: bigint }[],
): Sum[] {
  const totals = new Map<string, bigint>();
  for (const { currency, minor } of sums) totals.set(currency, (totals.get(currency) ?? 0n) + minor);
  return currenciesInOrder(totals.keys(), state.base).map((currency) => ({
    currency,
    minor: (totals.get(currency) ?? 0n).toString(),
  }));
}

/** A case: its share of each appeal that was held for it. */
export type CaseView = {
  readonly case: string;
  readonly posts: readonly string[];
  readonly appeals: readonly {
    readonly appeal: string;
    /** `parts` of `of` equal parts of the appeal are for this case. */
    readonly share: { readonly parts: number; readonly of: number };
    readonly appealReceived: readonly Sum[];
    readonly received: readonly Sum[];
    readonly refunded: readonly Sum[];
    readonly spent: readonly Sum[];
    readonly covered: readonly Sum[];
  }[];
};

/** One case; undefined if neither an appeal nor a post names it. Shares are rounded down to the minor unit. */
export function caseView(state: FundsState, id: string): CaseView | undefined {
  const posts = [...state.posts.values()].filter((post) => post.case === id);
  const shares = state.shares.filter((share) => share.case === id);
  // A post that names a case stands for its whole appeal where nothing was said about shares.
  for (const { appeal } of posts) {
    if (
      !state.shares.some((share) => share.appeal === appeal) &&
      !shares.some((share) => share.appeal === appeal)
    ) {
      shares.push({ case: id, appeal, parts: 1, of: 1 });
    }
  }
  if (shares.length === 0) return undefined;
  return {
    case: id,
    posts: posts.map((post) => post.id),
    appeals: shares.flatMap(({ appeal, parts, of }) => {
      const view = appealView(state, appeal);
      if (view === undefined) return [];
      const take = (sums: readonly Sum[]) =>
        sums.map(({ currency, minor }) => ({
          currency,
          minor: ((BigInt(minor) * BigInt(parts)) / BigInt(of)).toString(),
        }));
      return [
        {
          appeal,
          share: { parts, of },
          appealReceived: view.raised.map(({ currency, minor }) => ({ currency, minor })),
          received: take(view.raised),
          refunded: take(view.refunded),
          spent: take(view.spent),
          covered: take(view.coveredFromGeneral),
        },
      ];
    }),
  };
}

/** How much of an appeal's spending each of the two confirmed, and how. Only `signed` and `attested` are proof. */
export type ConfirmationsView = {
  readonly payments: number;
  readonly confirmedByBoth: number;
  readonly provenByBoth: number;
  readonly recordedOnly: number;
};

export function confirmationsView(state: FundsState, appeal: string): ConfirmationsView {
  const isProof = (how: string | undefined) => how === "signed" || how === "attested";
  let payments = 0;
  let confirmedByBoth = 0;
  let provenByBoth = 0;
  for (const one of state.spending.values()) {
    if (one.appeal !== appeal || one.state !== "paid") continue;
    payments += 1;
    const roles = state.confirmations.get(one.id);
    if (roles?.lawyer === undefined || roles.beneficiary === undefined) continue;
    confirmedByBoth += 1;
    if (isProof(roles.lawyer.how) && isProof(roles.beneficiary.how)) provenByBoth += 1;
  }
  return { payments, confirmedByBoth, provenByBoth, recordedOnly: confirmedByBoth - provenByBoth };
}
