import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { logKeyPath } from "#server/log-key.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings, type Settings } from "#server/settings.ts";
import { Failure, refused } from "#session/refusals/failure.ts";
import type { Call } from "../commands.ts";
import { keepWitnessed, membersWithKeyrings, readWitnessed } from "../session/data-folder.ts";
import { print } from "../terminal.ts";
import type { Words } from "../words/language.ts";

/** Serves a data folder over HTTP until it is told to stop (SIGTERM, or Ctrl+C). */
export async function run({ args, words }: Call): Promise<void> {
  const given: Record<string, string> = {};
  for (const [flag, variable] of flagVariables) {
    const value = args.text(flag);
    if (value !== undefined) given[variable] = value;
  }
  await serve({
    // A flag is stronger than the environment and the settings file.
    environment: { ...process.env, ...given },
    file: args.text("settings"),
    words,
  });
}

const flagVariables = [
  ["data", "AIGAQ_DATA"],
  ["host", "AIGAQ_HOST"],
  ["port", "AIGAQ_PORT"],
] as const;

/** As `run`, for `npm start`, which has built what is served before. */
export async function serve(call: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file?: string | undefined;
  readonly words: Words;
  /** Makes what is to be served; told of settings that are wrong, nobody wants to wait for it. */
  readonly build?: () => Promise<void>;
}): Promise<void> {
  const { words } = call;
  const settings = readSettings({ environment: call.environment, folder: process.cwd(), file: call.file });
  if (!settings.ok) throw refused(settings.refusal);
  if (call.build !== undefined) {
    print(words.serveBuilding);
    await call.build();
  }
  insistOnPrepared(settings.value.data, words);
  const opened = await openServer({
    settings: settings.value,
    witnessed: (origin) => readWitnessed(settings.value.data, origin, words),
  });
  if (!opened.ok) throw refused(opened.refusal);
  const server = opened.value;
  keepLastState(server);
  printAddresses(server, settings.value, words);
  const { host, state } = server.services;
  if (host.size > 0 && (await state.count("member/")) === 0)
    print(words.serveNobodyEnrolled(settings.value.data));
  const told = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
  try {
    // A log that is not what its checkpoint covers ends the server; whatever is asked of it until then waits.
    await Promise.race([told, server.ready]);
    await told;
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  print(words.serveStopping);
  await server.stop();
  print(words.serveStopped);
}

/**
 * In a folder that `aigaq init` made, the log's key lies in the officer's keyring, and no server opens that: it must be handed
 * over once.
 */
function insistOnPrepared(folder: string, words: Words): void {
  if (existsSync(logKeyPath(folder)) || !existsSync(join(folder, "aigaq.db"))) return;
  if (membersWithKeyrings(folder).length > 0)
    throw new Failure("folder-not-prepared", words.serveNotPrepared(folder));
}

/** Where AIGAQ_WITNESSED names a folder elsewhere, the last state of the log is kept there too, once a second at most. */
function keepLastState({ services: { host, logKey } }: RunningServer): void {
  let timer: NodeJS.Timeout | undefined;
  host.onGrowth(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const checkpoint = host.checkpoint();
      if (checkpoint !== undefined) keepWitnessed(logKey.origin, checkpoint);
    }, 1_000);
  });
}

function printAddresses({ address, services }: RunningServer, settings: Settings, words: Words): void {
  const shown = settings.origin ?? address;
  print(words.serveAddress(shown));
  print(words.serveWorkspace(`${shown}/app/`));
  print(words.serveData(settings.data));
  const isOpenToOthers =
    !/^http:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/u.test(address) ||
    settings.host === "0.0.0.0" ||
    settings.host === "::" ||
    settings.origin !== undefined ||
    settings.proxies > 0;
  if (services.host.size === 0 && isOpenToOthers) print(words.serveStartCode(services.startCode));
  print(words.serveHowToStop("Ctrl+C"));
}
