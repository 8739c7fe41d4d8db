import type { IncomingMessage } from "node:http";
import type { Hono } from "hono";
import type { RecordStore } from "#storage/contract.ts";
import type { FileStore } from "#storage/files/file-store.ts";
import type { Challenges } from "./access/challenges.ts";
import type { Members } from "./access/members.ts";
import type { RateLimit } from "./access/rate-limit.ts";
import type { Session, Sessions } from "./access/sessions.ts";
import type { Changes } from "./entries/changes.ts";
import type { LogHost } from "./entries/log-host.ts";
import type { Uploads } from "./files/uploads.ts";
import type { LogKey } from "./log-key.ts";
import type { NamedState } from "./named-state.ts";
import type { Settings } from "./settings.ts";

/** What the handlers work with; made once by `openServer`. */
export type Services = {
  readonly settings: Settings;
  readonly store: RecordStore;
  readonly host: LogHost;
  readonly logKey: LogKey;
  readonly state: NamedState;
  readonly members: Members;
  readonly sessions: Sessions;
  readonly challenges: Challenges;
  readonly limits: RateLimit;
  readonly changes: Changes;
  readonly files: FileStore;
  readonly uploads: Uploads;
  /** Shown once to the operator: whoever types it may start the foundation. */
  readonly startCode: string;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
};

export type ServerEnv = {
  /** Given by the listener; absent in tests that call the app without one. */
  Bindings: { incoming?: IncomingMessage };
  Variables: { session: Session };
};

export type App = Hono<ServerEnv>;
