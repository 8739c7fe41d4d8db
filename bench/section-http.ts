/** (e) A public page against bare node:http with the same bytes, and appending through HTTP. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import type { LoadFigures, LoadTask } from "./http-load.ts";
import { measureWorker, root, say, spread, type Spread } from "./measure.ts";

export type PageFigures = {
  readonly path: string;
  readonly encoding: string;
  readonly bytes: number;
  readonly connections: number;
  readonly ours: { readonly perSecond: Spread; readonly p99Ms: Spread };
  readonly floor: { readonly perSecond: Spread; readonly p99Ms: Spread };
  readonly ofFloor: number;
};
export type AppendFigures = {
  readonly clients: number;
  readonly perRequest: number;
  readonly entries: number;
  readonly perSecond: number;
  readonly p99Ms: number;
};
export type HttpFigures = {
  readonly pages: readonly PageFigures[];
  readonly appends: readonly AppendFigures[];
};

const path = "/ru/appeals/A-2025-003";
const connections = 32;

export async function measureHttp(options: { rounds: number; quick: boolean }): Promise<HttpFigures> {
  const seconds = options.quick ? 2 : 5;
  const pages: PageFigures[] = [];
  for (const encoding of ["br", "identity"]) {
    say(`(e) ${path}, ${encoding}`);
    const ours = await started("serve-site", {});
    const answer = await fetch(`http://localhost:${ours.port}${path}`, {
      headers: { "Accept-Encoding": encoding },
    });
    await answer.arrayBuffer();
    const floor = await started("serve-bare", { from: ours.port, path, encoding });
    const figures: Record<"ours" | "floor", LoadFigures[]> = { ours: [], floor: [] };
    for (let round = 0; round < options.rounds; round++) {
      for (const [name, { port }] of [
        ["ours", ours],
        ["floor", floor],
      ] as const) {
        say(`  ${name}, round ${round + 1} of ${options.rounds}`);
        const task: LoadTask = { port, path, connections, seconds, acceptEncoding: encoding };
        figures[name].push(measureWorker<LoadFigures>("http-load", task));
      }
    }
    for (const { child } of [ours, floor]) child.kill("SIGTERM");
    const of = (name: "ours" | "floor") => ({
      perSecond: spread(figures[name].map((one) => one.perSecond)),
      p99Ms: spread(figures[name].map((one) => one.p99Ms)),
    });
    pages.push({
      path,
      encoding,
      bytes: figures.ours[0]?.bodyBytes ?? 0,
      connections,
      ours: of("ours"),
      floor: of("floor"),
      ofFloor: of("ours").perSecond.median / of("floor").perSecond.median,
    });
  }
  const appends: AppendFigures[] = [];
  for (const [clients, perRequest] of [
    [1, 1],
    [8, 1],
    [64, 1],
    [1, 256],
    [8, 256],
  ] as const) {
    say(`(e) append, ${clients} clients, ${perRequest} entries at once`);
    // One by one, no more than a member may send at once: beyond, the server asks for patience and that is what was measured.
    const entries = options.quick ? 200 : perRequest === 1 ? 1500 : 20_000;
    const runs = Array.from({ length: options.rounds }, () =>
      measureWorker<AppendFigures>("append-http", { clients, perRequest, entries }),
    ).toSorted((a, b) => a.perSecond - b.perSecond);
    const median = runs[Math.floor(runs.length / 2)];
    if (median !== undefined) appends.push(median);
  }
  return { pages, appends };
}

/** A worker that serves until it is killed; it prints its port first. */
export function started(name: string, task: object): Promise<{ port: number; child: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [join(root, "bench", "run.ts"), "--worker", name, JSON.stringify(task)],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  // Also when something throws meanwhile: one that goes on holds its data folder.
  const stop = (): void => void child.kill("SIGTERM");
  process.once("exit", stop);
  child.once("exit", () => process.off("exit", stop));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data: Buffer) => {
      text += data.toString();
      const port = /"port":(\d+)/u.exec(text)?.[1];
      if (port !== undefined) resolve({ port: Number(port), child });
    });
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}
