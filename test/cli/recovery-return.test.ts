// The only officer has lost her passphrase, and there is a folder and no browser: trustees bring her back in the terminal, by
// files, by hand or read out to a program, and whoever has too little changes nothing.
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyCall } from "#workspace/desk/calls.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { passphrase as deskPassphrase, serveFolder } from "#test/workspace/served-desk.ts";
import { aigaq, aigaqDone, aigaqJson, passphrase, projectRoot, type Ended } from "./aigaq.ts";
import { PlaintextSearch } from "./plaintext-search.ts";
import { cheapen, clearScratch, copyOf, newFolder, scratchFolder, slow } from "./prepared.ts";

afterAll(clearScratch);

const again = "entirely new words tonight";
const env = { AIGAQ_NEW_PASSPHRASE: again };
const english = { AIGAQ_LANG: "en", PATH: process.env["PATH"], TZ: "UTC" };
const program = [process.execPath, join(projectRoot, "src/cli/main.ts")] as const;

/** A folder with an officer M-01, an officer M-02, and three sheets of which two are needed. */
let founded: string;
let sheets: string;
beforeAll(async () => {
  founded = copyOf(await newFolder());
  const colleague = ["members", "add", "--name", "Дана Үлгі", "--roles", "officer,finance"];
  await aigaqDone([...colleague, "--data", founded], { env: { AIGAQ_NEW_PASSPHRASE: passphrase } });
  await cheapen(founded, "M-02");
  sheets = join(scratchFolder(), "sheets");
  await aigaqDone([
    "recovery",
    "split",
    "--out",
    sheets,
    "--trustees",
    "3",
    "--quorum",
    "2",
    "--data",
    founded,
  ]);
  await cheapen(founded);
}, slow);

const shareTexts = (): string[] =>
  readdirSync(sheets)
    .toSorted()
    .map((name) => readFileSync(join(sheets, name), "utf8").trim());

const comeBack = (data: string, ...more: string[]) => ["recovery", "return", ...more, "--data", data];
const sizeOf = async (data: string): Promise<number> =>
  (await aigaqJson(["log", "check", "--data", data])).size;
const codeOf = ({ out }: Ended): string => JSON.parse(out).refused.code;

/** Runs the command with these lines as its standard input, as a program would that reads sheets out. */
function piped(words: readonly string[], lines: readonly string[], more = {}): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(program[0], [program[1], ...words], { env: { ...english, ...more } });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.once("close", (code) => done({ code, out, err }));
    // Left open on purpose: the command must not wait for the end of it.
    child.stdin.write(lines.map((line) => `${line}\n`).join(""));
  });
}

/** Runs it at a terminal; each answer is typed when its question is there. `out` is the screen. */
function atTerminal(
  words: readonly string[],
  answers: readonly (readonly [string, string])[],
): Promise<Ended> {
  const typed = join(import.meta.dirname, "at-terminal.py");
  const args = [typed, JSON.stringify(answers), ...program, ...words];
  return new Promise((done) => {
    const child = execFile("python3", args, { env: { ...english, TERM: "xterm" } }, (_, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });
}

function expectNoShare(data: string, ...said: readonly Ended[]): void {
  const bare = shareTexts().map((text) => text.replace(/^aigaq-share-1 /u, ""));
  for (const share of bare) for (const { out, err } of said) expect(`${out}${err}`).not.toContain(share);
  expect(
    new PlaintextSearch(bare.flatMap((text) => [text, text.replaceAll("-", "")])).inFolder(data),
  ).toEqual([]);
}

test(
  "by files: she is an officer under a new passphrase, the lost keys end, and the record holds",
  async () => {
    const data = copyOf(founded);
    const ended = await aigaq(comeBack(data, "M-01", "--shares", sheets), { env: { ...env, TZ: "UTC" } });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.err).toMatch(/These keys end:\n {2}M-01: since /u);
    expect(ended.err).toMatch(/Officers whose keys stay: M-02 · Дана Үлгі/u);
    expectNoShare(data, ended);
    // The old passphrase opens nothing, the new one everything, and she changes members.
    expect(codeOf(await aigaq(["members", "--json", "--data", data]))).toBe("wrong-passphrase");
    const hers = { env: { AIGAQ_PASSPHRASE: again } };
    expect(await aigaqJson(["members", "--data", data], hers)).toMatchObject([
      { member: "M-01" },
      { member: "M-02" },
    ]);
    await aigaqDone(["members", "remove", "M-02", "--reason", "left", "--data", data], hers);
    expect((await aigaqJson(["log", "check", "--data", data], hers)).verdict).toBe("held");
    expect(readdirSync(join(data, "keys")).toSorted()).toEqual(["M-01.keyring", "M-02.keyring"]);
  },
  slow,
);

test(
  "an officer whose keys end in the same entry can sign nothing any more",
  async () => {
    const data = copyOf(founded);
    const ended = await aigaqJson(comeBack(data, "M-01", "--end", "M-02", "--shares", sheets), { env });
    expect(ended).toEqual({ returned: "M-01", ended: [expect.any(String)] });
    const add = ["members", "add", "--name", "Thief", "--as", "M-02", "--json", "--data", data];
    expect(codeOf(await aigaq(add, { env }))).toBe("not-officer");
    const members = await aigaqJson(["members", "--data", data], { env: { AIGAQ_PASSPHRASE: again } });
    expect(members).toMatchObject([{ member: "M-01" }, { member: "M-02", removed: true }]);
  },
  slow,
);

test(
  "without a number it shows who is there and whose keys count, and changes nothing",
  async () => {
    const data = copyOf(founded);
    const size = await sizeOf(data);
    const shown = await aigaqJson(comeBack(data, "--shares", sheets));
    expect(shown.people).toMatchObject([
      { member: "M-01", officer: true, keys: [{ addedBy: null }] },
      { member: "M-02", name: "Дана Үлгі", officer: true, keys: [{ addedBy: "M-01" }] },
    ]);
    const said = await aigaq(comeBack(data, "--shares", sheets, "--lang", "kk"));
    expect(said.out).toContain("Дана Үлгі");
    expect(said.out).toContain("Ештеңе өзгерген жоқ");
    expect(await sizeOf(data)).toBe(size);
  },
  slow,
);

test(
  "read out line by line; what stays open behind the last line is not waited for",
  async () => {
    const data = copyOf(founded);
    const [one = "", , three = ""] = shareTexts();
    const lines = [three.toLowerCase(), one, "M-01", "M-02"];
    const ended = await piped(comeBack(data), lines, env);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.err).toContain("Sheet 3 of 3");
    expect(ended.err).toMatch(/These keys end:\n {2}M-01.*\n {2}M-02 · Дана Үлгі/u);
    expectNoShare(data, ended);
  },
  slow,
);

test(
  "at a terminal: a slip is said and asked again, nothing typed is shown, and she has to be named twice",
  async () => {
    const data = copyOf(founded);
    const [one = "", two = ""] = shareTexts();
    const slip = `${one.slice(0, -1)}${one.endsWith("0") ? "4" : "0"}`;
    const share = "begins with aigaq-share-1";
    const left = await atTerminal(comeBack(data), [
      [share, one],
      [share, two],
      ["Who comes back?", "M-01"],
      ["Whose keys end as well", ""],
      ["Type M-01 to go on", "no"],
    ]);
    expect(left).toMatchObject({ code: 0, out: expect.stringContaining("Nothing was changed") as string });
    const ended = await atTerminal(comeBack(data), [
      [share, slip],
      [share, one],
      [share, two],
      ["Who comes back?", "M-01"],
      ["Whose keys end as well", "M-02"],
      ["Type M-01 to go on", "M-01"],
      ["Passphrase that M-01 types herself", again],
      ["The same again", again],
    ]);
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining("M-01 is back") as string });
    expect(ended.out).toContain("misread");
    expect(ended.out).not.toContain(again);
    expectNoShare(data, left, ended);
  },
  slow,
);

test(
  "ended between the record and the file of keys, it goes on without a share",
  async () => {
    const data = copyOf(founded);
    const keys = join(data, "keys");
    const kid = "A".repeat(43);
    // Begun and never recorded: of no use, and cleared away.
    renameSync(join(copyOf(founded), "keys/M-02.keyring"), join(keys, `M-01.${kid}.returning`));
    await aigaqDone(comeBack(data, "M-01", "--shares", sheets), { env });
    expect(readdirSync(keys).toSorted()).toEqual(["M-01.keyring", "M-02.keyring"]);
    const hers = { env: { AIGAQ_PASSPHRASE: again } };
    const size = (await aigaqJson(["log", "check", "--data", data], hers)).size;
    // Recorded, and the power went before the new keyring was in its place.
    const [appointed] = await appointedKeys(data);
    renameSync(join(keys, "M-01.keyring"), join(keys, `M-01.${appointed}.returning`));
    renameSync(join(copyOf(founded), "keys/M-01.keyring"), join(keys, "M-01.keyring"));
    const wrong = { env: { AIGAQ_NEW_PASSPHRASE: "not what she chose then" } };
    expect(codeOf(await aigaq([...comeBack(data), "--json"], wrong))).toBe("wrong-passphrase");
    expect(await aigaqJson(comeBack(data), { env })).toEqual({ returned: "M-01", takenUp: true });
    expect(await aigaqJson(["log", "check", "--data", data], hers)).toMatchObject({ verdict: "held", size });
  },
  slow,
);

/** Ids of the keys that count for M-01, as the trustees are shown them. */
async function appointedKeys(data: string): Promise<readonly string[]> {
  const { people } = await aigaqJson(comeBack(data, "--shares", sheets));
  return people[0].keys.map(({ key }: { key: string }) => key);
}

test(
  "refused, with nothing changed: too few, a repeated or a misread share, nobody of that number, no passphrase",
  async () => {
    const data = copyOf(founded);
    const size = await sizeOf(data);
    const [one = "", two = ""] = shareTexts();
    const refusal = async (words: readonly string[], lines: readonly string[], more = {}) =>
      codeOf(await piped([...words, "--json"], lines, more));
    expect(await refusal(comeBack(data, "M-01"), [one, ""], env)).toBe("shares-too-few");
    expect(await refusal(comeBack(data, "M-01"), [one, one], env)).toBe("share-repeated");
    expect(await refusal(comeBack(data, "M-01"), ["what is this"], env)).toBe("share-malformed");
    const other = `${one.slice(0, 20)}${one[20] === "0" ? "1" : "0"}${one.slice(21)}`;
    expect(await refusal(comeBack(data, "M-01"), [other], env)).toBe("share-misread");
    expect(await refusal(comeBack(data, "M-09"), [one, two], env)).toBe("member-unknown");
    expect(await refusal(comeBack(data, "M-01", "--end", "M-09"), [one, two], env)).toBe("member-unknown");
    expect(await refusal(comeBack(data, "M-01"), [one, two])).toBe("passphrase-missing");
    expect(await refusal(comeBack(join(data, "nowhere"), "M-01"), [one, two], env)).toBe(
      "data-folder-missing",
    );
    expect(await refusal(comeBack(data, "--shares", join(data, "nowhere")), [], env)).toBe("folder-missing");
    expect(await sizeOf(data)).toBe(size);
    expect(existsSync(join(data, "keys/M-01.keyring"))).toBe(true);
  },
  slow,
);

// oxlint-disable-next-line typescript/no-explicit-any -- each call answers with its own type
const ask = (desk: Desk, name: string, input: unknown): Promise<any> =>
  anyCall[name]?.(desk, input) ?? Promise.reject(new Error(name));
const signIn = (desk: Desk, words: string) =>
  ask(desk, "sign-in", { member: "M-01", key: { kind: "passphrase", passphrase: words } });

test(
  "where a server kept her keys, she signs in with the new passphrase, and her old session is over",
  async () => {
    const folder = scratchFolder();
    const data = join(folder, "data");
    let shares: readonly string[] = [];
    {
      await using served = await serveFolder(folder, { isKept: true });
      const { desk } = served.newDesk();
      const prepared = await ask(desk, "foundation.prepare", {
        name: "Invented Foundation",
        languages: ["en"],
        currency: "KZT",
        officerName: "Айгүл Мысалова",
        lock: { kind: "passphrase", passphrase: deskPassphrase },
        recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
      });
      shares = prepared.shares.map(({ text }: { text: string }) => text);
      await ask(desk, "foundation.start", { rehearsed: false });
      // While the server has the folder, nobody else writes to it.
      expect(codeOf(await piped([...comeBack(data, "M-01"), "--json"], shares, env))).toBe(
        "data-folder-busy",
      );
      desk.close();
    }
    const ended = await piped([...comeBack(data, "M-01"), "--json"], shares, env);
    expect(JSON.parse(ended.out)).toEqual({ returned: "M-01", ended: [] });
    expect(readdirSync(join(data, "keys"))).toEqual(["log.key"]);
    {
      await using served = await serveFolder(folder, { isKept: true });
      const { desk } = served.newDesk();
      await expect(signIn(desk, deskPassphrase)).rejects.toThrow();
      await signIn(desk, again);
      expect((await ask(desk, "members.list", {})).isOfficer).toBe(true);
      desk.close();
    }
    // The log's key is nobody's but the server's here: without it nothing can be appended, and that is said before anything else.
    rmSync(join(data, "keys/log.key"));
    expect(codeOf(await piped([...comeBack(data, "M-01"), "--json"], shares, env))).toBe("log-key-missing");
  },
  slow,
);
