import type { DeskEvent } from "./desk.ts";

/** What goes from the page to the worker: a call by name. */
export type ToDesk = { readonly id: number; readonly name: string; readonly input: unknown };

/** What comes back: the answer or the failure of a call, or something that the desk tells of its own accord. */
export type FromDesk =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: WireFailure }
  | { readonly event: DeskEvent };

/** A failure as it crosses between worker and page; `code` "bug" is ours, everything else a person can mend. */
export type WireFailure = {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly stack?: string;
};
