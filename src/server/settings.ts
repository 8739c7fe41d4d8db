/** The settings of the server: each from the environment, else from one JSON file, else the default. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Refusal, Result } from "#record/result.ts";
import { ok, refuse } from "#record/result.ts";

export type Settings = {
  readonly host: string;
  readonly port: number;
  /** Folder of everything the server keeps on this machine: SQLite file, files, keys, caches. */
  readonly data: string;
  /** `postgres://…` instead of the SQLite file. */
  readonly postgres: string | undefined;
  /** The address people type, `https://aigaq.example`, without a slash at the end. */
  readonly origin: string | undefined;
  /** Number of reverse proxies in front, whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly proxies: number;
  /** Built workspace, and the folder that holds `verify.html`. */
  readonly app: string;
  readonly verifier: string;
  readonly idleHours: number;
  readonly uploadHours: number;
  readonly fileBytesMax: number;
};

/** `settings-unreadable`: the file is none or no JSON. `setting-unknown`: a name that is no setting. `setting-wrong`: a value. */
export type SettingsRefusal = Refusal<"settings-unreadable" | "setting-unknown" | "setting-wrong">;

type Setting<T> = {
  /** Name in the environment; in the file it is `json`. */
  readonly environment: string;
  readonly json: string;
  readonly byDefault: T;
  /** For docs/reference/settings.md and for the sentence of a refusal. */
  readonly form: string;
  read(text: string): T | undefined;
};

const gib = 1024 ** 3;

export const settingsTable: { readonly [K in keyof Settings]: Setting<Settings[K]> } = {
  host: {
    environment: "AIGAQ_HOST",
    json: "host",
    byDefault: "localhost",
    form: "a host name or address to listen on; 0.0.0.0 for all",
    read: (text) => (/^[A-Za-z0-9._:-]{1,255}$/u.test(text) ? text : undefined),
  },
  port: {
    environment: "AIGAQ_PORT",
    json: "port",
    byDefault: 8080,
    form: "a port from 0 to 65535; 0 lets the system choose",
    read: (text) => wholeNumber(text, 0, 65_535),
  },
  data: {
    environment: "AIGAQ_DATA",
    json: "data",
    byDefault: "data",
    form: "a folder",
    read: (text) => (text === "" ? undefined : text),
  },
  postgres: {
    environment: "AIGAQ_POSTGRES",
    json: "postgres",
    byDefault: undefined,
    form: "an address that begins with postgres:// or postgresql://",
    read: (text) => (/^postgres(?:ql)?:\/\/\S+$/u.test(text) ? text : undefined),
  },
  origin: {
    environment: "AIGAQ_ORIGIN",
    json: "origin",
    byDefault: undefined,
    form: "http:// or https:// and a host, without a path",
    read: (text) => (/^https?:\/\/[A-Za-z0-9.[\]:-]+$/u.test(text) ? text.toLowerCase() : undefined),
  },
  proxies: {
    environment: "AIGAQ_PROXIES",
    json: "proxies",
    byDefault: 0,
    form: "a number from 0 to 9",
    read: (text) => wholeNumber(text, 0, 9),
  },
  app: {
    environment: "AIGAQ_APP",
    json: "app",
    byDefault: "dist/app",
    form: "a folder",
    read: (text) => (text === "" ? undefined : text),
  },
  verifier: {
    environment: "AIGAQ_VERIFIER",
    json: "verifier",
    byDefault: "dist/verify.html",
    form: "a file",
    read: (text) => (text === "" ? undefined : text),
  },
  idleHours: {
    environment: "AIGAQ_IDLE_HOURS",
    json: "idleHours",
    byDefault: 12,
    form: "a number of hours from 1 to 720",
    read: (text) => wholeNumber(text, 1, 720),
  },
  uploadHours: {
    environment: "AIGAQ_UPLOAD_HOURS",
    json: "uploadHours",
    byDefault: 24,
    form: "a number of hours from 1 to 720",
    read: (text) => wholeNumber(text, 1, 720),
  },
  fileBytesMax: {
    environment: "AIGAQ_FILE_BYTES_MAX",
    json: "fileBytesMax",
    byDefault: 2 * gib,
    form: "a number of bytes from 1 to 2147483648",
    read: (text) => wholeNumber(text, 1, 2 * gib),
  },
};

/** Names in the environment that begin as ours do but belong to other commands; see docs/reference/cli.md. */
const otherPrograms = new Set([
  "AIGAQ_PASSPHRASE",
  "AIGAQ_NEW_PASSPHRASE",
  "AIGAQ_LANG",
  "AIGAQ_WITNESSED",
  "AIGAQ_SETTINGS",
]);

export type SettingsSource = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** The settings file; AIGAQ_SETTINGS names it when this does not. */
  readonly file?: string | undefined;
  /** Stronger than everything else: flags of the command line. */
  readonly given?: Partial<Settings>;
};

/** Reads all settings. An unknown name is refused: a mistyped one that were ignored could open a server to the world. */
export function readSettings(source: SettingsSource): Result<Settings, SettingsRefusal> {
  const { environment, folder, given = {} } = source;
  const file = source.file ?? environment["AIGAQ_SETTINGS"];
  const fromFile = file === undefined ? ok(new Map<string, string>()) : readFile(resolve(folder, file));
  if (!fromFile.ok) return fromFile;
  const byEnvironment = new Set(Object.values(settingsTable).map((setting) => setting.environment));
  const unknown = Object.keys(environment).find(
    (name) => name.startsWith("AIGAQ_") && !byEnvironment.has(name) && !otherPrograms.has(name),
  );
  if (unknown !== undefined)
    return refuse({ code: "setting-unknown", message: `There is no setting "${unknown}".`, name: unknown });

  const settings: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settingsTable) as [keyof Settings, Setting<unknown>][]) {
    const text = environment[setting.environment] ?? fromFile.value.get(setting.json);
    if (text === undefined) settings[name] = setting.byDefault;
    else {
      const value = setting.read(text);
      if (value === undefined)
        return refuse({
          code: "setting-wrong",
          message: `Setting "${setting.environment}" has a wrong value; see what it must be: ${setting.form}.`,
          name: setting.environment,
        });
      settings[name] = value;
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member was just read by its own reader
  const all = { ...(settings as Settings), ...given };
  return ok({
    ...all,
    data: resolve(folder, all.data),
    app: resolve(folder, all.app),
    verifier: resolve(folder, all.verifier),
  });
}

function readFile(path: string): Result<ReadonlyMap<string, string>, SettingsRefusal> {
  if (!existsSync(path))
    return refuse({ code: "settings-unreadable", message: `${path}: there is no such file.`, path });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return refuse({ code: "settings-unreadable", message: `${path}: not JSON.`, path });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return refuse({ code: "settings-unreadable", message: `${path}: not an object of settings.`, path });
  const known = new Set(Object.values(settingsTable).map((setting) => setting.json));
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(json)) {
    if (!known.has(name))
      return refuse({ code: "setting-unknown", message: `${path}: there is no setting "${name}".`, name });
    if (typeof value !== "string" && typeof value !== "number")
      return refuse({
        code: "setting-wrong",
        message: `${path}: "${name}" must be a text or a number.`,
        name,
      });
    texts.set(name, String(value));
  }
  return ok(texts);
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,12}$/u.test(text) ? Number(text) : -1;
  return value >= min && value <= max ? value : undefined;
}
