/**
 * What the browser tests stand on: the built workspace on a real server over an empty folder, a network that can be cut, and
 * visitors in Chromium whose every complaint is kept.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import type { Language } from "#language/language.ts";
import { expectOk } from "#record/result.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import { buildApp } from "../../scripts/build-app.ts";
import { Relay } from "./relay.ts";
import { Visitor, type Device } from "./visitor.ts";

const root = resolve(import.meta.dirname, "../..");

let built: Promise<string> | undefined;

/** The workspace as it is now, built once for all test files; beside dist/app, which a running server may be serving. */
export function builtApp(): Promise<string> {
  built ??= (async () => {
    const into = join(root, ".cache/e2e/app");
    mkdirSync(join(root, ".cache/e2e"), { recursive: true });
    await buildApp({ into });
    return into;
  })();
  return built;
}

export type VisitOptions = {
  readonly language: Language;
  readonly device?: Device;
  readonly isDark?: boolean;
  /** Only for the one who brings scripts of her own, such as axe. */
  readonly hasNoPolicy?: boolean;
};

export type ServedApp = AsyncDisposable & {
  readonly server: RunningServer;
  readonly relay: Relay;
  readonly folder: string;
  /** What the server told its operator; nothing in a test that goes well. */
  readonly reports: readonly string[];
  /** A new browser profile in front of the first page. */
  visit(options: VisitOptions): Promise<Visitor>;
};

export type ServeOptions = {
  /** The relay keeps a copy of everything. */
  readonly isRecording?: boolean;
  /** A data folder to begin with; it is copied. */
  readonly data?: string;
};

/** Starts a server over an empty folder, or a copy of a prepared one, with a relay before it. */
export async function serveApp(
  browser: Browser,
  { isRecording = false, data }: ServeOptions = {},
): Promise<ServedApp> {
  const app = await builtApp();
  const folder = mkdtempSync(join(tmpdir(), "aigaq-e2e-"));
  if (data !== undefined) cpSync(data, join(folder, "data"), { recursive: true });
  const reports: string[] = [];
  const settings = expectOk(
    readSettings({
      environment: {},
      folder,
      given: {
        host: "localhost",
        port: 0,
        data: join(folder, "data"),
        app,
        verifier: join(app, "verifiers/verify.html"),
      },
    }),
  );
  const server = expectOk(await openServer({ settings, report: (problem) => void reports.push(problem) }));
  const relay = await Relay.to(server.address, { isRecording });
  const visitors: Visitor[] = [];
  return {
    server,
    relay,
    folder,
    reports,
    async visit(options) {
      const visitor = await Visitor.arrive(browser, relay, options);
      visitors.push(visitor);
      return visitor;
    },
    async [Symbol.asyncDispose]() {
      for (const visitor of visitors) await visitor.leave();
      await relay[Symbol.asyncDispose]();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
