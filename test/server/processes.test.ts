// Two servers on one PostgreSQL, as behind a balancer: neither may lose an entry, and both must tell the same.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { collect } from "#storage/conformance.ts";
import { type PostgresServer, startPostgres } from "#test/postgres-server.ts";
import { Person, type Served, expectStatus, refusal, serve } from "./served.ts";

let database: PostgresServer;
let one: Served;
let other: Served;
let officer: Person;
/** The same person, on the other server. */
let elsewhere: Person;

beforeAll(async () => {
  database = await startPostgres();
});

afterAll(async () => {
  await database?.stop();
});

beforeEach(async () => {
  const AIGAQ_POSTGRES = database.url(await database.createDatabase());
  one = await serve({ AIGAQ_POSTGRES });
  // The same keys and files, as the settings' page asks for.
  other = await serve({ AIGAQ_POSTGRES, AIGAQ_DATA: join(one.folder, "data") });
  officer = new Person(one, "M-01");
  expect((await officer.found()).status).toBe(200);
  elsewhere = new Person(other, "M-01");
  elsewhere.genesis = officer.genesis;
  await until(() => other.server.services.host.size === 1);
  await expectStatus(elsewhere.signIn(), 200);
});

afterEach(async () => {
  await other[Symbol.asyncDispose]();
  await one[Symbol.asyncDispose]();
});

test("64 clients of both who decided on the same head: one wins each round, and no entry is lost", async () => {
  const won: string[] = [];
  for (let round = 0; round < 5; round++) {
    const expectedSize = 1 + round;
    const entries = Array.from({ length: 64 }, () => officer.issue());
    const answers = await Promise.all(
      entries.map((entry, i) => (i % 2 === 0 ? officer : elsewhere).append([entry], { expectedSize })),
    );
    const winners = entries.filter((_, i) => answers[i]?.status === 200);
    expect(winners).toHaveLength(1);
    won.push(...winners.map(({ jwt }) => jwt));
  }
  const stored = await collect(one.server.services.store.entries(1, 99));
  expect(stored.map(({ jwt }) => jwt)).toEqual(won);
});

test("who does not mind the place is judged again behind the other's entries, and the whole log holds", async () => {
  const entries = Array.from({ length: 40 }, () => officer.issue());
  await Promise.all(
    entries.map((entry, i) => expectStatus((i % 2 === 0 ? officer : elsewhere).append([entry]), 200)),
  );
  const { store } = other.server.services;
  const stored = await collect(store.entries(1, 99));
  expect(stored.map(({ jwt }) => jwt).toSorted()).toEqual(entries.map(({ jwt }) => jwt).toSorted());
  expect(overallVerdict(await checkLog(store))).toBe("held");
  await until(() => one.server.services.host.size === 41 && other.server.services.host.size === 41);
});

test("an open workspace of one hears of what the other took, and a session of one is a session of the other", async () => {
  const sizes: number[] = [];
  one.server.services.host.onGrowth((size) => void sizes.push(size));
  await expectStatus(elsewhere.append([elsewhere.issue()]), 200);
  await until(() => sizes.includes(2));
  elsewhere.cookie = officer.cookie;
  expect(await elsewhere.get("/api/me")).toMatchObject({ member: "M-01" });
});

test("a challenge that one made is good at the other, once in all", async () => {
  // Both stand behind one name there; here each has its own, so the signature is made for where it goes.
  const challenge = await officer.challenge();
  expect((await elsewhere.answerTo(challenge)).status).toBe(200);
  expect(await refusal(officer.answerTo(challenge))).toBe("401 sign-in-refused");
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 200) throw new Error("waited ten seconds");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
