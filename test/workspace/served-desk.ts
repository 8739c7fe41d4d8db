/** A real server on a free port, and desks over it that keep cookies as a browser does. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectOk, type Refusal, type Result } from "#record/result.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import { commandNamed } from "#workspace/desk/commands.ts";
import type { Command } from "#workspace/desk/command.ts";
import { Desk, type DeskEvent } from "#workspace/desk/desk.ts";
import type { LocalStore } from "#workspace/desk/local-store.ts";
import { fetchWithCookies } from "./cookies.ts";

export const passphrase = "four words not these";

export type ServedFoundation = {
  readonly server: RunningServer;
  readonly folder: string;
  /** Cuts and restores the connection of every desk. */
  online: boolean;
  /** A path at which what is sent gets lost before the server hears of it. */
  notReached: string | undefined;
  /** Between server and desks: may alter an answer. */
  meddle: (path: string, response: Response) => Promise<Response> | Response;
  /** `local`: the device of an earlier desk. */
  newDesk(
    commands?: Readonly<Record<string, Command<never>>>,
    local?: LocalStore,
  ): {
    readonly desk: Desk;
    readonly events: DeskEvent[];
  };
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts a server over an empty folder. */
export async function serveEmpty(): Promise<ServedFoundation> {
  return serveFolder(mkdtempSync(join(tmpdir(), "aigaq-desk-")));
}

/** Starts a server over `folder`/data; the folder goes with it unless it is to be kept. */
export async function serveFolder(folder: string, { isKept = false } = {}): Promise<ServedFoundation> {
  const settings = expectOk(
    readSettings({
      environment: {},
      folder,
      given: { host: "127.0.0.1", port: 0, data: join(folder, "data") },
    }),
  );
  const server = expectOk(await openServer({ settings }));
  const served: ServedFoundation = {
    server,
    folder,
    online: true,
    notReached: undefined,
    meddle: (_, response) => response,
    newDesk(commands = {}, local?: LocalStore) {
      const events: DeskEvent[] = [];
      const fetchKept = fetchWithCookies(server.address);
      const desk = new Desk({
        origin: server.address,
        tell: (event) => void events.push(event),
        ...(local !== undefined && { local }),
        now: () => Date.now(),
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test gives each command its own input
        command: (name) => (commands[name] as Command<unknown> | undefined) ?? commandNamed(name),
        fetcher: async (input, init) => {
          const { pathname } = new URL(String(input));
          const isRead = (init?.method ?? "GET") === "GET";
          if (!served.online || (pathname === served.notReached && !isRead))
            throw new TypeError("no connection");
          const response = await fetchKept(input, init);
          return served.meddle(pathname, response);
        },
      });
      return { desk, events };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      if (!isKept) rmSync(folder, { recursive: true, force: true });
    },
  };
  return served;
}

/** Starts an invented foundation at a desk; its officer M-01 has {@link passphrase}. */
export async function foundAt(desk: Desk, { rehearsed = true } = {}): Promise<void> {
  await anyCall["foundation.prepare"]?.(desk, {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: { kind: "passphrase", passphrase },
    recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
  });
  const started = await anyCall["foundation.start"]?.(desk, { rehearsed });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the answer of this call
  expectOk(started as Result<unknown, Refusal>);
}
