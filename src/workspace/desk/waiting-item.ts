import type { Refusal } from "#record/result.ts";
import type { ImportRemains } from "#session/imports/import-remains.ts";
import type { Preview } from "./command.ts";
import type { WaitingFile } from "./waiting-files.ts";

/**
 * - `waiting`: not yet on the record; can be taken back. `sending`: on its way.
 * - `changed`: the books changed meanwhile and the entries would be others: look at the new preview and confirm again.
 * - `refused`: the rules no longer allow it; correct or remove it.
 */
export type WaitingState = "waiting" | "sending" | "changed" | "refused";

export type WaitingItem = {
  readonly id: number;
  readonly command: string;
  /** For people: what it is about, as the screen named it. */
  readonly title: string;
  /** For screens: which of many it is about, such as a payment's number. */
  readonly about?: string;
  /** Unix milliseconds: until then it only waits, so that it can be taken back. */
  readonly sendAt?: number;
  /** Unix seconds of the confirmation. */
  readonly at: number;
  readonly state: WaitingState;
  /** Of one whose files are on their way: nothing is signed yet, so it can still be taken back. */
  readonly upload?: Upload;
  /** Why it stopped; of one that still waits, what keeps it from being sent for now. */
  readonly refusal?: Refusal;
  /** What the device keeps of it does not open: it was altered, or sealed under keys that she has no more. */
  readonly isUnreadable?: true;
  /** The new preview of a changed one. */
  readonly preview?: Preview;
};

/** Sealed bytes of its files: of how many the server has how many. */
export type Upload = { readonly done: number; readonly total: number };

/** As it lies sealed on the device. */
export type Kept = {
  readonly command: string;
  readonly title: string;
  readonly about?: string;
  readonly input: unknown;
  readonly digest: string;
  readonly at: number;
  /** Of a job: it was started at least once, so a part of it may be on the record. */
  readonly isBegun?: boolean;
  /** Its files, in the order in which the command names them. */
  readonly files?: readonly WaitingFile[];
  /**
   * Hashes of first entries that were signed for it and sent. An answer may be lost on the way: whether one of them is on the
   * record decides, not whether somebody said so.
   */
  readonly signed?: readonly string[];
};

/** As the tab has it. */
export type Item = Kept & {
  id: number;
  state: WaitingState;
  upload?: Upload;
  refusal?: Refusal;
  isUnreadable?: true;
  preview?: Preview;
  /** Unix milliseconds: until then it only waits, so that it can be taken back. Not kept: a new tab sends at once. */
  sendAt?: number;
};

/** What is confirmed, and how. */
export type Confirmed = {
  readonly command: string;
  readonly title: string;
  readonly about?: string;
  readonly input: unknown;
  /** Of the preview; empty for a job, which has none. */
  readonly digest: string;
  /** How long it stays undoable before it is sent, in milliseconds; none unless told. */
  readonly holdMs?: number;
};

/** How an item stands; `result` is what a job ended with, `removed` one that was taken back. */
export type Settled =
  | { readonly state: "recorded"; readonly result: unknown }
  | { readonly state: "removed" }
  | (Omit<WaitingItem, "state"> & { readonly state: Exclude<WaitingState, "sending"> });

/**
 * What came of taking one back. `taken-back`: nothing was recorded. `too-late`: it is on the record. `not-known`: it was
 * sent, and nobody can say now whether it arrived; it stays in the list until the server answers. `partly`: it is out of the
 * list, and what had got through before stays on the record. `dropped`: it could not be read, so nobody can say from it whether it
 * had been recorded before; it is off the device.
 */
export type Removal =
  | "taken-back"
  | "too-late"
  | "not-known"
  | "dropped"
  | { readonly kind: "partly"; readonly title: string; readonly remains: readonly ImportRemains[] };

/** What of it is kept. */
export function keptOf({ command, title, about, input, digest, at, isBegun, files, signed }: Kept): Kept {
  return {
    command,
    title,
    input,
    digest,
    at,
    ...(about !== undefined && { about }),
    ...(isBegun !== undefined && { isBegun }),
    ...(files !== undefined && { files }),
    ...(signed !== undefined && { signed }),
  };
}

/** The same, with nothing said any more of why it waited. */
export function withoutRefusal(item: Item): Item {
  const { refusal: _, ...left } = item;
  return left;
}

/** The same, none of whose files is on its way. */
export function withoutUpload(item: Item): Item {
  const { upload: _, ...left } = item;
  return left;
}

/** The same, to be sent at once. */
export function withoutHold(item: Item): Item {
  const { sendAt: _, ...left } = item;
  return left;
}
