// A dossier answers a question and holds the accusation against the record: a false claim in a sound dossier is *held* and does
// not agree. The command and verify.py under a bare Python give the same checks; an altered copy is broken for both.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aigaq, aigaqDone, aigaqJson } from "./aigaq.ts";
import { clearScratch, sampleFolder, scratchFolder, slow } from "./prepared.ts";

const scratch = scratchFolder();
const at = (name: string) => join(scratch, `${name}.zip`);
let data: string;
const make = (name: string, ...question: string[]) =>
  aigaqJson(["dossier", "make", ...question, "--out", at(name), "--data", data]);
/** The verifier has neither folder, nor passphrase, nor the program's own place to look around in. */
const verify = (name: string) =>
  aigaq(["dossier", "verify", at(name), "--json"], { env: { AIGAQ_PASSPHRASE: undefined }, cwd: scratch });

beforeAll(async () => {
  data = await sampleFolder();
  await make("accusation", "--appeal", "A-2025-003", "--claim", "31000000 KZT raised");
}, slow);
afterAll(clearScratch);

describe("a dossier of the sample foundation", () => {
  test("31 000 000 were not raised for her: the dossier holds, the claim does not agree", async () => {
    const ended = await verify("accusation");
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.out);
    expect(Object.keys(report)).toEqual(["verdict", "checks", "claim"]);
    expect(report).toMatchObject({
      verdict: "held",
      claim: { asserted: "31000000 KZT raised", agrees: false },
    });
    expect(JSON.stringify(report.claim.found)).toContain("1240000");
    expect(report.checks.length).toBeGreaterThan(20);
    for (const check of report.checks) {
      expect(Object.keys(check)).toEqual(["code", "subject", "verdict", "reason"]);
      expect(check.verdict).toBe("held");
    }
  });

  test("verify.py, taken out of the dossier and run by a bare Python, says the same", async () => {
    const python = join(scratch, "verify.py");
    const list = execFileSync("python3", ["-m", "zipfile", "-l", at("accusation")], { encoding: "utf8" });
    expect(list).toContain("verify.html");
    const take = `import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);sys.stdout.buffer.write(z.read([n for n in z.namelist() if n.endswith("/verify.py")][0]))`;
    writeFileSync(python, execFileSync("python3", ["-I", "-S", "-c", take, at("accusation")]));
    const run = spawnSync("python3", ["-I", "-S", python, at("accusation"), "--json"], { encoding: "utf8" });
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toEqual(JSON.parse((await verify("accusation")).out));
  });

  test("one changed byte breaks it, for both, in the same checks, with exit status 1", async () => {
    const bytes = readFileSync(at("accusation"));
    // Inside the first entry's packed text, behind its name: a byte of the archive's own headers could mean nothing.
    const place = bytes.indexOf("data/entries/00000000.jwt") + 80;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(at("altered"), bytes);
    const ended = await verify("altered");
    expect(ended).toMatchObject({ code: 1 });
    const report = JSON.parse(ended.out);
    expect(report.verdict).toBe("broken");
    const run = spawnSync("python3", ["-I", "-S", join(scratch, "verify.py"), at("altered"), "--json"], {
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    const codes = (list: { code: string; subject: string; verdict: string }[]) =>
      list.map(({ code, subject, verdict }) => ({ code, subject, verdict }));
    expect(codes(JSON.parse(run.stdout).checks)).toEqual(codes(report.checks));
  });

  test("tells a person, in words and in her language", async () => {
    const words = await aigaqDone(["dossier", "verify", at("accusation")]);
    expect(words).toMatch(/HELD/u);
    expect(words).toMatch(/31000000 KZT raised.*not agree/iu);
    expect(await aigaqDone(["dossier", "verify", at("accusation"), "--lang", "ru"])).toMatch(/ПОДТВЕРЖДЕНО/u);
    expect(await aigaqDone(["dossier", "verify", at("accusation"), "--lang", "kk"])).toMatch(/РАСТАЛДЫ/u);
  });

  test.each([
    {
      name: "true-claim",
      question: ["--appeal", "A-2025-003", "--claim", "1240000 KZT raised"],
      agrees: true,
    },
    { name: "by-post", question: ["--post", "P-007"], agrees: undefined },
    { name: "by-period", question: ["--from", "2025-03-01", "--to", "2025-03-31"], agrees: undefined },
  ])(
    "$name holds",
    async ({ name, question, agrees }) => {
      await make(name, ...question);
      const ended = await verify(name);
      expect(ended.code).toBe(0);
      const { verdict, claim } = JSON.parse(ended.out);
      expect(verdict).toBe("held");
      if (agrees === undefined) expect(claim).toBeNull();
      else expect(claim).toMatchObject({ agrees });
    },
    slow,
  );
});
