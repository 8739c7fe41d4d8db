// The program as an operator runs it: told to stop, and killed, in the middle of a hundred appends.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { collect } from "#storage/conformance.ts";
import { projectRoot } from "#test/cli/aigaq.ts";
import { Person, type Served, expectStatus } from "./served.ts";

let folder: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aigaq-serve-"));
});

afterEach(() => {
  running?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

type Program = { readonly address: string; readonly ended: Promise<number | null>; out(): string };

/** Starts `aigaq serve` and waits until it says where it listens. */
function start(data: string): Promise<Program> {
  return new Promise((resolve, reject) => {
    const program = join(projectRoot, "src/cli/main.ts");
    const child = spawn(process.execPath, [program, "serve", "--data", data, "--port", "0"], {
      env: { PATH: process.env["PATH"], AIGAQ_LANG: "en" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running = child;
    let out = "";
    const ended = new Promise<number | null>((done) => child.once("close", done));
    const look = (text: string) => {
      out += text;
      const address = /public site: +(http:\S+)/u.exec(out)?.[1];
      if (address !== undefined && out.includes("Ctrl+C")) resolve({ address, ended, out: () => out });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", look);
    void ended.then((code) => reject(new Error(`ended with ${code}: ${out}`)));
  });
}

/** A person at the program; it is another process, so only its address is known of it. */
async function personAt(address: string): Promise<Person> {
  const { logKey } = (await (await fetch(`${address}/api/foundation`)).json()) as { logKey: string };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a Person asks for no more than this
  const served = { address, server: { services: { logKey: { vkey: logKey } } } } as unknown as Served;
  return new Person(served, "M-01");
}

async function storedJwts(data: string): Promise<ReadonlySet<string>> {
  await using store = expectOk(await openSqliteStore({ folder: data, mode: "read" }));
  expect(overallVerdict(await checkLog(store))).toBe("held");
  return new Set((await collect(store.entries(0, 10_000))).map(({ jwt }) => jwt));
}

test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "%s in the middle of appends loses no acknowledged entry",
  async (signal) => {
    const data = join(folder, "data");
    const program = await start(data);
    const officer = await personAt(program.address);
    expect((await officer.found()).status).toBe(200);
    const entries = Array.from({ length: 120 }, (_, i) => officer.issue({ pub: { i, signal } }));
    const sent = entries.map(async (entry) => {
      try {
        return (await officer.append([entry])).status;
      } catch {
        return undefined;
      }
    });
    await sent[20];
    const told = performance.now();
    running?.kill(signal);
    const code = await program.ended;
    // Connections that browsers keep open for later are no reason to wait.
    expect(performance.now() - told).toBeLessThan(8_000);
    if (signal !== "SIGKILL") {
      expect(code).toBe(0);
      expect(program.out()).toContain("Stopped.");
    }
    const statuses = await Promise.all(sent);
    const stored = await storedJwts(data);
    const acknowledged = entries.filter((_, i) => statuses[i] === 200);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { jwt } of acknowledged) expect(stored.has(jwt)).toBe(true);

    // And it goes on from there, for whoever is still signed in.
    const again = await start(data);
    const back = await personAt(again.address);
    back.genesis = officer.genesis;
    back.cookie = officer.cookie;
    await expectStatus(back.append([back.issue()], { expectedSize: stored.size }), 200);
  },
);

test("a log that was changed behind its back ends the program, which says so", async () => {
  const data = join(folder, "data");
  const program = await start(data);
  const officer = await personAt(program.address);
  expect((await officer.found()).status).toBe(200);
  await expectStatus(officer.append(Array.from({ length: 300 }, () => officer.issue())), 200);
  running?.kill("SIGTERM");
  expect(await program.ended).toBe(0);
  const db = new DatabaseSync(join(data, "aigaq.db"));
  db.exec("UPDATE entries SET jwt = (SELECT jwt FROM entries WHERE idx = 8) WHERE idx = 9");
  db.close();
  const again = await start(data).catch((cause: unknown) => String(cause));
  // It may have said where it listens before it had read so far.
  const said = typeof again === "string" ? again : `ended with ${await again.ended}: ${again.out()}`;
  expect(said).toContain("ended with 1:");
  expect(said).toContain("the entries are not those that the signed checkpoint covers");
  expect(said).not.toContain("Stopped.");
});
