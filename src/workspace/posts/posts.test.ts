// Money comes to an appeal, never to a post, and a repost asks again for the same: the screens say so in figures.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import type { AddPost } from "./commands.ts";
import { momentWithZone, textHashOf } from "./text-hash.ts";

let at: TestDesk;

const post = (id: string, change: Partial<AddPost> = {}): AddPost => ({
  id,
  appeal: "A-1",
  kind: "post",
  published: "2025-02-01T10:05:00+05:00",
  target: { currency: "KZT", minor: 387_500_000n },
  case: "",
  textHash: "",
  ...change,
});

beforeAll(async () => {
  at = await openTestDesk();
  await at.record("appeal.open", {
    id: "A-1",
    hashtag: "",
    opened: "2025-02-01",
    title: { kk: "Екі балаға адвокат" },
    currency: "KZT",
    leftover: "",
  });
});
afterAll(() => at.desk.close());

test("a repost adds to the sum of targets and not to what was asked", async () => {
  await at.record("post.add", post("P-001", { case: "K-12" }));
  await at.record("post.add", post("P-002", { kind: "repost", published: "2025-02-03T09:00:00Z" }));
  const list = await at.ask("posts.list", {});
  expect(list.targetsAddedUp).toEqual([{ currency: "KZT", minor: 775_000_000n }]);
  expect(list.askedOnce).toEqual([{ currency: "KZT", minor: 387_500_000n }]);
  expect(list).toMatchObject({ cases: ["K-12"], nextId: "P-003" });
});

test("the number of a post that waits to be sent is not proposed again, until it is taken back", async () => {
  const id = await at.hold("post.add", post("P-003"));
  expect(await at.ask("posts.list", {})).toMatchObject({ nextId: "P-004" });
  await at.ask("outbox.remove", { id });
  expect(await at.ask("posts.list", {})).toMatchObject({ nextId: "P-003" });
});

test("a post names those that share its appeal, and the figures are the appeal's", async () => {
  const page = await at.ask("posts.page", { id: "P-002" });
  expect(page.sharesAppealWith.map(({ id }) => id)).toEqual(["P-001"]);
  expect(page.figures).toMatchObject([{ currency: "KZT", received: 0n }]);
  await expect(at.ask("posts.page", { id: "P-9" })).rejects.toMatchObject({ code: "post-unknown" });
});

test("a post for an appeal that is not there, or with other words, is refused", async () => {
  expect(await at.refusal("post.add", post("P-009", { appeal: "A-9" }))).toMatchObject({
    code: "appeal-unknown",
  });
  expect(await at.refusal("post.add", post("P-001"))).toMatchObject({ code: "post-changed" });
  expect(await at.refusal("post.add", post("P-009", { published: "yesterday" }))).toMatchObject({
    code: "post-malformed",
  });
});

test("an appeal that ended is offered to no new post, until it is opened again", async () => {
  const offered = async () => (await at.ask("posts.list", {})).appeals.map(({ id }) => id);
  await at.record("appeal.end", { appeal: "A-1", date: "2025-03-01", reason: "other", leftover: "general" });
  expect(await offered()).toEqual([]);
  const late = post("P-009", { published: "2025-03-02T09:00:00+05:00" });
  expect(await at.refusal("post.add", late)).toMatchObject({ code: "appeal-ended" });
  await at.record("appeal.reopen", { appeal: "A-1", date: "2025-03-02", reason: "a mistake" });
  expect(await offered()).toEqual(["A-1"]);
});

test("the same words give the same digest, however they were copied", () => {
  expect(textHashOf(" Көмек керек!\r\nЖазыңыз. \n")).toBe(textHashOf("Көмек керек!\nЖазыңыз."));
  expect(textHashOf("Көмек керек")).not.toBe(textHashOf("Көмек керек!"));
  expect(textHashOf(" \n")).toBe("");
});

test("a time of this device gets this device's zone, and nonsense gets nothing", () => {
  const moment = momentWithZone("2025-02-01T10:05");
  expect(moment).toMatch(/^2025-02-01T10:05:00[+-]\d{2}:\d{2}$/u);
  expect(Date.parse(moment)).toBe(new Date("2025-02-01T10:05").getTime());
  expect(momentWithZone("soon")).toBe("");
});
