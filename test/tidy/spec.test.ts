// The specification is what outsiders build on: its vectors, examples and lists of codes are those of the code.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromBase64Url, toHex } from "#record/bytes.ts";
import { openEntry } from "#record/disclosure.ts";
import { entryRefusalCodes, parseEntry, verifyEntrySignature } from "#record/entry.ts";
import { parsePolicy } from "#record/policy.ts";
import { judgeCheckpoint } from "#record/policy.ts";
import { parseProof, verifyProof } from "#record/proof.ts";
import { parseVkey } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { leafHashOfEntry } from "#record/entry.ts";
import { sha256OfText } from "#record/hash.ts";
import { exampleLog, invalidEntries, specVectors, validEntries } from "#test/spec-vectors.ts";

const spec = (path: string): string => readFileSync(new URL(`../../spec/${path}`, import.meta.url), "utf8");

test.each(Object.entries(specVectors))("spec/vectors/%s is what the code makes", (name, make) => {
  expect(JSON.parse(spec(`vectors/${name}`))).toEqual(JSON.parse(JSON.stringify(make())));
});

const valid = validEntries();
const publicKey = fromBase64Url(valid.publicKey) ?? new Uint8Array();

test.each(valid.cases)("valid: $name", ({ jwt, disclosures, hash, opened }) => {
  const parsed = expectOk(parseEntry(jwt));
  expect(verifyEntrySignature(parsed, publicKey)).toBe(true);
  expect(toHex(parsed.hash)).toBe(hash);
  const { pub, hidden, items } = expectOk(openEntry(parsed, disclosures));
  expect({ pub, hidden, items: items.map((item) => item ?? null) }).toEqual(opened);
});

const invalid = invalidEntries().cases;

test.each(invalid)("invalid: $name", ({ code, jwt, disclosures }) => {
  expect(codeOf(jwt, disclosures)).toBe(code);
});

function codeOf(jwt: string, disclosures: readonly string[]): string | undefined {
  const parsed = parseEntry(jwt);
  if (!parsed.ok) return parsed.refusal.code;
  if (!verifyEntrySignature(parsed.value, publicKey)) return "signature-wrong";
  const opened = openEntry(parsed.value, disclosures);
  return opened.ok ? undefined : opened.refusal.code;
}

test("every code is in the table of spec/entry.md, and reached by a vector unless the README says why not", () => {
  const page = spec("entry.md");
  const readme = spec("vectors/README.md");
  const reached = new Set<string>(invalid.map(({ code }) => code));
  for (const code of entryRefusalCodes) {
    expect(page, code).toContain(`| \`${code}\``);
    expect(reached.has(code) || readme.includes(`\`${code}\``), code).toBe(true);
  }
});

test("the worked example of spec/log.md is that of the vectors, and holds", () => {
  const page = spec("log.md");
  const log = exampleLog();
  const quoted = [
    log.logVkey,
    log.witnessVkey,
    ...log.leafHashes,
    ...log.roots,
    log.entryHashes[0] ?? "?",
    log.proofFile,
  ];
  for (const text of quoted) expect(page).toContain(text);
  const judged = expectOk(judgeCheckpoint(log.cosignedCheckpoint, expectOk(parsePolicy(log.policy))));
  expect(judged).toMatchObject({ size: 3, isWitnessed: true, notAfter: 1_700_000_000 });
  const leaf = leafHashOfEntry(sha256OfText("entry 1"));
  expect(verifyProof(expectOk(parseProof(log.proofFile)), leaf, [expectOk(parseVkey(log.logVkey))]).ok).toBe(
    true,
  );
});

test("the worked example of spec/entry.md is the first vector", () => {
  const page = spec("entry.md").replaceAll("\n", "").replaceAll(" ", "");
  const first = valid.cases[0];
  for (const text of [first?.jwt, first?.hash, first?.leafHash, valid.kid, ...(first?.disclosures ?? [])])
    expect(page).toContain(text);
});

test("every refusal code of the log's formats is in spec/log.md", () => {
  const page = spec("log.md");
  for (const file of ["tree", "tiles", "note", "checkpoint", "cosignature", "proof", "policy", "witness"]) {
    const source = readFileSync(new URL(`../../src/record/${file}.ts`, import.meta.url), "utf8");
    for (const [, code = ""] of source.matchAll(/code: "([a-z-]+)"/gu))
      expect(page, code).toContain(`\`${code}\``);
  }
});
