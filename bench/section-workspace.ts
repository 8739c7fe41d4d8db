/** (f) Opening the workspace in Chromium over a served record, searching, and what pages and bundles weigh. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium, type BrowserContext } from "playwright-core";
import { launchOptions } from "../test/e2e/chromium.ts";
import { interleave, measureWorker, root, say, spread, type Spread, work } from "./measure.ts";
import type { QueryFigures } from "./query-workers.ts";
import type { SearchFigures } from "./search-workers.ts";
import { started } from "./section-http.ts";
import { benchPassphrase, forgetNewcomer, newcomer, newcomerFolder, servedFolder } from "./served-entries.ts";

export type OpenFigures = {
  readonly entries: number;
  /** An empty browser: from the address to the sign-in form, and from the passphrase to the first figures. */
  readonly cold: { readonly form: Spread; readonly figures: Spread };
  /** The same browser again: files and snapshots are on the device. */
  readonly warm: { readonly form: Spread; readonly figures: Spread };
  /** A member who has just joined, in an empty browser: figures from a colleague's books; then until she has checked every entry. */
  readonly newcomer?: { readonly figures: Spread; readonly checked: Spread };
  /** Argon2id alone, in the same browser: what no sign-in can do without. */
  readonly unlock: Spread;
  readonly snapshotMiB: number;
};
/** What the screens ask, of a record in which some entries come from bank files. */
export type QueriesOf = {
  readonly entries: number;
  /** Restoring the sealed index: once in a session. */
  readonly indexMs: number;
  readonly queries: readonly QueryFigures[];
};
export type Weight = {
  readonly name: string;
  readonly kind: string;
  readonly bytes: number;
  readonly brotli: number;
};
export type WorkspaceFigures = {
  readonly opens: readonly OpenFigures[];
  readonly queries: readonly QueriesOf[];
  readonly search: Readonly<Record<string, SearchFigures>>;
  readonly weights: readonly Weight[];
  readonly pages: readonly { readonly path: string; readonly bytes: number }[];
};

export async function measureWorkspace(options: {
  rounds: number;
  quick: boolean;
}): Promise<WorkspaceFigures> {
  const { buildApp } = await import("../scripts/build-app.ts");
  await buildApp({ isRelease: true });
  const opens: OpenFigures[] = [];
  for (const entries of options.quick ? [1_000] : [10_000, 100_000])
    opens.push(await measureOpen(entries, options.rounds));
  const queries: QueriesOf[] = [];
  for (const entries of options.quick ? [1_000] : [10_000, 100_000])
    queries.push(await measureQueries(entries));
  const documents = options.quick ? 5_000 : 100_000;
  say(`(f) search in ${documents} documents`);
  const { runs } = interleave<SearchFigures>(1, {
    aigaq: () => measureWorker<SearchFigures>("search", { documents }),
    ...(existsSync(join(root, "bench/peers/node_modules/minisearch")) && {
      minisearch: () => measureWorker<SearchFigures>("search-minisearch", { documents }),
    }),
  });
  const search: Record<string, SearchFigures> = {};
  for (const [name, [figures]] of runs) if (figures !== undefined) search[name] = figures;
  return { opens, queries, search, weights: weightsOf(join(root, "dist/app")), pages: await weighPages() };
}

async function measureOpen(entries: number, rounds: number): Promise<OpenFigures> {
  say(`(f) opening ${entries} entries`);
  const data = await servedFolder(work, entries);
  const { port, child } = await started("serve-folder", { data });
  const origin = await ready(`http://localhost:${port}`);
  const times = { coldForm: [], coldFigures: [], warmForm: [], warmFigures: [] } as Record<string, number[]>;
  for (let round = 0; round < rounds; round++) {
    say(`  round ${round + 1} of ${rounds}`);
    const profile = mkdtempSync(join(tmpdir(), "aigaq-bench-profile-"));
    for (const state of ["cold", "warm"]) {
      const context = await openChromium(profile);
      const { form, figures } = await openOnce(context, origin);
      times[`${state}Form`]?.push(form);
      times[`${state}Figures`]?.push(figures);
      await context.close();
    }
    rmSync(profile, { recursive: true, force: true });
  }
  const unlock = await measureUnlock(origin, rounds);
  child.kill("SIGTERM");
  const joined = await measureNewcomer(entries, rounds);
  const of = (name: string): Spread => spread(times[name] ?? []);
  return {
    entries,
    cold: { form: of("coldForm"), figures: of("coldFigures") },
    warm: { form: of("warmForm"), figures: of("warmFigures") },
    newcomer: joined,
    unlock,
    snapshotMiB: snapshotMiB(data),
  };
}

/** A server that has just started reads its log first. */
async function ready(origin: string): Promise<string> {
  while ((await fetch(`${origin}/api/foundation`)).status !== 200) await setTimeout(200);
  return origin;
}

async function measureNewcomer(
  entries: number,
  rounds: number,
): Promise<NonNullable<OpenFigures["newcomer"]>> {
  const data = await newcomerFolder(work, entries);
  const times: { readonly figures: number[]; readonly checked: number[] } = { figures: [], checked: [] };
  for (let round = 0; round < rounds; round++) {
    say(`  who has just joined, round ${round + 1} of ${rounds}`);
    forgetNewcomer(data);
    const { port, child } = await started("serve-folder", { data });
    const profile = mkdtempSync(join(tmpdir(), "aigaq-bench-profile-"));
    const context = await openChromium(profile);
    const { figures, checked } = await openOnce(context, await ready(`http://localhost:${port}`), newcomer);
    times.figures.push(figures);
    times.checked.push(checked);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    child.kill("SIGTERM");
  }
  return { figures: spread(times.figures), checked: spread(times.checked) };
}

/** Asked in Node, over the server, so that the browser's own work is left out; the server runs in a process of its own. */
export async function measureQueries(entries: number): Promise<QueriesOf> {
  say(`(f) what screens ask of ${entries} entries`);
  const data = await servedFolder(work, entries, { bankFiles: Math.round(entries / 333) });
  const { port, child } = await started("serve-folder", { data });
  const origin = await ready(`http://localhost:${port}`);
  // The first session on a device makes the index; later ones find it.
  measureWorker<QueriesOf>("queries", { origin, times: 1 });
  const { indexMs, queries } = measureWorker<QueriesOf>("queries", { origin, times: 20 });
  child.kill("SIGTERM");
  return { entries, indexMs, queries };
}

function openChromium(profile: string, bypassCSP = false): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    bypassCSP,
    ...launchOptions,
    locale: "en-GB",
    viewport: { width: 1280, height: 800 },
  });
}

type Seen = { form?: number; sent?: number; figures?: number; checking?: boolean; checked?: number };

/** Notes in the page when something stood there: Playwright looks only every half second when it has waited for long. */
function noteTimes(lastAppeal: string): void {
  const seen: Seen = {};
  (globalThis as { seen?: Seen }).seen = seen;
  new MutationObserver(() => {
    // The line that says whose figures they are goes when every entry was checked.
    const isChecking = document.querySelector("aside.strip") !== null;
    if (isChecking) seen.checking = true;
    else if (seen.checking === true) seen.checked ??= performance.now();
    if (document.querySelector('input[type="password"]') !== null) seen.form ??= performance.now();
    if (seen.sent !== undefined && document.body.textContent.includes(lastAppeal))
      seen.figures ??= performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true });
  addEventListener("submit", () => (seen.sent ??= performance.now()), true);
}

/** As a person does it, but without the typing: the clock stands still between form and passphrase. */
async function openOnce(
  context: BrowserContext,
  origin: string,
  who = "M-01",
): Promise<{ form: number; figures: number; checked: number }> {
  const page = context.pages()[0] ?? (await context.newPage());
  // The last appeal stands in the list, with its sums.
  await page.addInitScript(noteTimes, "A-2025-040");
  await page.goto(`${origin}/app/appeals`);
  const passphrase = page.locator('input[type="password"]');
  await passphrase.waitFor();
  const member = page.getByRole("textbox").first();
  if ((await member.count()) > 0 && (await member.isEditable())) await member.fill(who);
  await passphrase.fill(benchPassphrase);
  await passphrase.press("Enter");
  await page.getByText("A-2025-040").first().waitFor({ timeout: 120_000 });
  if (who === newcomer)
    await page.waitForFunction(() => (globalThis as { seen?: Seen }).seen?.checked !== undefined, undefined, {
      timeout: 600_000,
    });
  const {
    form = Number.NaN,
    sent = Number.NaN,
    figures = Number.NaN,
    checked = Number.NaN,
  } = await page.evaluate(() => (globalThis as { seen?: Seen }).seen ?? {});
  // The device keeps what it read when the desk has nothing better to do.
  await page.waitForTimeout(3000);
  return { form, figures: figures - sent, checked: checked - sent };
}

/** Argon2id as the workspace computes it, in a page of its own. */
async function measureUnlock(origin: string, rounds: number): Promise<Spread> {
  const profile = mkdtempSync(join(tmpdir(), "aigaq-bench-profile-"));
  // The page's own policy forbids what the benchmark does here.
  const context = await openChromium(profile, true);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/app/`);
  const source = readFileSync(join(root, "node_modules/hash-wasm/dist/argon2.umd.min.js"), "utf8");
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const ms = await page
      .evaluate(
        async ({ source, isFirst }) => {
          // oxlint-disable-next-line no-eval -- the library's own file, in a page of the benchmark
          if (isFirst) (0, eval)(source);
          const { argon2id } = (
            globalThis as unknown as { hashwasm: { argon2id(o: object): Promise<unknown> } }
          ).hashwasm;
          const begun = performance.now();
          await argon2id({
            password: "four words not these",
            salt: new Uint8Array(16),
            memorySize: 65_536,
            iterations: 3,
            parallelism: 4,
            hashLength: 32,
            outputType: "binary",
          });
          return performance.now() - begun;
        },
        { source, isFirst: round === 0 },
      )
      .catch(() => Number.NaN);
    if (round > 0) times.push(ms);
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  return spread(times.filter((ms) => !Number.isNaN(ms)));
}

function snapshotMiB(data: string): number {
  const folder = join(data, "cache");
  if (!existsSync(folder)) return 0;
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return Math.round((bytes / 2 ** 20) * 10) / 10;
}

/** Each built file over 2 kB, and the sums of what the first screen needs. */
function weightsOf(folder: string): Weight[] {
  const assets = join(folder, "assets");
  const weights: Weight[] = [];
  for (const name of readdirSync(assets)) {
    if (!/\.(?:js|css)$/u.test(name)) continue;
    const bytes = statSync(join(assets, name)).size;
    const packed = join(assets, `${name}.br`);
    const brotli = existsSync(packed) ? statSync(packed).size : bytes;
    weights.push({
      name: name.replace(/-[\w-]{8}(\.\w+)$/u, "$1"),
      kind: name.endsWith(".css") ? "css" : "js",
      bytes,
      brotli,
    });
  }
  return weights.toSorted((a, b) => b.brotli - a.brotli);
}

/** What each public page of the sample weighs over the wire, style sheet included. */
async function weighPages(): Promise<{ path: string; bytes: number }[]> {
  const { port, child } = await started("serve-site", {});
  const packed = async (path: string): Promise<number> => {
    const response = await fetch(`http://localhost:${port}${path}`, { headers: { "Accept-Encoding": "br" } });
    const length = Number(response.headers.get("content-length") ?? "0");
    await response.arrayBuffer();
    return length;
  };
  const front = await (await fetch(`http://localhost:${port}/ru/`)).text();
  const style = /href="(\/site\.[^"]+\.css)"/u.exec(front)?.[1];
  const styleBytes = style === undefined ? 0 : await packed(style);
  const pages: { path: string; bytes: number }[] = [];
  for (const language of ["kk", "ru", "en"])
    for (const page of ["", "appeals", "appeals/A-2025-003", "check", "corrections", "freezes"]) {
      const path = `/${language}/${page}`;
      pages.push({ path, bytes: (await packed(path)) + styleBytes });
    }
  child.kill("SIGTERM");
  return pages;
}
