// A checkpoint is witnessed by distinct outsiders, as many as the policy says, and by nobody when it says none.
import { expect, test } from "vitest";
import { utf8 } from "./bytes.ts";
import { checkpointText, signCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { type Signer, signerFromSeed } from "./ed25519.ts";
import { verifierKey, vkeyText } from "./note.ts";
import { judgeCheckpoint, parsePolicy, type Policy, policyText } from "./policy.ts";
import { expectOk } from "./result.ts";
import { leafHash } from "./tree.ts";

const signer = (n: number): Signer => signerFromSeed(new Uint8Array(32).fill(n));
const vkey = (name: string, type: 0x01 | 0x04, n: number): string =>
  vkeyText(verifierKey(name, type, signer(n).publicKey));
const logLine = `log ${vkey("log.example", 0x01, 1)} https://log.example/`;
const witnessLine = (n: number): string => `witness W${n} ${vkey(`w${n}.example`, 0x04, n)}`;
const twoOfThree = [
  logLine,
  witnessLine(2),
  witnessLine(3),
  witnessLine(4),
  "group G 2 W2 W3 W4",
  "quorum G",
  "",
].join("\n");

const checkpoint = { origin: "log.example", size: 7, root: leafHash(utf8("x")) };
const text = checkpointText(checkpoint);
const signed = signCheckpoint(checkpoint, signer(1));
const line = (n: number, time: number, name = `w${n}.example`): string => cosign(text, time, name, signer(n));
const judge = (policy: string, note: string): ReturnType<typeof judgeCheckpoint> =>
  judgeCheckpoint(note, expectOk(parsePolicy(policy)));
const code = (result: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  result.refusal?.code;

test("two of three witnesses make a checkpoint witnessed, and the later of the two bounds its time", () => {
  expect(expectOk(judge(twoOfThree, signed))).toMatchObject({
    isWitnessed: false,
    meetsQuorum: false,
    size: 7,
  });
  expect(expectOk(judge(twoOfThree, signed + line(2, 100)))).toMatchObject({
    isWitnessed: false,
    notAfter: undefined,
  });
  const both = expectOk(judge(twoOfThree, signed + line(4, 300) + line(2, 100) + line(3, 200)));
  expect(both).toMatchObject({ isWitnessed: true, meetsQuorum: true, notAfter: 200 });
  expect(both.witnessed.map((one) => one.time)).toEqual([100, 200, 300]);
});

test("one witness counts once, however often it signs", () => {
  const judged = expectOk(judge(twoOfThree, signed + line(2, 100) + line(2, 200)));
  expect(judged.isWitnessed).toBe(false);
  expect(judged.witnessed).toHaveLength(1);
  expect(judged.witnessed[0]?.time).toBe(100);
});

test("a stranger's cosignature does not count, a known witness's false one refuses the checkpoint", () => {
  expect(expectOk(judge(twoOfThree, signed + line(2, 100) + line(9, 100))).isWitnessed).toBe(false);
  expect(expectOk(judge(twoOfThree, signed + line(2, 100) + line(3, 100, "other.example"))).isWitnessed).toBe(
    false,
  );
  const forged = signed + cosign(text.replace("\n7\n", "\n8\n"), 100, "w2.example", signer(2));
  expect(code(judge(twoOfThree, forged))).toBe("cosignature-wrong");
});

test("quorum none asks for nothing and witnesses nothing", () => {
  const none = `${logLine}\n${witnessLine(2)}\nquorum none\n`;
  expect(expectOk(judge(none, signed + line(2, 100)))).toMatchObject({
    isWitnessed: false,
    meetsQuorum: true,
    notAfter: undefined,
  });
});

test("the log's own signature is needed, by a log of the policy", () => {
  expect(code(judge(twoOfThree, signCheckpoint(checkpoint, signer(5)) + line(2, 1) + line(3, 1)))).toBe(
    "note-unsigned",
  );
});

test("groups nest, and any and all mean one and every one", () => {
  const witnesses = [2, 3, 4, 5].map(witnessLine).join("\n");
  const nested = `${logLine}\n${witnesses}\ngroup A all W2 W3\ngroup B any W4 W5\ngroup Q all A B\nquorum Q\n`;
  expect(expectOk(judge(nested, signed + line(2, 1) + line(3, 2))).isWitnessed).toBe(false);
  expect(expectOk(judge(nested, signed + line(2, 1) + line(4, 2))).isWitnessed).toBe(false);
  expect(expectOk(judge(nested, signed + line(2, 1) + line(3, 2) + line(5, 9)))).toMatchObject({
    isWitnessed: true,
    notAfter: 9,
  });
});

test("a policy is read with comments and tabs, and written back to the same meaning", () => {
  const policy = expectOk(
    parsePolicy(
      `# who watches\n\n \t${twoOfThree.replaceAll(" ", " \t ")}  # not a comment`.replace(
        "  # not a comment",
        "",
      ),
    ),
  );
  expect(policy).toEqual(expectOk(parsePolicy(twoOfThree)));
  expect(expectOk(parsePolicy(policyText(policy, vkeyText)))).toEqual(policy);
  expect(policy satisfies Policy).toMatchObject({ quorum: "G", groups: [{ name: "G", threshold: 2 }] });
});

test.each([
  ["policy-malformed", `${logLine}\nwatness x\nquorum none`],
  ["policy-malformed", "log\nquorum none"],
  ["policy-malformed", `witness W2\nquorum none`],
  ["policy-malformed", `${witnessLine(2)}\ngroup G any\nquorum G`],
  ["policy-malformed", "quorum none none"],
  ["policy-character", `${logLine}\r\nquorum none`],
  ["policy-key-invalid", "log nonsense\nquorum none"],
  ["policy-key-invalid", `log ${vkey("w.example", 0x04, 2)}\nquorum none`],
  ["policy-key-invalid", `witness W ${vkey("w.example", 0x01, 2)}\nquorum none`],
  ["policy-key-repeated", `${logLine}\n${logLine}\nquorum none`],
  ["policy-key-repeated", `${witnessLine(2)}\nwitness X ${vkey("other.example", 0x04, 2)}\nquorum none`],
  ["policy-name-repeated", `${witnessLine(2)}\nwitness W2 ${vkey("w3.example", 0x04, 3)}\nquorum none`],
  ["policy-name-repeated", `witness none ${vkey("w3.example", 0x04, 3)}\nquorum none`],
  ["policy-name-unknown", `quorum G`],
  ["policy-name-unknown", `${witnessLine(2)}\ngroup G any W2 W3\nquorum G`],
  ["policy-name-unknown", `${witnessLine(2)}\ngroup G any none\nquorum G`],
  ["policy-name-unknown", `quorum W2\n${witnessLine(2)}`],
  ["policy-member-repeated", `${witnessLine(2)}\ngroup G 2 W2 W2\nquorum G`],
  ["policy-member-repeated", `${witnessLine(2)}\ngroup G any W2\ngroup H any W2\nquorum G`],
  ["policy-threshold-wrong", `${witnessLine(2)}\ngroup G 0 W2\nquorum G`],
  ["policy-threshold-wrong", `${witnessLine(2)}\ngroup G 2 W2\nquorum G`],
  ["policy-threshold-wrong", `${witnessLine(2)}\ngroup G some W2\nquorum G`],
  ["policy-quorum-missing", logLine],
  ["policy-quorum-repeated", "quorum none\nquorum none"],
  ["policy-too-large", `quorum none${"\n".repeat(4_096)}`],
])("%s: %j", (expected, policy) => {
  expect(code(parsePolicy(policy))).toBe(expected);
});

test("a refusal of a policy names the line", () => {
  expect(parsePolicy(`${logLine}\n\nquorum G`)).toMatchObject({ refusal: { line: 3 } });
});
