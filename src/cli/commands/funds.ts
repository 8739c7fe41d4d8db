import { caseView, postView, postsView, type CaseView, type PostView } from "#domain/funds/post-view.ts";
import { categoryLabels, labelOf, relatedLabels } from "#domain/funds/labels.ts";
import { formatMoney } from "#domain/funds/money.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { relatedPartyView } from "#domain/funds/unmatched-view.ts";
import { fundsView, periodView, type Sum } from "#domain/funds/views.ts";
import { parseDay } from "#domain/funds/dates.ts";
import type { Call } from "../commands.ts";
import { Failure } from "#session/refusals/failure.ts";
import { appealLines } from "../funds-text.ts";
import { openSession } from "../session/open-session.ts";
import { note, print, printJson, table } from "../terminal.ts";

/** All appeals beside each other; or one post, one case, a period, or the payments to related persons. */
export async function run(call: Call): Promise<void> {
  const { args, words, language } = call;
  const asked = ["post", "case", "from"].filter((flag) => args.text(flag) !== undefined);
  if (args.has("related-party")) asked.push("related-party");
  if (asked.length > 1)
    throw new Failure("usage", words.oneQuestion(asked.map((flag) => `--${flag}`).join(", ")));
  const period = periodOf(call);
  await using session = await openSession(call, "read");
  const { funds } = await session.books({ withDays: period !== undefined });
  for (const file of session.unfinishedFiles(funds)) note(words.incompleteImport(file));
  const show = <T>(view: T, lines: (view: T) => string[]) => {
    if (args.has("json")) printJson(view);
    else for (const line of lines(view)) print(line);
  };
  const post = args.text("post");
  const caseId = args.text("case");
  if (post !== undefined) {
    const view = postView(funds, post);
    if (view === undefined) throw new Failure("post-unknown", words.postUnknown(post));
    show(view, (one) => postLines(one, funds, call));
  } else if (caseId !== undefined) {
    const view = caseView(funds, caseId);
    if (view === undefined) throw new Failure("case-unknown", words.caseUnknown(caseId));
    show(view, (one) => caseLines(one, call));
  } else if (period !== undefined) {
    show(periodView(funds, period.from, period.to), (view) => [
      `${view.from} … ${view.to}`,
      "",
      ...overviewLines(view, funds, call),
    ]);
  } else if (args.has("related-party")) {
    show(relatedPartyView(funds), (view) => {
      const rows = view.payments.map((one) => [
        one.spending,
        one.appeal,
        labelOf(categoryLabels, one.category, language),
        money(call, one),
        labelOf(relatedLabels, one.related, language),
        one.payee ?? "—",
        one.approver ?? one.approvals.join(", "),
      ]);
      const totals = (sums: readonly Sum[]) => sums.map((sum) => money(call, sum)).join(" + ") || "0";
      return [
        ...(rows.length === 0 ? [words.noRelated] : [table(rows, [3])]),
        "",
        words.relatedOfAll(totals(view.totals), totals(view.allPayments)),
      ];
    });
  } else {
    show(fundsView(funds), (view) => [
      ...overviewLines(view, funds, call),
      "",
      ...(funds.posts.size === 0 ? [] : postsLines(funds, call)),
      words.distinctLines(view.distinctLines),
    ]);
  }
}

function periodOf({ args, words }: Call): { from: string; to: string } | undefined {
  const from = args.text("from");
  const to = args.text("to");
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw new Failure("usage", words.periodIncomplete);
  for (const day of [from, to])
    if (parseDay(day) === undefined) throw new Failure("date-malformed", words.dateUnreadable(day));
  if (to < from) throw new Failure("date-malformed", words.periodReversed(from, to));
  return { from, to };
}

function money({ language }: Call, { currency, minor }: Sum): string {
  return formatMoney({ currency, minor: BigInt(minor) }, language);
}

type Overview = Pick<ReturnType<typeof fundsView>, "appeals" | "general" | "notYetKnown">;

function overviewLines(view: Overview, funds: FundsState, call: Call): string[] {
  const { words, language } = call;
  if (view.appeals.length === 0) return [words.noAppeals];
  const sums = (list: readonly Sum[]) => list.map((sum) => money(call, sum)).join(" + ") || "—";
  const rows = view.appeals.map((one) => [
    one.appeal,
    funds.appeals.get(one.appeal)?.title[language] ?? "",
    sums(one.raised),
    sums(one.refunded),
    sums(one.spent),
    sums(one.coveredFromGeneral),
    sums(one.balance),
  ]);
  const heading = ["", "", words.raised, words.refunded, words.spent, words.coveredShort, words.balance];
  return [
    table([heading, ...rows], [2, 3, 4, 5, 6]),
    "",
    `${words.generalFunds}: ${money(call, view.general)}, ${words.donations(view.general.donations)}`,
    ...view.notYetKnown.map(
      (one) => `${words.notYetKnown}: ${money(call, one)}, ${words.donations(one.donations)}`,
    ),
  ];
}

function postsLines(funds: FundsState, call: Call): string[] {
  const { words } = call;
  const view = postsView(funds);
  const sums = (list: readonly Sum[]) => list.map((sum) => money(call, sum)).join(" + ") || "0";
  return [
    words.postsAsked(view.posts.length, sums(view.targetsAddedUp), sums(view.askedOnce)),
    words.postsReceived(sums(view.received)),
    "",
  ];
}

function postLines(view: PostView, funds: FundsState, call: Call): string[] {
  const { words } = call;
  const others = view.sharesAppealWith.map(({ post }) => post).join(", ");
  return [
    `${view.post} (${words.postKind(view.kind)})  ${view.published}`,
    `${words.asked}: ${money(call, view.asked)}`,
    ...(others === "" ? [] : [words.sharesAppeal(view.appeal, others)]),
    ...(view.kind === "repost" ? [words.repostAddsNothing] : []),
    "",
    words.moneyOfAppeal(view.appeal),
    ...appealLines(view.received, funds, call),
  ];
}

function caseLines(view: CaseView, call: Call): string[] {
  const { words } = call;
  const sums = (list: readonly Sum[]) => list.map((sum) => money(call, sum)).join(" + ") || "0";
  const rows = view.appeals.map((one) => [
    one.appeal,
    one.share.of === 1 ? "" : `${one.share.parts}/${one.share.of}`,
    sums(one.received),
    sums(one.refunded),
    sums(one.spent),
    sums(one.covered),
  ]);
  const heading = ["", "", words.raised, words.refunded, words.spent, words.coveredShort];
  return [view.case, table([heading, ...rows], [2, 3, 4, 5])];
}
