/**
 * Reads a story: text that a lawyer can read and correct, one fact or expectation a line. A line that is none of the forms below
 * stops the reading with its number: a misread expectation would be a test that tests nothing.
 */
export type Step = { readonly line: number; readonly text: string } & (
  | { readonly kind: "title"; readonly language: string; readonly title: string }
  | { readonly kind: "foundation"; readonly name: string }
  | { readonly kind: "policy" }
  | {
      readonly kind: "appeal";
      readonly id: string;
      readonly hashtag: string;
      readonly opened: string;
      readonly titles: readonly string[];
    }
  | {
      readonly kind: "post";
      readonly id: string;
      readonly form: string;
      readonly published: string;
      readonly appeal: string;
      readonly sum: Sum;
    }
  | {
      readonly kind: "statement";
      readonly account: string;
      readonly currency: string;
      readonly from: string;
      readonly to: string;
      readonly opening: string;
    }
  | {
      readonly kind: "row";
      readonly date: string;
      readonly direction: string;
      readonly amount: string;
      readonly reference: string;
      readonly party: string;
      readonly memo: string;
    }
  | { readonly kind: "closing"; readonly amount: string }
  | { readonly kind: "statement again" }
  | { readonly kind: "decision"; readonly cells: readonly string[] }
  | { readonly kind: "refund"; readonly cells: readonly string[] }
  | { readonly kind: "payment"; readonly cells: readonly string[] }
  | { readonly kind: "confirmation"; readonly cells: readonly string[] }
  | {
      readonly kind: "expect figure";
      readonly figure: string;
      readonly appeal: string;
      readonly sum: Sum;
      readonly count: number | undefined;
    }
  | { readonly kind: "expect targets"; readonly once: boolean; readonly sum: Sum }
  | { readonly kind: "expect general"; readonly sum: Sum; readonly count: number }
  | { readonly kind: "expect confirmed"; readonly appeal: string; readonly count: number }
  | { readonly kind: "expect unmatched" }
  | {
      readonly kind: "expect claim";
      readonly claim: string;
      readonly appeal: string;
      readonly found: Sum | undefined;
    }
  | { readonly kind: "expect dossier"; readonly language: string; readonly words: string }
  | { readonly kind: "expect altered" }
  | { readonly kind: "expect record" }
);

/** "1 240 000.00 KZT" as currency and minor units. */
export type Sum = { readonly currency: string; readonly minor: string };

const amount = String.raw`([\d ]+\.\d\d)`;
const day = String.raw`(\d{4}-\d{2}-\d{2})`;
const appeal = String.raw`(A-\d{4}-\d{3})`;
const money = `${amount} ([A-Z]{3})`;

type Form = readonly [pattern: RegExp, read: (found: string[]) => Record<string, unknown>];
const form = (pattern: string, read: Form[1]): Form => [
  new RegExp(`^${pattern.replaceAll(" ", " +")}$`, "u"),
  read,
];

const forms: readonly Form[] = [
  form("title (kk|ru|en) (.+)", ([language, title]) => ({ kind: "title", language, title })),
  form("foundation (.+)", ([name]) => ({ kind: "foundation", name })),
  form("policy gifts without a sign go to general funds; a shortfall is covered from general funds", () => ({
    kind: "policy",
  })),
  form(`appeal ${appeal} (#\\S+) opened ${day} (.+)`, ([id, hashtag, opened, titles = ""]) => ({
    kind: "appeal",
    id,
    hashtag,
    opened,
    titles: titles.split("|").map((title) => title.trim()),
  })),
  form(
    `${day} (\\d\\d:\\d\\d) (post|repost) (P-\\d+) asks for ${appeal} ${money}`,
    ([date, time, kind, id, asked, sum, currency]) => ({
      kind: "post",
      id,
      form: kind,
      published: `${date}T${time}:00+05:00`,
      appeal: asked,
      sum: sumOf(sum, currency),
    }),
  ),
  form(
    `statement (KZ\\S+) in ([A-Z]{3}) from ${day} to ${day}, opening ${amount}`,
    ([account, currency, from, to, opening = ""]) => ({
      kind: "statement",
      account,
      currency,
      from,
      to,
      opening: plain(opening),
    }),
  ),
  [
    new RegExp(`^${day} +(in|out) +${amount} +(\\S+) {2}(.+?) {2,}(.+)$`, "u"),
    ([date, direction, sum = "", reference, party, memo]) => ({
      kind: "row",
      date,
      direction,
      amount: plain(sum),
      reference,
      party,
      memo,
    }),
  ],
  form(`closing ${amount}`, ([sum = ""]) => ({ kind: "closing", amount: plain(sum) })),
  form("statement again", () => ({ kind: "statement again" })),
  form(`decision (\\S+) is for ${appeal} by the (.+?): (.+)`, ([reference, to, by, ground]) => ({
    kind: "decision",
    cells: [reference, to, ground, by],
  })),
  form(`refund (\\S+) on ${day} ${money}: (.+)`, ([reference, date, sum = "", currency, reason]) => ({
    kind: "refund",
    cells: [reference, date, plain(sum), currency, reason],
  })),
  form(
    `payment (\\S+) on ${day} ${money} of ${appeal} for (\\S+) to (.+), receipt (\\S+)`,
    ([id, date, sum = "", currency, of, category, payee, receipt]) => ({
      kind: "payment",
      cells: [id, date, of, category, plain(sum), currency, payee, receipt],
    }),
  ),
  form(`confirmation (\\S+) by (lawyer|beneficiary) on ${day}`, ([id, role, date]) => ({
    kind: "confirmation",
    cells: [id, role, date],
  })),
  form(
    `expect (raised|returned|spent) ${appeal} ${money} in (\\d+) (?:gift|payment)s?`,
    ([figure, of, sum, currency, count]) => ({
      kind: "expect figure",
      figure,
      appeal: of,
      sum: sumOf(sum, currency),
      count: Number(count),
    }),
  ),
  form(`expect (covered|left) ${appeal} ${money}`, ([figure, of, sum, currency]) => ({
    kind: "expect figure",
    figure,
    appeal: of,
    sum: sumOf(sum, currency),
    count: undefined,
  })),
  form(`expect targets (added up|each counted once) ${money}`, ([how, sum, currency]) => ({
    kind: "expect targets",
    once: how !== "added up",
    sum: sumOf(sum, currency),
  })),
  form(`expect general funds ${money} in (\\d+) gifts?`, ([sum, currency, count]) => ({
    kind: "expect general",
    sum: sumOf(sum, currency),
    count: Number(count),
  })),
  form(`expect confirmed ${appeal} (\\d+) payments? by both`, ([of, count]) => ({
    kind: "expect confirmed",
    appeal: of,
    count: Number(count),
  })),
  form("expect nothing unmatched", () => ({ kind: "expect unmatched" })),
  form(`expect claim "(.+)" about ${appeal} does not agree: ${money}`, ([claim, of, sum, currency]) => ({
    kind: "expect claim",
    claim,
    appeal: of,
    found: sumOf(sum, currency),
  })),
  form(`expect claim "(.+)" about ${appeal} agrees`, ([claim, of]) => ({
    kind: "expect claim",
    claim,
    appeal: of,
    found: undefined,
  })),
  form("expect the dossier in (kk|ru|en) to read (.+)", ([language, words]) => ({
    kind: "expect dossier",
    language,
    words,
  })),
  form("expect an altered dossier to be broken", () => ({ kind: "expect altered" })),
  form("expect the record to hold", () => ({ kind: "expect record" })),
];

export function readStory(text: string): Step[] {
  return text.split("\n").flatMap((raw, i) => {
    const line = i + 1;
    // A comment begins with # and a space; "#student" is a hashtag.
    const content = raw.replace(/(?:^|\s)# .*$/u, "").trimEnd();
    if (content === "") return [];
    for (const [pattern, read] of forms) {
      const found = pattern.exec(content);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each form builds the step it names
      if (found !== null) return [{ line, text: content, ...read(found.slice(1)) } as Step];
    }
    throw new Error(`line ${line} of the story is none of the forms known: ${content}`);
  });
}

function plain(sum: string): string {
  return sum.replaceAll(" ", "");
}

function sumOf(sum = "", currency = ""): Sum {
  return { currency, minor: String(BigInt(plain(sum).replace(".", ""))) };
}
