/**
 * What the first-run page and the desk say to each other. Nothing stands on the record before the recovery was set up:
 * `foundation.prepare` makes keys and shares in the worker and writes nothing; `foundation.start` sends what was prepared.
 */
import type { Refusal, Result } from "#record/result.ts";
import type { Language } from "#language/language.ts";

/** How the first officer's keyring will be locked. Neither value is stored anywhere by the page. */
export type NewLock =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | {
      readonly kind: "passkey";
      /** Raw id of the credential. */
      readonly credential: Uint8Array;
      /** 16 bytes that the passkey's answer depends on. */
      readonly salt: Uint8Array;
      /** The 32 bytes of the PRF extension: opens the keyring, never leaves this device. */
      readonly secret: Uint8Array;
    };

/** Input of `ask("foundation.prepare", …)`. */
export type FoundationPlan = {
  readonly name: string;
  /** Languages of the public pages; the first is the main one. */
  readonly languages: readonly Language[];
  /** ISO 4217 code, such as "KZT". */
  readonly currency: string;
  /** Sealed to the members; the record shows "M-01". */
  readonly officerName: string;
  readonly lock: NewLock;
  /** 2 ≤ threshold ≤ trustees.length. A trustee's name stays on the sheet and is not sent anywhere. */
  readonly recovery: { readonly threshold: number; readonly trustees: readonly string[] };
};

/** Answer of `foundation.prepare`: the texts for the recovery sheets, in the order of the trustees. */
export type FoundationPrepared = {
  readonly shares: readonly { readonly trustee: string; readonly text: string }[];
  readonly threshold: number;
  /** Public half of the recovery key, as the record will show it. */
  readonly recipient: string;
};

/** Input of `ask("recovery.rehearse", …)`: what was typed from the sheets. */
export type Rehearsal = { readonly shares: readonly string[] };
/** A refusal names the share that was misread: `share`, counted from 1. */
export type RehearsalAnswer = Result<null, Refusal & { readonly share?: number }>;

/** Input of `ask("foundation.start", …)`: sends what `foundation.prepare` made, signs the officer in. */
export type FoundationStart = {
  /** Printed by the server when it starts; not needed on the machine it runs on. */
  readonly startCode?: string;
  /** False when the rehearsal was put off: the overview then reminds of it. */
  readonly rehearsed: boolean;
};
export type FoundationStarted = Result<{ readonly member: string }, Refusal>;
