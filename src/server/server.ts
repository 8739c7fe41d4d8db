/** The server: opens the storage and the log, listens, and stops without losing anything. */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { stderr } from "node:process";
import { getRequestListener } from "@hono/node-server";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";
import type { RecordStore } from "#storage/contract.ts";
import { FileStore } from "#storage/files/file-store.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { openSite, type Site } from "#site/site.ts";
import { Challenges } from "./access/challenges.ts";
import { sweepInvitations } from "./access/invitations.ts";
import { sweepLetters } from "./access/letters.ts";
import { Members } from "./access/members.ts";
import { RateLimit } from "./access/rate-limit.ts";
import { addressOf } from "./access/requests.ts";
import { Sessions } from "./access/sessions.ts";
import { makeApp } from "./app.ts";
import { Changes } from "./entries/changes.ts";
import { openLogHost } from "./entries/log-host.ts";
import { Uploads } from "./files/uploads.ts";
import { newStartCode } from "./foundation.ts";
import { readOrMakeLogKey } from "./log-key.ts";
import { NamedState } from "./named-state.ts";
import { PdfThread } from "./pages/pdf-thread.ts";
import { PublicPages } from "./pages/public-site.ts";
import type { App, Services } from "./services.ts";
import type { Settings } from "./settings.ts";

export type ServerSetup = {
  readonly settings: Settings;
  readonly now?: () => number;
  readonly randomBytes?: (length: number) => Uint8Array;
  /** Checkpoints of this log that others hold; see `behind-witness`. */
  readonly witnessed?: (origin: string) => readonly string[];
  readonly report?: (problem: string) => void;
};

const hourMs = 3_600_000;
/** How often processes that share a PostgreSQL look for each other's entries without having been told. */
const lookMs = 5_000;
/** How long open requests get when the server stops: a 2 GB download would go on for an hour. */
const stopMs = 10_000;

/**
 * Opens everything and listens. A refusal says what the operator can do; nothing is left open then. What the log says is read
 * after that: until {@link RunningServer.ready} whoever needs it waits.
 */
export async function openServer(setup: ServerSetup): Promise<Result<RunningServer, Refusal>> {
  const { settings, now = Date.now, randomBytes = systemRandom } = setup;
  const opened = await openStore(settings);
  if (!opened.ok) return opened;
  const { store, onChange } = opened.value;
  try {
    const isEmpty = (await store.head()) === undefined;
    const logKey = readOrMakeLogKey(settings.data, randomBytes, isEmpty);
    if (!logKey.ok) return await closing(store, logKey.refusal);
    const pdfThread = new PdfThread();
    const site = openSite({ makePdf: (document) => pdfThread.make(document) });
    const host = await openLogHost({
      store,
      key: logKey.value,
      witnessed: setup.witnessed?.(logKey.value.origin) ?? [],
      take: (parsed, index) => site.take(parsed, index),
    });
    if (!host.ok) return await closing(store, host.refusal);

    const { secretFor } = logKey.value;
    const state = new NamedState(store);
    const sessions = new Sessions({ state, idleMs: settings.idleHours * hourMs, now, randomBytes });
    const services: Services = {
      settings,
      store,
      host: host.value,
      logKey: logKey.value,
      state,
      members: new Members(state, secretFor("fake locks")),
      sessions,
      challenges: new Challenges({ secret: secretFor("challenges"), now, randomBytes }),
      limits: new RateLimit(now, randomBytes),
      changes: new Changes({
        isAlive: async (session) =>
          host.value.state.isCurrent(session.member) && (await sessions.isAlive(session)),
      }),
      files: new FileStore(join(settings.data, "files"), randomBytes),
      uploads: new Uploads({
        folder: join(settings.data, "uploads"),
        finished: join(settings.data, "files"),
        lifeMs: settings.uploadHours * hourMs,
        now,
        randomBytes,
      }),
      startCode: newStartCode(randomBytes),
      now,
      randomBytes,
    };
    const server = new RunningServer(services, site, setup.report);
    // Notified at once, and looking now and then all the same: a notification can be lost with its connection.
    await onChange?.(() => server.lookForOthers());
    const listening = await server.listen();
    if (listening.ok) return ok(server);
    await server.stop();
    return listening;
  } catch (cause) {
    await store[Symbol.asyncDispose]();
    throw cause;
  }
}

export class RunningServer implements AsyncDisposable {
  readonly services: Services;
  readonly app: App;
  readonly #http: Server;
  readonly #timers: NodeJS.Timeout[] = [];
  #stopped: Promise<void> | undefined;

  constructor(services: Services, site: Site, report: (problem: string) => void = toStandardError) {
    this.services = services;
    const { host, settings } = services;
    this.app = makeApp(services, report);
    const pages = new PublicPages({
      site,
      origin: settings.origin,
      host,
      report,
      mayMakePdf: ({ socket, headers }) => {
        const forwardedFor = headers["x-forwarded-for"];
        const address = addressOf(
          {
            direct: socket.remoteAddress,
            forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join() : forwardedFor,
          },
          settings,
        );
        return services.limits.take("pdf", address) === undefined;
      },
    });
    const rest = getRequestListener(this.app.fetch, { overrideGlobalObjects: false });
    this.#http = createServer(
      // A slow reader of headers holds a connection, not a thread; a minute is plenty for both.
      {
        headersTimeout: 20_000,
        requestTimeout: 15 * 60_000,
        keepAliveTimeout: 10_000,
        maxHeaderSize: 16 * 1024,
      },
      (request, response) => {
        if (!pages.answer(request, response)) void rest(request, response);
      },
    );
    host.onGrowth((size) => services.changes.tell("head", { size }));
    if (settings.postgres !== undefined) this.#every(lookMs, () => host.refresh());
    this.#every(10 * 60_000, () => this.sweep());
  }

  /** Settled when the log is read; rejects when the storage does not hold what its checkpoint covers: then stop it. */
  get ready(): Promise<void> {
    return this.services.host.ready;
  }

  async listen(): Promise<Result<true, Refusal>> {
    const { host, port } = this.services.settings;
    return new Promise((resolve) => {
      this.#http.once("error", (cause: NodeJS.ErrnoException) => {
        const message =
          cause.code === "EADDRINUSE"
            ? `Port ${port} is taken by another program; set AIGAQ_PORT to another one.`
            : `Cannot listen on ${host}:${port}: ${cause.message}`;
        resolve(refuse({ code: "cannot-listen", message, cause: cause.code }));
      });
      this.#http.listen(port, host, () => {
        // From here on an error of one connection is that connection's business.
        this.#http.on("clientError", (_error, socket) => socket.destroy());
        resolve(ok(true));
      });
    });
  }

  /** `http://localhost:8080`: where it listens. */
  get address(): string {
    const address = this.#http.address();
    const port = typeof address === "object" && address !== null ? address.port : this.services.settings.port;
    const { host } = this.services.settings;
    const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
    return `http://${shown}:${port}`;
  }

  /** Another process may have appended. What fails here fails again where somebody waits for the answer. */
  lookForOthers(): void {
    this.services.host.refresh().catch(() => undefined);
  }

  /** Removes what is over: half uploads, old letters and invitations, full buckets. */
  async sweep(): Promise<void> {
    this.services.uploads.sweep();
    this.services.limits.sweep();
    await sweepLetters(this.services);
    await sweepInvitations(this.services);
  }

  /**
   * No new connections, no new appends; what was accepted is committed and answered; open streams end, so that workspaces
   * reconnect elsewhere; then the storage closes. Calling it twice is calling it once.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
    });
    this.services.changes[Symbol.dispose]();
    await this.services.host.stop();
    // A browser keeps its connection open after the last answer; nobody waits for those.
    const idle = setInterval(() => this.#http.closeIdleConnections(), 20);
    const patience = setTimeout(() => this.#http.closeAllConnections(), stopMs);
    await closed;
    clearInterval(idle);
    clearTimeout(patience);
    await this.services.store[Symbol.asyncDispose]();
  }

  #every(ms: number, body: () => Promise<void>): void {
    const timer = setInterval(() => void body().catch(() => undefined), ms);
    timer.unref();
    this.#timers.push(timer);
  }
}

/** A storage, and how to hear of what other processes append to it; without that nobody else can. */
type OpenedStore = {
  readonly store: RecordStore;
  readonly onChange?: (callback: (size: number) => void) => Promise<AsyncDisposable>;
};

async function openStore(settings: Settings): Promise<Result<OpenedStore, Refusal>> {
  if (settings.postgres === undefined) {
    const opened = await openSqliteStore({ folder: settings.data, mode: "create", waitMs: 2_000 });
    return opened.ok ? ok({ store: opened.value }) : opened;
  }
  const { openPostgresStore } = await import("#storage/postgres/open.ts");
  const opened = await openPostgresStore({ url: settings.postgres, mode: "create" });
  if (!opened.ok) return opened;
  const store = opened.value;
  return ok({ store, onChange: (callback) => store.onChange(callback) });
}

async function closing(store: RecordStore, refusal: Refusal): Promise<{ ok: false; refusal: Refusal }> {
  await store[Symbol.asyncDispose]();
  return refuse(refusal);
}

/** Of our own bugs and of damage; never of who asked for what. */
function toStandardError(problem: string): void {
  stderr.write(`${problem}\n`);
}

function systemRandom(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
