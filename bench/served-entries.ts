/**
 * A served record of many entries: an invented foundation whose payments and their confirmations are entries of their own.
 * Made once per size and kept in the working folder, as the server keeps it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expectOk } from "#record/result.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import { importFile } from "#session/imports/import-file.ts";
import type { Draft } from "#session/issuing.ts";
import type { Session } from "#session/session.ts";
import { bytesSource } from "#statements/source.ts";
import { fetchWithCookies } from "#test/workspace/cookies.ts";
import { anyCall, type CallAnswer, type CallName } from "#workspace/desk/calls.ts";
import { commandNamed } from "#workspace/desk/commands.ts";
import { Desk } from "#workspace/desk/desk.ts";
import { root } from "./measure.ts";

export const benchPassphrase = "four words not these";
const batch = 1000;
const appeals = 40;
const categories = ["lawyer", "flight", "hotel", "ground_travel", "medical", "court_fee"];
const names = [
  "Адвокат Образцов",
  "Hotel Nusqa",
  "Air Primer",
  "Дана Үлгіқызы",
  "Пётр Примеров",
  "Айгүл Мысалова",
];

/** Serves a data folder on a free port, the built workspace with it. */
export async function serveFolder(data: string): Promise<RunningServer> {
  const settings = expectOk(
    readSettings({ environment: {}, folder: root, given: { host: "localhost", port: 0, data } }),
  );
  const server = expectOk(await openServer({ settings }));
  // Reading the log after a start is no part of what is measured.
  await server.ready;
  return server;
}

/** A desk that keeps cookies, as a browser does. */
export function deskAt(origin: string): Desk {
  return new Desk({
    origin,
    tell: () => {},
    now: () => Date.now(),
    command: commandNamed,
    fetcher: askingAgain(fetchWithCookies(origin)),
  });
}

/** As a browser does: reads once more when a kept connection was closed by the server meanwhile. */
function askingAgain(fetcher: typeof fetch): typeof fetch {
  return (input, init) =>
    fetcher(input, init).catch((error) =>
      (init?.method ?? "GET") === "GET" ? fetcher(input, init) : Promise.reject(error),
    );
}

export async function foundFor(desk: Desk): Promise<void> {
  const call = (name: string, input: unknown): Promise<unknown> =>
    anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));
  await call("foundation.prepare", {
    name: "Үлгі",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: { kind: "passphrase", passphrase: benchPassphrase },
    recovery: { threshold: 2, trustees: ["1", "2", "3"] },
  });
  await call("foundation.start", { rehearsed: true });
}

/**
 * The data folder of a record with `entries` entries, made when it is not there. `bankFiles`: how many of its entries come from
 * bank files, each of {@link rowsPerFile} rows, some of which wait for a decision and some of which are own transfers.
 */
export async function servedFolder(
  work: string,
  entries: number,
  { bankFiles = 0 }: { readonly bankFiles?: number } = {},
): Promise<string> {
  const data = join(work, bankFiles === 0 ? `served-${entries}` : `served-${entries}-bank-${bankFiles}`);
  if (existsSync(data)) return data;
  const making = `${data}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const server = await serveFolder(making);
  const desk = deskAt(server.address);
  await foundFor(desk);
  const { session } = desk;
  await session.append(Array.from({ length: appeals }, (_, i) => appealDraft(i)));
  if (bankFiles > 0) await importBankFiles(session, bankFiles);
  const payments = Math.ceil((entries - session.size) / 2);
  const drafts = Array.from({ length: payments }, (_, i) => [paymentDraft(i + 1), confirmationDraft(i + 1)])
    .flat()
    .slice(0, entries - session.size);
  for (let at = 0; at < drafts.length; at += batch) await session.append(drafts.slice(at, at + batch));
  await session.saveBooks();
  desk.close();
  await server.stop();
  renameSync(making, data);
  return data;
}

/** The member of {@link newcomerFolder} who has joined and never signed in; her passphrase is {@link benchPassphrase}. */
export const newcomer = "M-02";

/** A record as {@link servedFolder} makes it, that one more member has joined, with the books that the first left for her. */
export async function newcomerFolder(work: string, entries: number): Promise<string> {
  const data = join(work, `served-${entries}-newcomer`);
  if (existsSync(data)) return data;
  const making = `${data}.making`;
  rmSync(making, { recursive: true, force: true });
  cpSync(await servedFolder(work, entries), making, { recursive: true });
  const server = await serveFolder(making);
  const officer = deskAt(server.address);
  const key = { kind: "passphrase", passphrase: benchPassphrase };
  const ask = async <N extends CallName>(desk: Desk, name: N, input: unknown): Promise<CallAnswer<N>> =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
    (await anyCall[name]?.(desk, input)) as CallAnswer<N>;
  await ask(officer, "sign-in", { member: "M-01", key });
  const invited = { name: "Дана Үлгіқызы", roles: ["finance"], rooms: ["finance"] };
  const { link } = expectOk(await ask(officer, "members.invite", invited));
  const joining = deskAt(server.address);
  await ask(joining, "join.accept", { secret: link.slice(link.indexOf("#") + 1), lock: key });
  const [invitation] = await ask(officer, "members.invitations", {});
  const hash = invitation?.hash ?? "";
  const { digest } = expectOk(await ask(officer, "members.preview-enrolling", { hash }));
  expectOk(await ask(officer, "members.enrol", { hash, digest }));
  await officer.session.offerToRoom({ isForced: true });
  officer.close();
  await server.stop();
  renameSync(making, data);
  return data;
}

/** Takes from the server what her device has sealed, so that her next one is new again. */
export function forgetNewcomer(data: string): void {
  const cache = join(data, "cache");
  for (const name of readdirSync(cache)) if (name.startsWith(`web+${newcomer}+`)) rmSync(join(cache, name));
}

const appealId = (i: number): string => `A-2025-${String((i % appeals) + 1).padStart(3, "0")}`;
const paymentId = (number: number): string => `S-2025-${String(number).padStart(3, "0")}`;
const dayOf = (number: number): string =>
  new Date(Date.UTC(2025, 0, 1 + (number % 365))).toISOString().slice(0, 10);

function appealDraft(i: number): Draft {
  const title = { kk: `Жинақ ${i + 1}`, ru: `Сбор ${i + 1}`, en: `Appeal ${i + 1}` };
  return {
    type: "appeal",
    stream: "funds",
    pub: { id: appealId(i), opened: "2025-01-01", title, currency: "KZT", hashtag: `#jinaq${i + 1}` },
  };
}

function paymentDraft(number: number): Draft {
  return {
    type: "spending",
    stream: "spending",
    pub: {
      id: paymentId(number),
      appeal: appealId(number),
      category: categories[number % categories.length] ?? "lawyer",
      minor: String(1_000_00 + (number % 977) * 100),
      currency: "KZT",
      approval: "outside",
    },
    hidden: { date: dayOf(number), payee: `${names[number % names.length]} ${number}` },
  };
}

function confirmationDraft(number: number): Draft {
  return {
    type: "confirmation",
    stream: "confirmations",
    pub: { spending: paymentId(number), role: number % 2 === 0 ? "lawyer" : "beneficiary", how: "recorded" },
    hidden: { date: dayOf(number + 3) },
  };
}

const accounts = ["KZ010000000000000001", "KZ020000000000000002"] as const;
const rowsPerFile = 100;
const weekOfMs = 7 * 24 * 3600 * 1000;

/** Files of both accounts by turns, a week of 2022 to 2024 and later each, through the import that people use. */
async function importBankFiles(session: Session, files: number): Promise<void> {
  for (let file = 0; file < files; file++) {
    const [account = "", other = ""] = file % 2 === 0 ? accounts : accounts.toReversed();
    const rows = Array.from({ length: rowsPerFile }, (_, row) => bankRow(file, row, other));
    const text = ["date,amount,reference,name,account,memo,currency", ...rows, ""].join("\n");
    const options = {
      account,
      map: {
        date: 1,
        amount: 2,
        reference: 3,
        counterparty: 4,
        counterpartyAccount: 5,
        memo: 6,
        currency: 7,
      },
    };
    const source = { name: `week-${file}.csv`, source: bytesSource(new TextEncoder().encode(text)) };
    await importFile(session, { file: source, options }, { by: "M-01", why: "no balances are printed" });
  }
}

/** Mostly gifts; a few name two appeals, a few debits nobody explained, one is an own transfer. */
function bankRow(file: number, row: number, other: string): string {
  const number = file * rowsPerFile + row;
  const day = new Date(Date.UTC(2022, 0, 3) + Math.floor(file / 2) * weekOfMs + (row % 7) * 86_400_000);
  const name = `${names[number % names.length]} ${number % 997}`;
  const one = (sum: number, who: string, memo: string, account = ""): string =>
    `${day.toISOString().slice(0, 10)},${sum}.00,C${number},${who},${account},${memo},KZT`;
  if (row === 0) return one(-250_000, "own", "transfer", other);
  if (row === 1) return one(-1_700 - (number % 50), "Hotel Nusqa", `invoice ${number}`);
  if (row === 2) return one(5_000, name, `${appealId(number)} or ${appealId(number + 1)}`);
  if (row % 5 === 3) return one(1_000 + (number % 40) * 100, name, "for somebody");
  return one(500 + (number % 9) * 500, name, `help ${appealId(number * 7)}`);
}
