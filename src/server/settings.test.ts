// A setting that is mistyped and ignored could open a server to the world.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { readSettings, settingsTable } from "./settings.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aigaq-settings-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const code = (environment: Record<string, string>, file?: string) => {
  const read = readSettings({ environment, folder, file });
  return read.ok ? "read" : read.refusal.code;
};

test("without any, the server is reached from this machine alone", () => {
  const settings = expectOk(readSettings({ environment: {}, folder }));
  expect(settings).toMatchObject({ host: "localhost", port: 8080, proxies: 0, postgres: undefined });
  expect(settings.data).toBe(join(folder, "data"));
});

test("the environment is stronger than the file", () => {
  const file = join(folder, "aigaq.json");
  writeFileSync(file, JSON.stringify({ port: 9000, origin: "https://AIGAQ.example.invalid" }));
  const settings = expectOk(
    readSettings({ environment: { AIGAQ_PORT: "9001" }, folder, file: "aigaq.json" }),
  );
  expect(settings).toMatchObject({ port: 9001, origin: "https://aigaq.example.invalid" });
  expect(code({ AIGAQ_SETTINGS: "aigaq.json" })).toBe("read");
});

test("an unknown name, a wrong value and an unreadable file are refused by name", () => {
  const file = (text: string) => {
    writeFileSync(join(folder, "settings.json"), text);
    return "settings.json";
  };
  expect(code({ AIGAQ_PROT: "8080" })).toBe("setting-unknown");
  expect(code({ AIGAQ_LANG: "kk", HOME: "/" })).toBe("read");
  expect(code({}, file('{"prot": 8080}'))).toBe("setting-unknown");
  expect(code({}, file('{"port": [8080]}'))).toBe("setting-wrong");
  expect(code({}, file("port = 8080"))).toBe("settings-unreadable");
  expect(code({}, file("[]"))).toBe("settings-unreadable");
  expect(code({}, "missing.json")).toBe("settings-unreadable");
  for (const [name, value] of [
    ["AIGAQ_PORT", "65536"],
    ["AIGAQ_HOST", "local host"],
    ["AIGAQ_DATA", ""],
    ["AIGAQ_POSTGRES", "mysql://x"],
    ["AIGAQ_ORIGIN", "https://aigaq.example/path"],
    ["AIGAQ_PROXIES", "many"],
    ["AIGAQ_APP", ""],
    ["AIGAQ_VERIFIER", ""],
    ["AIGAQ_IDLE_HOURS", "0"],
    ["AIGAQ_UPLOAD_HOURS", "1.5"],
    ["AIGAQ_FILE_BYTES_MAX", "2147483649"],
  ] as const)
    expect([name, code({ [name]: value })]).toEqual([name, "setting-wrong"]);
});

test("every setting is in the reference", () => {
  const page = readFileSync(new URL("../../docs/reference/settings.md", import.meta.url), "utf8");
  for (const { environment, json } of Object.values(settingsTable)) {
    expect(page).toContain(`\`${environment}\``);
    expect(page).toContain(`\`${json}\``);
  }
});
