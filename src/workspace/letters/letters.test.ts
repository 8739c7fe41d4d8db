// Over a real server: a question goes out with a link, an answer comes back that only the room can read, and a yes becomes a
// confirmation whose document is the answer.
import { afterAll, beforeAll, expect, test } from "vitest";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { expectOk, type Refusal } from "#record/result.ts";
import { serveEmpty, passphrase, type ServedFoundation } from "#test/workspace/served-desk.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Preview } from "#workspace/desk/command.ts";
import type { CommandName, InputOf } from "#workspace/desk/commands.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import type { NewLetter } from "./calls.ts";
import { fetchLetter, readFragment, sendAnswer } from "./letter-client.ts";

let served: ServedFoundation;
let desk: Desk;
/** Everything that passed between the page of a letter and the server. */
let seen = "";

/** The browser's `fetch` on a page of the server. */
const pageFetch: typeof fetch = async (path, init) => {
  const { address } = served.server;
  seen += `${String(path)} ${String(init?.body)}\n`;
  const headers = new Headers(init?.headers);
  headers.set("Origin", address);
  const response = await fetch(`${address}${String(path)}`, { ...init, headers });
  seen += await response.clone().text();
  return response;
};

const ask = <N extends CallName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
  anyCall[name]?.(desk, input) as Promise<CallAnswer<N>>;

async function record<N extends CommandName>(name: N, input: InputOf<N>) {
  const { digest } = expectOk<Preview, Refusal>(await ask("command.preview", { name, input }));
  const id = await ask("command.record", { name, title: name, input, digest });
  return ask("outbox.settled", { id });
}

const letter: NewLetter = {
  payment: "S-1",
  role: "beneficiary",
  language: "kk",
  question: "Қор бұл төлемді сіз үшін жасады ма?",
  facts: [{ name: "Сома", value: "2 000,00 ₸" }],
  days: 14,
};

beforeAll(async () => {
  served = await serveEmpty();
  desk = served.newDesk().desk;
  await ask("foundation.prepare", {
    name: "Invented Foundation",
    languages: ["kk", "ru", "en"],
    currency: "KZT",
    officerName: "Айгүл Мысалова",
    lock: { kind: "passphrase", passphrase },
    recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
  });
  expectOk(await ask("foundation.start", { rehearsed: true }));
  await record("appeal.open", {
    id: "A-1",
    hashtag: "",
    opened: "2025-02-01",
    title: { kk: "Екі балаға адвокат" },
    currency: "KZT",
    leftover: "",
    policy: { foundation: { kk: "«Үлгі» қоры" }, unsigned: "general", shortfall: "general" },
  });
  await record("spending.past", {
    id: "S-1",
    appeal: "A-1",
    category: "lawyer",
    minor: 200_000n,
    currency: "KZT",
    date: "2025-03-01",
    payee: "Адвокат Образцов",
    paidFrom: "",
    relation: "",
    approver: "",
  });
}, 60_000);
afterAll(async () => {
  desk.close();
  await served[Symbol.asyncDispose]();
});

const hashOf = (link: string): string => new URL(link).hash;

test("from the question to the confirmation, and the server learns nothing", async () => {
  const { id, link } = await ask("letters.send", letter);
  expect(new URL(link).pathname).toBe("/app/letter.html");

  const fetched = await fetchLetter(pageFetch, hashOf(link));
  if (typeof fetched === "string") throw new Error(fetched);
  expect(fetched.content).toMatchObject({ question: letter.question, foundation: "«Үлгі» қоры" });
  expect(await sendAnswer(pageFetch, fetched, { answer: "yes", text: "", name: "Апасы" })).toBeUndefined();
  for (const secret of [letter.question, "Апасы", "S-1", hashOf(link).split(".")[1] ?? "?"])
    expect(seen).not.toContain(secret);

  const list = await ask("letters.list", {});
  const [row] = list.letters;
  expect(row).toMatchObject({ id, link, isAccepted: false, answers: [{ answer: "yes", name: "Апасы" }] });
  expect(await ask("letters.waiting", {})).toBe(1);

  const answer = row?.answers[0];
  if (answer === undefined) throw new Error("no answer");
  const { name, received, document } = answer;
  const input = { letter: { id, payment: "S-1", role: "beneficiary" as const }, answer: answer.answer };
  expect(await record("letter.accept", { ...input, name, received, document })).toMatchObject({
    state: "recorded",
  });
  const { confirmed, events } = await ask("spending.page", { id: "S-1" });
  expect(confirmed.beneficiary?.how).toBe("attested");
  const [confirmation] = events;
  const opened = await ask("spending.file", {
    id: "S-1",
    which: "attached",
    index: confirmation?.index ?? -1,
  });
  expect(JSON.parse(await opened.content.text())).toMatchObject({
    answer: { answer: "yes" },
    letter: { id },
  });
  expect(await ask("letters.waiting", {})).toBe(0);

  await ask("letters.remove", { id });
  expect(await fetchLetter(pageFetch, hashOf(link))).toBe("gone");
}, 60_000);

test("no answer but a yes confirms anything", async () => {
  const { id } = await ask("letters.send", letter);
  const input = { name: "", received: Date.now(), document: utf8("{}") };
  const decided = await ask("command.preview", {
    name: "letter.accept",
    input: { ...input, answer: "no", letter: { id, payment: "S-1", role: "lawyer" } },
  });
  expect(decided).toMatchObject({ ok: false, refusal: { code: "letter-answer-not-yes" } });
});

test("a link that is cut, to another letter, or with another key, says so", async () => {
  const { link } = await ask("letters.send", letter);
  const hash = hashOf(link);
  expect(readFragment(hash)).toBeDefined();
  expect(await fetchLetter(pageFetch, hash.slice(0, -1))).toBe("incomplete");
  expect(await fetchLetter(pageFetch, "")).toBe("incomplete");
  const [id = ""] = hash.slice(1).split(".");
  expect(await fetchLetter(pageFetch, `#${id}.${toBase64Url(new Uint8Array(32))}`)).toBe("damaged");
  expect(await fetchLetter(pageFetch, `#${"A".repeat(22)}.${hash.split(".")[1] ?? ""}`)).toBe("gone");
});

test("somebody with the link can send nonsense; it is counted and shown to nobody", async () => {
  const { id } = await ask("letters.send", { ...letter, role: "lawyer" });
  await fetch(`${served.server.address}/api/letters/${id}/answers`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Aigaq": "1", Origin: served.server.address },
    body: JSON.stringify({ sealed: toBase64Url(utf8("no age file")) }),
  });
  const row = (await ask("letters.list", {})).letters.find((one) => one.id === id);
  expect(row).toMatchObject({ answers: [], unreadable: 1 });
});

test("a letter about a payment that is not there is not sent", async () => {
  await expect(ask("letters.send", { ...letter, payment: "S-9" })).rejects.toMatchObject({
    code: "spending-unknown",
  });
});
