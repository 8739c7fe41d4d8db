// One folder, two ways in: the terminal works where a server was, and a server where the terminal was.
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { anyCall } from "#workspace/desk/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { passphrase as deskPassphrase, serveFolder } from "#test/workspace/served-desk.ts";
import { aigaq, aigaqDone, aigaqJson, passphrase } from "./aigaq.ts";
import { clearScratch, foundation, scratchFolder, slow } from "./prepared.ts";

afterAll(clearScratch);

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown = {}): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));

const signIn = (desk: Desk, words: string) =>
  ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase: words } });

const appeals = ["appeals", "import", join(foundation, "appeals.json")];
const posts = ["posts", "import", join(foundation, "posts.json")];

/** What the desk sees of the appeals, after a fresh sign-in over a fresh server. */
async function appealsAtDesk(folder: string, words: string): Promise<string[]> {
  await using served = await serveFolder(folder, { isKept: true });
  const { desk } = served.newDesk();
  await signIn(desk, words);
  const { funds } = await desk.session.books();
  desk.close();
  return [...funds.appeals.keys()].toSorted();
}

const refusalOf = async (args: readonly string[], env = {}): Promise<string> =>
  JSON.parse((await aigaq([...args, "--json"], { env })).out).refused.code;

test(
  "a folder that init made is prepared once, served, signed in to at a desk, and goes on in the terminal",
  async () => {
    const folder = scratchFolder();
    const data = join(folder, "data");
    await aigaqDone(["init", "--data", data, "--name", "Invented Foundation"]);
    await aigaqDone([...appeals, "--data", data]);

    const early = await aigaq(["serve", "--data", data, "--port", "0"]);
    expect(early.code).toBe(2);
    expect(early.err).toContain(`aigaq serve prepare --data ${data}`);
    expect(existsSync(join(data, "keys/log.key"))).toBe(false);

    expect(await aigaqJson(["serve", "prepare", "--data", data])).toEqual({
      member: "M-01",
      logKey: "made",
      enrolment: "made",
      recoveryWhole: true,
    });
    const logKey = readFileSync(join(data, "keys/log.key"), "utf8");
    expect(statSync(join(data, "keys/log.key")).mode & 0o777).toBe(0o600);
    const again = await aigaqJson(["serve", "prepare", "--data", data]);
    expect(again).toMatchObject({ logKey: "there", enrolment: "there" });
    expect(readFileSync(join(data, "keys/log.key"), "utf8")).toBe(logKey);

    {
      await using served = await serveFolder(folder, { isKept: true });
      const { desk } = served.newDesk();
      await expect(signIn(desk, "wrong words here now")).rejects.toThrow();
      await signIn(desk, passphrase);
      expect((await desk.session.books()).funds.appeals.size).toBe(6);
      // What the server keeps of her opens neither the log nor the recovery.
      expect([desk.session.keyring.log, desk.session.keyring.recovery]).toEqual([undefined, undefined]);
      desk.close();
      expect(await refusalOf([...posts, "--data", data])).toBe("data-folder-busy");
    }
    await aigaqDone([...posts, "--data", data]);
    expect((await aigaqJson(["log", "check", "--data", data])).verdict).toBe("held");
    await using served = await serveFolder(folder, { isKept: true });
    const { desk } = served.newDesk();
    await signIn(desk, passphrase);
    expect((await desk.session.books()).funds.posts.size).toBe(8);
    desk.close();
  },
  slow,
);

test(
  "a foundation that began at a desk is read and continued in the terminal, and the desk sees it",
  async () => {
    const folder = scratchFolder();
    const data = join(folder, "data");
    {
      await using served = await serveFolder(folder, { isKept: true });
      const { desk } = served.newDesk();
      await ask(desk, "foundation.prepare", {
        name: "Invented Foundation",
        languages: ["kk", "ru", "en"],
        currency: "KZT",
        officerName: "Айгүл Мысалова",
        lock: { kind: "passphrase", passphrase: deskPassphrase },
        recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
      });
      expectOk(await ask(desk, "foundation.start", { rehearsed: true }));
      desk.close();
    }
    const env = { AIGAQ_PASSPHRASE: deskPassphrase };
    expect(readdirSync(join(data, "keys"))).toEqual(["log.key"]);
    expect((await aigaqJson(["funds", "--data", data], { env })).appeals).toEqual([]);
    await aigaqDone([...appeals, "--data", data, "--as", "M-01"], { env });
    expect((await aigaqJson(["funds", "--data", data], { env })).appeals).toHaveLength(6);
    expect((await aigaqJson(["log", "check", "--data", data], { env })).verdict).toBe("held");
    expect(await appealsAtDesk(folder, deskPassphrase)).toHaveLength(6);

    expect(await refusalOf(["funds", "--data", data])).toBe("wrong-passphrase");
    expect(await refusalOf(["funds", "--data", data, "--as", "M-09"], env)).toBe("member-unknown");
    expect(await refusalOf(["serve", "prepare", "--data", data], env)).toBe("nothing-to-prepare");
    // Without the log's key the terminal still reads; it cannot write.
    const kept = readFileSync(join(data, "keys/log.key"));
    rmSync(join(data, "keys/log.key"));
    expect((await aigaqJson(["funds", "--data", data], { env })).appeals).toHaveLength(6);
    writeFileSync(join(data, "keys/log.key"), "no key\n");
    expect(await refusalOf(["funds", "--data", data], env)).toBe("log-key-malformed");
    writeFileSync(join(data, "keys/log.key"), kept);
  },
  slow,
);

describe("what serve prepare refuses", () => {
  test(
    "a folder without a record, a wrong passphrase, and the log key of another foundation",
    async () => {
      const data = join(scratchFolder(), "data");
      expect(await refusalOf(["serve", "prepare", "--data", data])).toBe("data-folder-missing");
      await aigaqDone(["init", "--data", data, "--name", "Invented Foundation"]);
      const wrong = { AIGAQ_PASSPHRASE: "wrong words here now" };
      expect(await refusalOf(["serve", "prepare", "--data", data], wrong)).toBe("wrong-passphrase");
      expect(await refusalOf(["serve", "prepare", "--data", data, "--as", "M-02"])).toBe("member-unknown");
      const foreign = `aigaq/0123456789abcdef\n${"01".repeat(32)}\n`;
      writeFileSync(join(data, "keys/log.key"), foreign);
      expect(await refusalOf(["serve", "prepare", "--data", data])).toBe("log-key-foreign");
      expect(readFileSync(join(data, "keys/log.key"), "utf8")).toBe(foreign);
    },
    slow,
  );
});
