/** What the shell asks of the desk about the person at the screen, the connection and what waits to be sent. */
import type { Refusal, Result } from "#record/result.ts";

export type FoundationFacts = {
  readonly name: string;
  /** Main currency, ISO 4217. */
  readonly currency: string;
  readonly isSample: boolean;
};

/** Answer of `ask("session.state", {})`. */
export type SessionState =
  /** The server's record is empty: the page with two doors. */
  | { readonly kind: "nothing-yet"; readonly startCodeNeeded: boolean }
  | {
      readonly kind: "signed-out";
      readonly foundation: FoundationFacts;
      /** Members who signed in on this device before and did not ask to be forgotten. */
      readonly remembered: readonly { readonly member: string; readonly name?: string }[];
    }
  /** Keys were dropped from memory; the record stays cached, sealed. */
  | {
      readonly kind: "locked";
      readonly foundation: FoundationFacts;
      readonly member: string;
      readonly name?: string;
    }
  | {
      readonly kind: "open";
      readonly foundation: FoundationFacts;
      readonly member: string;
      readonly name?: string;
      readonly isOfficer: boolean;
    };

/** Answer of `ask("session.locks", { member })`: how this member may open her keyring. */
export type MemberLocks = {
  readonly locks: readonly {
    readonly id: string;
    readonly kind: "passphrase" | "passkey";
    readonly salt: Uint8Array;
    readonly credential?: Uint8Array;
  }[];
};

/** Input of `ask("session.signIn", …)`. The lock is the desk's choice for a passphrase, the passkey's own otherwise. */
export type SignIn = {
  readonly member: string;
  readonly remember: boolean;
  readonly key:
    | { readonly kind: "passphrase"; readonly passphrase: string }
    | { readonly kind: "passkey"; readonly lock: string; readonly secret: Uint8Array };
};
export type SignedIn = Result<{ readonly member: string }, Refusal>;

/** Answer of `ask("desk.connection", {})`. `waiting` counts what the outbox holds. */
export type Connection = { readonly online: boolean; readonly waiting: number; readonly attention: number };

/** One row of `ask("outbox.list", {})`, oldest first. */
export type OutboxItem = {
  readonly id: string;
  /** Name of the command, such as "appeal.open". */
  readonly command: string;
  readonly input: unknown;
  /** Unix seconds. */
  readonly at: number;
  readonly state:
    | { readonly kind: "waiting" }
    | { readonly kind: "sending" }
    /** The books changed since: what would be recorded is no longer what was confirmed. */
    | { readonly kind: "changed" }
    | { readonly kind: "refused"; readonly refusal: Refusal };
};

/** One row of `ask("activity.notifications", {})`, newest first. */
export type Notice = {
  readonly id: string;
  readonly at: number;
  readonly text: Readonly<Record<"kk" | "ru" | "en", string>>;
  /** Path inside the app, such as "/appeals/A-2025-003". */
  readonly path?: string;
  readonly isRead: boolean;
};

/** One row of `ask("search.find", { query, limit })`. */
export type Found = {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly path: string;
};
