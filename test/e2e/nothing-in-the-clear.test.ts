// Whoever seizes the server, or sits on the wire before it, learns no donor, payee, memo, account number, receipt, member or
// answer. A foundation lives through everything here: all files of the sample are imported, receipts sealed, a lawyer asked
// by letter answers in a browser, a member is invited and joins, every screen is opened. Then all that crossed the wire and
// all that the server keeps is searched in every encoding.
//
// Not searched for, because it is public by design and stands on the site for everyone: titles, codes and hashtags of
// appeals, posts and what they asked for, sums and categories of spending, days, the name of the foundation, and who (as
// "M-01") recorded what.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { expectOk } from "#record/result.ts";
import { PlaintextSearch, type Hit } from "#test/cli/plaintext-search.ts";
import { secretsOfTheSample } from "#test/cli/sample-secrets.ts";
import { pageWords } from "#workspace/letters/page-words.ts";
import { openBrowser } from "./chromium.ts";
import { NodeDesk, passphrase, sampleReceipts } from "./founded.ts";
import { trustees } from "./newcomer.ts";
import type { Exchange } from "./relay.ts";
import { allScreens } from "./screens.ts";
import { serveApp, type ServedApp } from "./served-app.ts";

const invited = "Гүлсім Ойданқызы";
const question = "Сіз 2025 жылғы наурызда қорғаушы болдыңыз ба, Ойдан Ұшқынұлы?";
const answerer = "Ойдан Ұшқынұлы қорғаушы";
const objection = "Сома дұрыс емес, шот басқа еді деп ойлаймын";

const secrets = new Set([
  ...secretsOfTheSample(),
  passphrase,
  "Айгүл Мысалова",
  invited,
  question,
  answerer,
  objection,
  ...trustees.map((name) => `${name} кепіл`),
]);
const search = new PlaintextSearch(secrets);

let browser: Browser;
let served: ServedApp;

before(async () => {
  browser = await openBrowser();
  served = await serveApp(browser, { isRecording: true });
});
after(async () => {
  await served[Symbol.asyncDispose]();
  await browser.close();
});

/** Everything of an exchange but the program itself, which is the same for everyone and holds invented examples. */
function searchable({ method, path, head, asked, answered }: Exchange): Uint8Array {
  const isProgram = method === "GET" && path.startsWith("/app/");
  return Buffer.concat([Buffer.from(head), asked, isProgram ? new Uint8Array() : answered]);
}

function hitsOnTheWire(): Hit[] {
  return served.relay.exchanges.flatMap((one) =>
    search.inBytes(searchable(one), `${one.method} ${one.path}`),
  );
}

const hitsInStorage = (): Hit[] => search.inFolder(served.folder);

test("a whole life of a foundation leaves nothing readable on the wire or with the server", async () => {
  using officer = new NodeDesk(served.relay.address);
  await officer.found();
  await officer.importSample(sampleReceipts());
  await officer.closeWeeks(4);

  const { link } = await officer.ask("letters.send", {
    payment: "S-2025-001",
    role: "lawyer",
    language: "kk",
    question,
    facts: [{ name: "Кімге", value: "Заңгерлік кеңсе «Үлгі»" }],
    days: 30,
  });
  await answerLetter(link);
  const [row] = (await officer.ask("letters.list", {})).letters;
  assert.deepEqual(
    row?.answers.map(({ text, name }) => [text, name]),
    [[objection, answerer]],
  );

  await inviteAndJoin(officer);

  const visitor = await served.visit({ language: "kk" });
  await visitor.signIn("M-01", passphrase);
  for (const { path } of await allScreens(visitor)) await visitor.goTo(path);
  visitor.expectNoComplaints();
  await visitor.leave();

  // While the server runs, so that its journal is open; and again when it has closed everything.
  assert.deepEqual(hitsInStorage(), []);
  await served.relay.hangUp();
  const paths = new Set(
    served.relay.exchanges.map(({ method, path }) => `${method} ${path.replace(/[?].*$/u, "")}`),
  );
  for (const one of ["POST /api/entries", "POST /api/foundation", "GET /api/entries", "POST /api/sign-in"])
    assert(paths.has(one), one);
  assert([...paths].some((one) => one.startsWith("PUT /api/files/")));
  assert(served.relay.exchanges.length > 150, String(served.relay.exchanges.length));
  assert.deepEqual(hitsOnTheWire(), []);
  assert.deepEqual(served.reports, []);
});

/** A lawyer without an account, in a browser of her own. */
async function answerLetter(link: string): Promise<void> {
  const context = await browser.newContext({ locale: "kk-KZ" });
  const page = await context.newPage();
  await page.goto(link);
  const words = pageWords.kk;
  await page.getByRole("heading", { name: question }).waitFor();
  await page.getByLabel(words.nameLabel).fill(answerer);
  await page.getByRole("button", { name: words.no }).click();
  await page.getByLabel(words.wrongLabel).fill(objection);
  await page.getByRole("button", { name: words.send }).click();
  await page.getByRole("heading", { name: words.sent }).waitFor();
  await context.close();
}

async function inviteAndJoin(officer: NodeDesk): Promise<void> {
  const { link } = expectOk(
    await officer.ask("members.invite", { name: invited, roles: ["finance"], rooms: ["finance"] }),
  );
  const secret = new URL(link).hash.slice(1);
  using newcomer = new NodeDesk(served.relay.address);
  const { member } = await newcomer.ask("join.accept", { secret, lock: { kind: "passphrase", passphrase } });
  const [invitation] = await officer.ask("members.invitations", {});
  assert(invitation !== undefined);
  const preview = expectOk(await officer.ask("members.preview-enrolling", { hash: invitation.hash }));
  expectOk(await officer.ask("members.enrol", { hash: invitation.hash, digest: preview.digest }));
  await newcomer.signIn(member);
  const { members } = await newcomer.ask("members.list", {});
  assert(members.some(({ name }) => name === invited));
}

test("the search would have found it: planted in requests, answers, files and the database, it is", async () => {
  const donor = "Айгүл Мысалова";
  assert(secrets.has(donor));
  const { address } = served.relay;
  await fetch(`${address}/kk/?q=${encodeURIComponent(donor)}`);
  await fetch(`${address}/api/letters/${"A".repeat(22)}/answers`, {
    method: "POST",
    headers: { "X-Aigaq": "1", "Content-Type": "application/json" },
    body: JSON.stringify({ sealed: Buffer.from(`{"x":"${donor}"}`).toString("base64url") }),
  });
  await fetch(`${address}/api/me`, {
    method: "POST",
    headers: { "X-Aigaq": "1" },
    body: gzipSync(donor.repeat(9)),
  });
  await served.relay.hangUp();
  const onTheWire = hitsOnTheWire().map(({ encoding }) => encoding);
  for (const encoding of ["percent", "base64url", "gzip"])
    assert(
      onTheWire.some((one) => one.includes(encoding)),
      `${encoding} of ${onTheWire.join()}`,
    );

  await served.server.stop();
  assert.deepEqual(hitsInStorage(), []);
  const data = join(served.folder, "data");
  const file = readdirSync(data).find((name) => name.endsWith(".db"));
  assert(file !== undefined);
  const db = new DatabaseSync(join(data, file));
  db.exec("CREATE TABLE left_behind (x)");
  db.prepare("INSERT INTO left_behind VALUES (?)").run(`to ${donor}, 5 000`);
  const whileOpen = hitsInStorage();
  assert(whileOpen.some(({ file: where }) => where.includes(file)));
  db.close();
  mkdirSync(join(data, "uploads/deep"), { recursive: true });
  writeFileSync(join(data, "uploads/deep/part"), Buffer.from(donor, "utf16le"));
  appendFileSync(join(data, "note.txt"), Buffer.from("KZ617229999900000007").toString("hex"));
  const found = hitsInStorage().map(({ encoding }) => encoding);
  for (const encoding of ["UTF-8", "UTF-16LE", "hex"]) assert(found.includes(encoding), encoding);
});
