/**
 * A served record of many entries: an invented foundation whose payments and their confirmations are entries of their own.
 * Made once per size and kept in the working folder, as the server keeps it.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expectOk } from "#record/result.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import type { Draft } from "#session/issuing.ts";
import { fetchWithCookies } from "#test/workspace/cookies.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import { commandNamed } from "#workspace/desk/commands.ts";
import { Desk } from "#workspace/desk/desk.ts";

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
    readSettings({ environment: {}, folder: data, given: { host: "localhost", port: 0, data } }),
  );
  return expectOk(await openServer({ settings }));
}

/** A desk that keeps cookies, as a browser does. */
export function deskAt(origin: string): Desk {
  return new Desk({
    origin,
    tell: () => {},
    now: () => Date.now(),
    command: commandNamed,
    fetcher: fetchWithCookies(origin),
  });
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

/** The data folder of a record with `entries` entries, made when it is not there. */
export async function servedFolder(work: string, entries: number): Promise<string> {
  const data = join(work, `served-${entries}`);
  if (existsSync(data)) return data;
  const making = `${data}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const server = await serveFolder(making);
  const desk = deskAt(server.address);
  await foundFor(desk);
  const { session } = desk;
  const payments = Math.ceil((entries - session.size - appeals) / 2);
  const drafts = [
    ...Array.from({ length: appeals }, (_, i) => appealDraft(i)),
    ...Array.from({ length: payments }, (_, i) => [paymentDraft(i + 1), confirmationDraft(i + 1)]).flat(),
  ].slice(0, entries - session.size);
  for (let at = 0; at < drafts.length; at += batch) await session.append(drafts.slice(at, at + batch));
  await session.saveBooks();
  desk.close();
  await server.stop();
  renameSync(making, data);
  return data;
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
