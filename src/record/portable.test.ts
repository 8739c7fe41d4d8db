// A verifier in a browser reads what a server wrote: the same program without Node's cryptography and Buffer gives the
// same bytes and the same answers.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const program = `
  const { issueEntry } = await import("#record/issue.ts");
  const { parseEntry, verifyEntrySignature } = await import("#record/entry.ts");
  const { flatDisclosures, openEntry } = await import("#record/disclosure.ts");
  const { signCheckpoint } = await import("#record/checkpoint.ts");
  const { fixedRandomness, sampleDraft, sampleSigner } = await import("#test/sample-entries.ts");
  const { invalidEntries, exampleLog } = await import("#test/spec-vectors.ts");
  const issued = issueEntry(sampleDraft, { signer: sampleSigner, randomBytes: fixedRandomness("portable") });
  const parsed = parseEntry(issued.jwt);
  const opened = openEntry(parsed.value, flatDisclosures(issued.disclosures));
  const codes = invalidEntries().cases.map(({ jwt, disclosures }) => {
    const entry = parseEntry(jwt);
    if (!entry.ok) return entry.refusal.code;
    if (!verifyEntrySignature(entry.value, sampleSigner.publicKey)) return "signature-wrong";
    return openEntry(entry.value, disclosures).refusal.code;
  });
  console.log(JSON.stringify([issued, opened, verifyEntrySignature(parsed.value, sampleSigner.publicKey), codes, exampleLog()]));
`;

function run(prelude: string): string {
  const options = { encoding: "utf8", stdio: "pipe" } as const;
  return execFileSync(process.execPath, ["--input-type=module", "-e", prelude + program], options);
}

test("entries, refusals, checkpoints and proofs are the same on Node and without it", () => {
  const onNode = run("");
  const elsewhere = run(
    'process.getBuiltinModule = undefined; globalThis.Buffer = undefined; await import("#record/portable.ts");',
  );
  expect(elsewhere).toBe(onNode);
  expect(onNode).toContain("disclosure-unreferenced");
});
