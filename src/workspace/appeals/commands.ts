import { decideAppeals } from "#domain/funds/decide-catalogue.ts";
import type { WantedEnd, WantedReopening } from "#domain/funds/decide-endings.ts";
import type { JsonObject, Policy, Titles } from "#domain/funds/entries.ts";
import { decideAppealEnd, decideAppealReopening } from "#session/books/end-appeal.ts";
import type { Command } from "#workspace/desk/command.ts";

export type OpenAppeal = {
  readonly id: string;
  /** "#balalar", as donors may write it; empty: none. */
  readonly hashtag: string;
  readonly opened: string;
  readonly title: Titles;
  readonly currency: string;
  /** What happens with what stays over, in a sentence; empty: not said. */
  readonly leftover: string;
  /** With the first appeal: by which rules money counts. Absent: the rules that stand. */
  readonly policy?: PolicyChoice;
};

export type PolicyChoice = {
  readonly foundation: Titles;
  readonly unsigned: Policy["unsigned"];
  readonly shortfall: Policy["shortfall"];
  /** In the foundation's currency; absent: no limit, one approval is enough. */
  readonly approvalLimit?: { readonly currency: string; readonly minor: bigint };
};

const openAppeal: Command<OpenAppeal> = {
  async decide(session, { id, hashtag, opened, title, currency, leftover, policy }) {
    const { funds } = await session.books();
    const appeal = {
      id,
      ...(hashtag !== "" && { hashtag }),
      opened,
      title: { ...title },
      currency,
      ...(leftover !== "" && { leftover }),
    };
    return decideAppeals(funds, { ...(policy && policyJson(policy)), appeals: [appeal] });
  },
};

const setPolicy: Command<PolicyChoice> = {
  async decide(session, policy) {
    const { funds } = await session.books();
    return decideAppeals(funds, { ...policyJson(policy), appeals: [] });
  },
};

function policyJson({ foundation, unsigned, shortfall, approvalLimit }: PolicyChoice): JsonObject {
  return {
    foundation: { ...foundation },
    unsigned,
    shortfall,
    ...(approvalLimit && {
      approvalLimit: { currency: approvalLimit.currency, minor: approvalLimit.minor.toString() },
    }),
  };
}

const endAppeal: Command<WantedEnd> = { decide: decideAppealEnd };
const reopenAppeal: Command<WantedReopening> = { decide: decideAppealReopening };

export const appealCommands = {
  "appeal.open": openAppeal,
  "appeal.end": endAppeal,
  "appeal.reopen": reopenAppeal,
  "policy.set": setPolicy,
};
