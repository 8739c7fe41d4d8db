/** The parts of the report about the server and the workspace. */
import type { Chart } from "./chart.ts";
import type { Spread } from "./measure.ts";
import { count, table } from "./report-text.ts";
import type { HttpFigures } from "./section-http.ts";
import type { WorkspaceFigures } from "./section-workspace.ts";

const rate = ({ median, max }: Spread): string => `${count(median)} (${count(max)})`;
const ms = ({ median, min }: Spread): string => `${count(median)} ms (${count(min)})`;
const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

export function httpPart({ pages, appends }: HttpFigures, picture: string, where: string): string {
  const rows = pages.flatMap(({ path, encoding, bytes, ours, floor, ofFloor }) => [
    [
      `\`${path}\`, ${encoding}`,
      "**aigaq**",
      kb(bytes),
      rate(ours.perSecond),
      `${ours.p99Ms.median.toFixed(1)} ms`,
      ofFloor.toFixed(2),
    ],
    ["", "bare node:http", kb(bytes), rate(floor.perSecond), `${floor.p99Ms.median.toFixed(1)} ms`, ""],
  ]);
  const appended = appends.map(({ clients, perRequest, entries, perSecond, p99Ms }) => [
    count(clients),
    count(perRequest),
    count(entries),
    count(perSecond),
    `${p99Ms.toFixed(0)} ms`,
  ]);
  return `## (e) Over HTTP

A public page of an appeal of the sample foundation, asked for by ${pages[0]?.connections ?? 0} keep-alive connections from another process
([http-load.ts](../../bench/http-load.ts)). The floor is \`node:http\` that answers every request with the same bytes and
headers and looks at nothing. The aim is 0.6 of it.

${picture}

${table(["page", "", "over the wire", "requests per second (best)", "p99", "ours over floor"], rows)}

Appending: signed, sealed entries made before the clock starts; each client waits for its answer, which comes after the
fsync. The server checks form, author, signature, stream and anchor of each, and requests that meet share a commit. Clients and
server share the machine's cores.

${table(["clients", "entries per request", "entries", "entries per second", "p99 of a request"], appended)}

${where}`;
}

export function httpChart({ pages }: HttpFigures): Chart {
  return {
    title: "A public page",
    unit: "Requests per second, median; longer is better. The same bytes from bare node:http",
    groups: pages.map(({ path, encoding, ours, floor }) => ({
      title: `${path}, ${encoding}`,
      bars: [
        { label: "aigaq", value: ours.perSecond.median, text: count(ours.perSecond.median), isOurs: true },
        {
          label: "node:http",
          value: floor.perSecond.median,
          text: count(floor.perSecond.median),
          isOurs: false,
        },
      ],
    })),
  };
}

export function workspacePart(figures: WorkspaceFigures, picture: string, where: string): string {
  const { opens, queries, search, weights, pages } = figures;
  const seconds = ({ median, min }: Spread): string =>
    `checked after ${(median / 1000).toFixed(0)} s (${(min / 1000).toFixed(0)})`;
  const opened = opens.flatMap(({ entries, cold, warm, newcomer, unlock, snapshotMiB }) => [
    [count(entries), "cold", ms(cold.form), ms(cold.figures), ms(unlock), `${snapshotMiB} MiB`],
    [count(entries), "warm", ms(warm.form), ms(warm.figures), ms(unlock), ""],
    // Figures of an earlier run have none.
    ...(newcomer === undefined
      ? []
      : [[count(entries), "just joined", "", ms(newcomer.figures), ms(unlock), seconds(newcomer.checked)]]),
  ]);
  const found = Object.entries(search).map(([name, one]) => [
    name === "aigaq" ? "**aigaq**" : name,
    `${(one.buildMs / 1000).toFixed(1)} s`,
    `${count(one.loadMs)} ms`,
    `${(one.bytes / 2 ** 20).toFixed(1)} MiB`,
    `${one.p50Ms.toFixed(1)} ms`,
    `${one.p95Ms.toFixed(1)} ms`,
    `${count(one.maxMs)} ms`,
  ]);
  const documents = Object.values(search)[0]?.documents ?? 0;
  const heavy = weights
    .slice(0, 14)
    .map(({ name, kind, bytes, brotli }) => [name, kind, kb(bytes), kb(brotli)]);
  const heaviest = pages.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  return `## (f) The workspace

Chromium over a served record whose payments and confirmations are entries of their own. *Cold*: an empty browser profile; *warm*: the
same profile started again. *Form*: from the address to the sign-in form. *Figures*: from the passphrase to a list of appeals with
their sums, Argon2id (64 MiB, in WebAssembly; measured alone in the fourth column) included. The aims are 5 s cold and 1 s warm with
100 000 entries, on two cores that also run the server and the browser's driver.

${picture}

${table(["entries", "", "form", "figures", "of which Argon2id", "sealed snapshots"], opened)}

What opens is the newest sealed snapshot of the books, bound to the size and root of a tree whose checkpoint was verified; entries
appended since are fetched in pages of 256, held against that tree, and folded in. *Just joined*: a second member with keys of her own and an
empty browser. Her figures come from the books that a colleague's device left, and the line that says so goes when her own device has read, opened and checked every entry
behind the screens, which are answered first.

${queriesPart(queries ?? [])}Search in ${count(documents)} invented bank rows, with the same stems on both sides; the aim is 30 ms for 95 of 100 queries:

${table(["", "build", "load", "saved", "p50", "p95", "slowest"], found)}

The heaviest files of the workspace (a screen's own file is loaded when it is first opened; the worker holds the record):

${table(["file", "", "bytes", "brotli"], heavy)}

Public pages over the wire, style sheet included: the heaviest is ${kb(heaviest)}; the limit is 30 kB.

${table(
  ["page", "kk", "ru", "en"],
  [...new Set(pages.map(({ path }) => path.slice(4)))].map((page) => [
    page === "" ? "front" : page,
    ...["kk", "ru", "en"].map((language) =>
      kb(pages.find(({ path }) => path === `/${language}/${page}`)?.bytes ?? 0),
    ),
  ]),
)}

${where}`;
}

/** A row for each question of a screen, the sizes beside each other. */
function queriesPart(measured: WorkspaceFigures["queries"]): string {
  if (measured.length === 0) return "";
  const ms1 = (value: number | undefined): string => (value === undefined ? "" : `${value.toFixed(1)} ms`);
  const rows = (measured[0]?.queries ?? []).map(({ name, about }, i) => [
    `\`${name}\`${about === "" ? "" : `, ${about}`}`,
    ...measured.flatMap(({ queries }) => {
      const one = queries[i];
      return [ms1(one?.p50Ms), ms1(one?.p95Ms), ms1(one?.cpuMs), ms1(one?.firstMs)];
    }),
  ]);
  const sizes = measured.flatMap(({ entries }) => [`p50, ${count(entries)}`, "p95", "CPU", "first"]);
  const restored = measured.map(
    ({ entries, indexMs }) => `${count(indexMs)} ms with ${count(entries)} entries`,
  );
  return `What the screens ask, once the books are open, of a record in which one entry of a hundred comes from a bank file (of a hundred
rows, of which some wait for a decision). *First*: nothing is on the device, so pages of the log come from the server. The aims
are 100 ms, and 200 ms the first time. Restoring the sealed index, once in a session, takes ${restored.join(", ")}.

${table(["question", ...sizes], rows)}

`;
}

export function workspaceChart({ opens }: WorkspaceFigures): Chart {
  return {
    title: "Opening the workspace",
    unit: "Milliseconds from the passphrase to the first figures, median; shorter is better",
    groups: opens.map(({ entries, cold, warm, unlock }) => ({
      title: `${count(entries)} entries`,
      bars: [
        { label: "cold", value: cold.figures.median, text: count(cold.figures.median), isOurs: true },
        { label: "warm", value: warm.figures.median, text: count(warm.figures.median), isOurs: true },
        { label: "Argon2id alone", value: unlock.median, text: count(unlock.median), isOurs: false },
      ],
    })),
  };
}
