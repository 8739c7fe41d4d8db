// Whoever changes one byte of a dossier is found out, also when he writes the lists of digests anew; and TypeScript and
// Python name the same checks for it, so that no forger can shop for a verifier.
import { zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { type Content, expectAgreement, rebag, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { assembleDossier } from "#dossier/assemble.ts";

let log: SignedLog;
let sound: Content;

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
  sound = unzip(
    expectOk(
      assembleDossier(log.source({ kind: "appeal", id: "A-2025-003" }, { claim: "31000000 KZT raised" })),
    ),
  );
});

test("a sound dossier holds in both, and a false claim is an answer", async () => {
  const [report] = await expectAgreement([["sound", zip(sound)]]);
  expect(report?.verdict).toBe("held");
  expect(report?.claim).toEqual({
    asserted: "31000000 KZT raised",
    found: "26300 KZT raised",
    agrees: false,
  });
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
  for (const [i, report] of reports.entries())
    expect([mutants[i]?.[0], report.verdict]).toEqual([mutants[i]?.[0], "broken"]);
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
  for (const [i, report] of reports.entries())
    expect([mutants[i]?.[0], report.verdict]).toEqual([mutants[i]?.[0], "broken"]);
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
  mutants.push([
    "entry exchanged",
    zip(
      rebag(
        new Map([
          ...sound,
          ["data/entries/00000003.jwt", sound.get("data/entries/00000004.jwt") as Uint8Array],
        ]),
      ),
    ),
  ]);
  mutants.push([
    "proof exchanged",
    zip(
      rebag(
        new Map([
          ...sound,
          ["data/proofs/00000003.tlog-proof", sound.get("data/proofs/00000004.tlog-proof") as Uint8Array],
        ]),
      ),
    ),
  ]);
  for (const report of await expectAgreement(mutants)) expect(report.verdict).not.toBe("held");
});

test("figures that were changed everywhere alike are found out by the entries", async () => {
  const text = new TextDecoder();
  const mutants: [string, Uint8Array][] = [];
  for (const [from, to] of [
    ['"2630000"', '"3100000000"'],
    ['"donations": 5', '"donations": 6'],
    ['"how": "recorded"', '"how": "signed"'],
    ['"hotel"', '"shelter"'],
  ] as const) {
    const forged = new Map(sound);
    const statement = text.decode(sound.get("data/statement.json"));
    expect(statement).toContain(from);
    forged.set("data/statement.json", utf8(statement.replaceAll(from, to)));
    mutants.push([to, zip(rebag(forged))]);
  }
  for (const report of await expectAgreement(mutants)) {
    expect(report.verdict).toBe("broken");
    expect(
      report.checks.some(({ code, verdict }) => code.startsWith("figures.") && verdict === "broken"),
    ).toBe(true);
  }
});

test("archives that are damaged, cut or malicious are answered alike and never crash", async () => {
  const whole = zip(sound);
  const pick = random(3);
  const mutants: [string, Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["text", utf8("not a zip ".repeat(9))],
  ];
  for (let i = 0; i < 60; i++) {
    const changed = whole.slice();
    // Half of them where the structure is: in the directory at the end.
    const at = i % 2 === 0 ? pick(whole.length) : whole.length - 1 - pick(6_000);
    changed[at] = (changed[at] as number) ^ (1 + pick(255));
    mutants.push([`zip[${at}]`, changed], [`cut at ${at}`, whole.slice(0, at)]);
  }
  for (const name of ["../evil.txt", "/etc/passwd", "a\\b", "x/../../y", "CON:", "data/ентри"])
    mutants.push([name, zipSync({ [name]: utf8("x") })]);
  mutants.push(["two tops", zipSync({ "a/bagit.txt": utf8("x"), "b/bagit.txt": utf8("y") })]);
  mutants.push(["no top", zipSync({ "bagit.txt": utf8("x") })]);
  mutants.push(["one name in two cases", zipSync({ "a/bagit.txt": utf8("x"), "a/BAGIT.txt": utf8("y") })]);
  mutants.push(["bomb", zipSync({ "a/bagit.txt": new Uint8Array(40_000_000) })]);
  await expectAgreement(mutants);
});
