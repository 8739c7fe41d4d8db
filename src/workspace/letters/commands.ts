import { decideConfirmations } from "#domain/funds/decide-confirmations.ts";
import { dayAt } from "#language/dates.ts";
import { refuse } from "#record/result.ts";
import type { Command } from "#workspace/desk/command.ts";
import type { LetterContent } from "./letter.ts";

export type AcceptAnswer = {
  readonly letter: Pick<LetterContent, "id" | "payment" | "role">;
  readonly answer: "yes" | "no" | "declined";
  /** As whoever answered signed with it; sealed. */
  readonly name: string;
  /** Unix milliseconds by the server's clock. */
  readonly received: number;
  readonly document: Uint8Array;
};

/** An answer becomes a confirmation, attested by the sealed answer. Who answered never signs, and is never named in public. */
const accept: Command<AcceptAnswer> = {
  files: (input) => [{ name: documentName(input), content: new Blob([new Uint8Array(input.document)]) }],
  async decide(session, input, documents) {
    const { letter, answer, name, received } = input;
    if (answer !== "yes")
      return refuse({ code: "letter-answer-not-yes", message: "only a yes confirms a payment" });
    const { funds } = await session.books();
    if (!funds.spending.has(letter.payment))
      return refuse({ code: "spending-unknown", message: `there is no payment ${letter.payment}` });
    const values = {
      spending: letter.payment,
      role: letter.role,
      date: dayAt(received / 1000, "UTC"),
      how: "attested",
      by: name,
      document: documentName(input),
    };
    return decideConfirmations(funds, [{ line: 1, values }], documents);
  },
};

const documentName = ({ letter: { id, payment } }: AcceptAnswer): string =>
  `answer-${payment}-${id.slice(0, 6)}.json`;

export const letterCommands = { "letter.accept": accept };
