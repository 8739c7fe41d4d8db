// Whoever changes one byte of a dossier is found out, also when he writes the lists of digests anew; and TypeScript and
// Python name the same checks for it, so that no forger can shop for a verifier.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "./assemble.ts";
import { makeBag } from "./bag.ts";
import { checkDossier } from "./check.ts";

type Report = Pick<Awaited<ReturnType<typeof checkDossier>>, "verdict" | "checks" | "claim">;
type Content = Map<string, Uint8Array>;
const top = "dossier-A-2025-003";
const folder = mkdtempSync(join(tmpdir(), "aigaq-dossier-"));
const verifyPy = join(import.meta.dirname, "../verifier/verify.py");
let log: SignedLog;
let sound: Content;

const zip = (files: Content): Uint8Array => zipSync(Object.fromEntries([...files].map(([name, body]) => [`${top}/${name}`, body])), { level: 0 });

const unzip = (bytes: Uint8Array): Content => new Map(Object.entries(unzipSync(bytes)).map(([name, body]) => [name.slice(name.indexOf("/") + 1), body]));

/** What a careful forger does: new lists of digests over what he changed. */
const rebag = (files: Content): Content => {
  const payload = new Map([...files].filter(([name]) => name.startsWith("data/")));
  const tags = new Map(["README.txt", "verify.html", "verify.py"].flatMap((name) => (files.has(name) ? [[name, files.get(name) as Uint8Array] as const] : [])));
  return makeBag(payload, tags, "2025-10-09");
};

const brief = ({ verdict, checks, claim }: Report) => ({ verdict, claim, checks: checks.map(({ code, subject, verdict: one }) => `${code}|${subject}|${one}`) });

const byPython = (zips: readonly Uint8Array[]): readonly Report[] => {
  const paths = zips.map((bytes, i) => {
    const path = join(folder, `${i}.zip`);
    writeFileSync(path, bytes);
    return path;
  });
  const many = join(import.meta.dirname, "../../test/dossier/check-many.py");
  const out = execFileSync("python3", [many, verifyPy], { input: paths.join("\n"), encoding: "utf8", maxBuffer: 2 ** 28 });
  return out.trim().split("\n").map((line) => JSON.parse(line) as Report);
};

const expectAgreement = async (named: readonly (readonly [string, Uint8Array])[]): Promise<readonly Report[]> => {
  const python = byPython(named.map(([, bytes]) => bytes));
  const ours: Report[] = [];
  for (const [i, [name, bytes]] of named.entries()) {
    const report = await checkDossier(bytes);
    expect({ name, ...brief(python[i] as Report) }).toEqual({ name, ...brief(report) });
    ours.push(report);
  }
  return ours;
};

/** A small generator with a seed, so that a failure can be seen again. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

beforeAll(async () => {
  log = signBooks((await smallBooks()).entries);
  sound = unzip(expectOk(assembleDossier(log.source({ kind: "appeal", id: "A-2025-003" }, { claim: "31000000 KZT raised" }))));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a sound dossier holds in both, and a false claim is an answer", async () => {
  const [report] = await expectAgreement([["sound", zip(sound)]]);
  expect(report?.verdict).toBe("held");
  expect(report?.claim).toEqual({ asserted: "31000000 KZT raised", found: "26300 KZT raised", agrees: false });
});

test("one changed byte of any file breaks the dossier", async () => {
  const pick = random(1);
  const mutants: [string, Uint8Array][] = [];
  for (const [name, body] of sound) {
    const changed = body.slice();
    const at = pick(body.length);
    changed[at] = (changed[at] as number) ^ (1 + pick(255));
    mutants.push([`${name}[${at}]`, zip(new Map([...sound, [name, changed]]))]);
  }
  const reports = await expectAgreement(mutants);
  for (const [i, report] of reports.entries()) expect([mutants[i]?.[0], report.verdict]).toEqual([mutants[i]?.[0], "broken"]);
});

test("so it does when the lists of digests are written anew", async () => {
  const pick = random(2);
  const mutants: [string, Uint8Array][] = [];
  for (const [name, body] of sound) {
    if (!name.startsWith("data/") && name !== "README.txt") continue;
    for (let i = 0; i < 2; i++) {
      const at = pick(body.length);
      const changed = i === 0 ? body.slice() : body.slice(0, at);
      if (i === 0) changed[at] = (changed[at] as number) ^ (1 + pick(255));
      mutants.push([`${name}[${at}]${i}`, zip(rebag(new Map([...sound, [name, changed]])))]);
    }
  }
  const reports = await expectAgreement(mutants);
  for (const [i, report] of reports.entries()) expect([mutants[i]?.[0], report.verdict]).toEqual([mutants[i]?.[0], "broken"]);
});

test("a file left out, added, exchanged or doubled never holds", async () => {
  const names = [...sound.keys()];
  const mutants: [string, Uint8Array][] = [];
  for (const name of names) {
    const without = new Map(sound);
    without.delete(name);
    mutants.push([`without ${name}`, zip(without)]);
    if (name.startsWith("data/")) mutants.push([`quietly without ${name}`, zip(rebag(without))]);
  }
  mutants.push(["one more", zip(rebag(new Map([...sound, ["data/note.txt", utf8("31000000")]])))]);
  mutants.push(["entry exchanged", zip(rebag(new Map([...sound, ["data/entries/00000003.jwt", sound.get("data/entries/00000004.jwt") as Uint8Array]])))]);
  mutants.push(["proof exchanged", zip(rebag(new Map([...sound, ["data/proofs/00000003.tlog-proof", sound.get("data/proofs/00000004.tlog-proof") as Uint8Array]])))]);
  for (const report of await expectAgreement(mutants)) expect(report.verdict).not.toBe("held");
});

test("figures that were changed everywhere alike are found out by the entries", async () => {
  const text = new TextDecoder();
  const mutants: [string, Uint8Array][] = [];
  for (const [from, to] of [['"2630000"', '"3100000000"'], ['"donations": 5', '"donations": 6'], ['"how": "recorded"', '"how": "signed"'], ['"hotel"', '"shelter"']] as const) {
    const forged = new Map(sound);
    const statement = text.decode(sound.get("data/statement.json"));
    expect(statement).toContain(from);
    forged.set("data/statement.json", utf8(statement.replaceAll(from, to)));
    mutants.push([to, zip(rebag(forged))]);
  }
  for (const report of await expectAgreement(mutants)) {
    expect(report.verdict).toBe("broken");
    expect(report.checks.some(({ code, verdict }) => code.startsWith("figures.") && verdict === "broken")).toBe(true);
  }
});

test("archives that are damaged, cut or malicious are answered alike and never crash", async () => {
  const whole = zip(sound);
  const pick = random(3);
  const mutants: [string, Uint8Array][] = [["nothing", new Uint8Array()], ["text", utf8("not a zip ".repeat(9))]];
  for (let i = 0; i < 60; i++) {
    const changed = whole.slice();
    // Half of them where the structure is: in the directory at the end.
    const at = i % 2 === 0 ? pick(whole.length) : whole.length - 1 - pick(6_000);
    changed[at] = (changed[at] as number) ^ (1 + pick(255));
    mutants.push([`zip[${at}]`, changed], [`cut at ${at}`, whole.slice(0, at)]);
  }
  for (const name of ["../evil.txt", "/etc/passwd", "a\\b", "x/../../y", "CON:", "data/ентри"]) mutants.push([name, zipSync({ [name]: utf8("x") })]);
  mutants.push(["two tops", zipSync({ "a/bagit.txt": utf8("x"), "b/bagit.txt": utf8("y") })]);
  mutants.push(["no top", zipSync({ "bagit.txt": utf8("x") })]);
  mutants.push(["one name in two cases", zipSync({ "a/bagit.txt": utf8("x"), "a/BAGIT.txt": utf8("y") })]);
  mutants.push(["bomb", zipSync({ "a/bagit.txt": new Uint8Array(40_000_000) })]);
  await expectAgreement(mutants);
});
