/** The process of the queries in (f): a desk in Node asks a served record what each screen asks. */
import process from "node:process";
import { anyCall, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import { benchPassphrase, deskAt } from "./served-entries.ts";

export type QueryFigures = {
  /** Such as "matching.queue". */
  readonly name: string;
  /** What was asked, in short. */
  readonly about: string;
  /** The first time: what is not on the device yet comes from the server, and nothing is compiled. */
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of the desk's process, each time; the server has its own. */
  readonly cpuMs: number;
};

function query<N extends CallName>(name: N, input: CallInput<N>, about = "") {
  return { name, input, about };
}

const id = "A-2025-003";
const queries = [
  query("overview.page", {}),
  query("appeals.list", {}),
  query("appeals.page", { id }),
  query("appeals.entries", { id }),
  query("appeals.gifts", { id, most: 50 }, "the latest 50"),
  query("appeals.covers", { id, most: 50 }, "the latest 50"),
  query("appeals.events", { id, most: 12 }, "the latest 12"),
  query("matching.queue", { most: 50 }, "50 of each list"),
  query("matching.donors", { most: 50 }, "of 50 gifts"),
  query("matching.unsigned", { text: "", most: 50 }, "the latest 50"),
  query("accounts.overview", {}),
  query("accounts.transfers", { most: 50 }, "the latest 50"),
  query("spending.list", { show: "all", most: 200 }, "the last 200"),
  query("spending.waiting", {}),
  query("spending.choices", {}),
  query("spending.page", { id: "S-2025-077" }),
  query("posts.list", {}),
  query("periods.weeks", {}),
  query("periods.report", { from: "2025-01-01", to: "2025-12-31" }, "a year"),
  query("command.preview", { name: "period.close", input: { week: "2022-W10" } }, "closing a week"),
  query("activity.list", { limit: 50, filter: {} }, "50 entries"),
  query("activity.list", { limit: 50, filter: { kinds: ["appeal"] } }, "50 of a rare kind"),
  query("activity.list", { limit: 50, filter: { about: id } }, "50 about an appeal"),
  query("activity.entry", { index: 500 }),
  query("activity.notices", {}),
  query("imports.files", {}),
  query("dossiers.subjects", {}),
  query("members.list", {}),
];

/** Each query of a screen, once the books are open: first once, then as often as asked. */
export async function askQueries({
  origin,
  times,
}: {
  origin: string;
  times: number;
}): Promise<{ readonly indexMs: number; readonly queries: readonly QueryFigures[] }> {
  const desk = deskAt(origin);
  const ask = (name: string, input: unknown): Promise<unknown> =>
    anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));
  await ask("sign-in", { member: "M-01", key: { kind: "passphrase", passphrase: benchPassphrase } });
  await desk.session.books({ withDays: true });
  const begun = performance.now();
  await desk.session.index();
  const indexMs = performance.now() - begun;
  const figures: QueryFigures[] = [];
  for (const { name, input, about } of queries) {
    const timesMs: number[] = [];
    let firstMs = 0;
    let cpu = process.cpuUsage();
    for (let time = 0; time <= times; time++) {
      const asked = performance.now();
      await ask(name, input);
      if (time > 0) timesMs.push(performance.now() - asked);
      else {
        firstMs = performance.now() - asked;
        cpu = process.cpuUsage();
      }
    }
    const { user, system } = process.cpuUsage(cpu);
    timesMs.sort((a, b) => a - b);
    const at = (share: number): number => timesMs[Math.ceil((timesMs.length - 1) * share)] ?? Number.NaN;
    figures.push({
      name,
      about,
      firstMs,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      cpuMs: (user + system) / 1000 / times,
    });
  }
  desk.close();
  return { indexMs, queries: figures };
}
