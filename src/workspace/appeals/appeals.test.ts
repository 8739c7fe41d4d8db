// What the page of an appeal says is what the books say, and every figure opens the entries that make it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "#language/language.ts";
import { fieldLines } from "#workspace/ui/preview-text.ts";
import { expectOk } from "#record/result.ts";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import type { OpenAppeal } from "./commands.ts";

let at: TestDesk;

const appeal = (id: string, change: Partial<OpenAppeal> = {}): OpenAppeal => ({
  id,
  hashtag: "",
  opened: "2025-02-01",
  title: { ru: "Адвокат для двух детей" },
  currency: "KZT",
  leftover: "",
  ...change,
});

const rules: OpenAppeal["policy"] = {
  foundation: { ru: "Фонд «Образец»" },
  unsigned: "general",
  shortfall: "general",
  approvalLimit: { currency: "KZT", minor: 50_000_000n },
};

const statement = new Blob([
  "when;how much;why;money\n",
  "03.02.2025;1500,00;gift A-2025-001;KZT\n",
  "04.02.2025;2500,00;for #balalar;KZT\n",
  "12.02.2025;700,00;no sign at all;KZT\n",
  "13.02.2025;9000,00;gift A-2025-002;KZT\n",
]);

beforeAll(async () => {
  at = await openTestDesk();
});
afterAll(() => at.desk.close());

describe("an empty foundation", () => {
  test("has no appeals, and says which code the first one could have", async () => {
    const list = await at.ask("appeals.list", {});
    expect(list.appeals).toEqual([]);
    expect(list.policy).toBeNull();
    expect(list.nextId).toBe("A-2025-001");
  });

  test("opens its first appeal together with its rules", async () => {
    const input = appeal("A-2025-001", { hashtag: "#balalar", policy: rules });
    expect(await at.record("appeal.open", input)).toMatchObject({ state: "recorded" });
    const list = await at.ask("appeals.list", {});
    expect(list.policy).toMatchObject({ unsigned: "general", approvalLimit: { minor: 50_000_000n } });
    expect(list.appeals).toMatchObject([{ id: "A-2025-001", standing: "unasked" }]);
    expect(list.nextId).toBe("A-2025-002");
  });

  test("does not propose the code of an appeal that waits to be sent, until it is taken back", async () => {
    const id = await at.hold("appeal.open", appeal("A-2025-002"));
    expect((await at.ask("appeals.list", {})).nextId).toBe("A-2025-003");
    await at.ask("outbox.remove", { id });
    expect((await at.ask("appeals.list", {})).nextId).toBe("A-2025-002");
  });
});

describe("an appeal with money", () => {
  beforeAll(async () => {
    await at.record("appeal.open", appeal("A-2025-002"));
    const id = await at.ask("imports.begin", {
      name: "bank.csv",
      title: "bank.csv",
      file: statement,
      account: "KZ617229999900000007",
      map: { date: 1, amount: 2, memo: 3, currency: 4 },
      accepted: { by: "M-01", why: "a test" },
    });
    expect(await at.ask("outbox.settled", { id })).toMatchObject({ state: "recorded" });
  });

  test("the figures add up, and the gifts behind them are all there", async () => {
    const page = await at.ask("appeals.page", { id: "A-2025-001" });
    expect(page.figures).toMatchObject([{ currency: "KZT", received: 400_000n, gifts: 2, left: 400_000n }]);
    const { rows: gifts, total } = await at.ask("appeals.gifts", { id: "A-2025-001", most: 10 });
    expect(total).toBe(gifts.length);
    const { grounds } = await at.ask("appeals.entries", { id: "A-2025-001" });
    expect(gifts.reduce((sum, { minor }) => sum + minor, 0n)).toBe(400_000n);
    expect(grounds.map(({ ground, gifts: count }) => [ground, count]).toSorted()).toEqual([
      ["code", 1],
      ["hashtag", 1],
    ]);
    for (const { received, refunded, covered, spent, left } of page.figures)
      expect(received - refunded + covered - spent).toBe(left);
  });

  test("its weeks are those in which money moved", async () => {
    const { weeks } = await at.ask("appeals.page", { id: "A-2025-001" });
    expect(weeks).toEqual([{ week: "2025-W06", received: 400_000n, refunded: 0n, spent: 0n }]);
  });

  test("what happened to it is in order, the newest first, by whom", async () => {
    const { rows: events } = await at.ask("appeals.events", { id: "A-2025-001", most: 100 });
    expect(events.at(-1)).toMatchObject({ type: "appeal", about: "A-2025-001", member: "M-01" });
  });

  test("money without a sign is general, and stands beside the appeals", async () => {
    const { general } = await at.ask("appeals.list", {});
    expect(general).toEqual({ currency: "KZT", minor: 70_000n, gifts: 1 });
  });
});

describe("an appeal that ends", () => {
  const id = "A-2025-002";
  const end = { appeal: id, date: "2025-03-01", reason: "goal-reached", leftover: "to the next case" };

  test("shows before what becomes public, and can be taken back until it is sent", async () => {
    const held = await at.hold("appeal.end", end);
    await at.ask("outbox.remove", { id: held });
    expect(await at.ask("appeals.page", { id })).toMatchObject({ ended: undefined });
    const preview = expectOk(await at.ask("command.preview", { name: "appeal.end", input: end }));
    expect(preview.entries).toMatchObject([
      {
        type: "appeal.ended",
        public: [
          { name: "appeal", value: id },
          { name: "ended", value: "2025-03-01" },
          { name: "reason", value: "goal-reached" },
          { name: "leftover", value: "to the next case" },
        ],
        hidden: [],
      },
    ]);
    const said = { kk: "мақсатқа жетті", ru: "цель достигнута", en: "its goal was reached" };
    for (const language of languages)
      expect(fieldLines(preview.entries[0]?.public ?? [], language)[2]?.value).toBe(said[language]);
  });

  test("is marked as ended in the list and on its page, until it is opened again", async () => {
    expect(await at.record("appeal.end", end)).toMatchObject({ state: "recorded" });
    expect(await at.ask("appeals.page", { id })).toMatchObject({
      standing: "ended",
      leftover: "to the next case",
      ended: { ended: "2025-03-01", reason: "goal-reached" },
    });
    expect(await at.refusal("appeal.end", end)).toMatchObject({ code: "appeal-ended" });
    const reopening = { appeal: id, date: "2025-03-02", reason: "a mistake" };
    await at.record("appeal.reopen", reopening);
    expect(await at.refusal("appeal.reopen", reopening)).toMatchObject({ code: "appeal-not-ended" });
    const { appeals } = await at.ask("appeals.list", {});
    expect(appeals.find((one) => one.id === id)).toMatchObject({ ended: undefined, standing: "unasked" });
  });
});

describe("what cannot be", () => {
  test("an appeal that is not there is named, with those that are", async () => {
    await expect(at.ask("appeals.page", { id: "A-9" })).rejects.toMatchObject({ code: "appeal-unknown" });
    await expect(at.ask("appeals.entries", { id: "A-9" })).rejects.toMatchObject({ code: "appeal-unknown" });
  });

  test("other words for an appeal that donors read are refused", async () => {
    const other = appeal("A-2025-001", { title: { ru: "Другое" } });
    expect(await at.refusal("appeal.open", other)).toMatchObject({ code: "appeal-changed" });
  });

  test("rules can be changed, and the same rules again add nothing", async () => {
    if (rules === undefined) throw new Error("no rules");
    await at.record("policy.set", { ...rules, unsigned: "unknown" });
    expect((await at.ask("appeals.list", {})).policy?.unsigned).toBe("unknown");
  });
});
