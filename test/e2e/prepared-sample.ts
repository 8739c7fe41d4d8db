/** The sample foundation as data of a server, made once for the same sources: each test serves a copy of it. */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { expectOk } from "#record/result.ts";
import { openServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import { NodeDesk, sampleReceipts } from "./founded.ts";
import { builtApp, serveApp, type ServedApp } from "./served-app.ts";

const root = resolve(import.meta.dirname, "../..");

/** The server's data folder with everything of the sample on the record, receipts attached. */
export async function preparedSample(): Promise<string> {
  const app = await builtApp();
  const hash = createHash("sha256").update(readFileSync(join(app, ".sources")));
  for (const path of globSync("test/{e2e/founded.ts,books/sample-foundation.ts,samples/foundation/*}", {
    cwd: root,
  }).toSorted())
    hash.update(readFileSync(join(root, path)));
  const wanted = hash.digest("hex");
  const folder = join(root, ".cache/e2e/sample");
  const receipt = join(folder, "sources");
  if (existsSync(receipt) && readFileSync(receipt, "utf8") === wanted) return join(folder, "data");
  const fresh = `${folder}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const given = { host: "localhost", port: 0, data: join(fresh, "data") };
  const settings = expectOk(readSettings({ environment: {}, folder: fresh, given }));
  const server = expectOk(await openServer({ settings }));
  using desk = new NodeDesk(server.address);
  await desk.found();
  await desk.importSample(sampleReceipts());
  await desk.closeWeeks(4);
  await server.stop();
  writeFileSync(join(fresh, "sources"), wanted);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return join(folder, "data");
}

/** A server that holds the whole sample; its officer is M-01 with the passphrase of `founded.ts`. */
export async function serveSample(browser: Browser): Promise<ServedApp> {
  return serveApp(browser, { data: await preparedSample() });
}
