import { overviewCalls } from "../overview/calls.ts";
import { letterCalls } from "../letters/calls.ts";
import { spendingCalls } from "../spending/calls.ts";
import { postCalls } from "../posts/calls.ts";
import { appealCalls } from "../appeals/calls.ts";
import { dossierCalls } from "../dossiers/calls.ts";
import { activityCalls } from "../activity/calls.ts";
import { searchCalls } from "../search/calls.ts";
import { memberCalls } from "../members/calls.ts";
import { tourCalls } from "../tour/calls.ts";
import { importCalls } from "../imports/calls.ts";
import { accountCalls } from "../accounts/calls.ts";
import { periodCalls } from "../periods/calls.ts";
import { matchingCalls } from "../matching/calls.ts";
import type { Desk } from "./desk.ts";
import { firstRunCalls } from "./first-run-calls.ts";
import { outboxCalls } from "./outbox-calls.ts";
import { signInCalls } from "./sign-in-calls.ts";

/**
 * Everything that screens may ask of the desk, by name. Each subject's `calls.ts` adds its own line here. Inputs and answers
 * are plain data: they travel between the page and the worker.
 */
export const calls = {
  ...signInCalls,
  ...firstRunCalls,
  ...outboxCalls,
  ...overviewCalls,
  ...letterCalls,
  ...spendingCalls,
  ...postCalls,
  ...appealCalls,
  ...importCalls,
  ...matchingCalls,
  ...periodCalls,
  ...accountCalls,
  ...tourCalls,
  ...dossierCalls,
  ...memberCalls,
  ...activityCalls,
  ...searchCalls,
};

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** A call without an input is asked with `{}`. */
export type CallInput<N extends CallName> =
  Parameters<Calls[N]> extends [Desk, infer I] ? I : Record<string, never>;
export type CallAnswer<N extends CallName> = Awaited<ReturnType<Calls[N]>>;

// oxlint-disable-next-line typescript/no-explicit-any -- each call has its own input; `ask` checks it by name
export const anyCall: Readonly<Record<string, (desk: Desk, input: any) => Promise<unknown>>> = calls;
