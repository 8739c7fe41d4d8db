// A proof file alone shows that an entry is in the log: nothing of it can be changed.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64, utf8 } from "./bytes.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { signerFromSeed } from "./ed25519.ts";
import { verifierKey } from "./note.ts";
import { encodeProof, parseProof, verifyProof } from "./proof.ts";
import { expectOk } from "./result.ts";
import { hashReaderOf } from "./tiles.ts";
import { EMPTY_ROOT, inclusionProof, leafHash, rootOfLeafHashes } from "./tree.ts";
import { concatBytes } from "./bytes.ts";
import { vectorJson } from "#test/vector-files.ts";

const vectors = vectorJson<{
  valid: { text: string; index: number; hashes: string[]; checkpoint: string; extra?: string }[];
  invalid: string[];
}>("proof/tlog-proof.json");
const code = (result: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  result.refusal?.code;

test.each(vectors.valid)("a published proof file for index $index is read and written back", (one) => {
  const proof = expectOk(parseProof(one.text));
  expect(proof.index).toBe(one.index);
  expect(proof.hashes.map(toBase64)).toEqual(one.hashes);
  expect(proof.checkpoint).toBe(one.checkpoint);
  expect(proof.extra === undefined ? undefined : toBase64(proof.extra)).toBe(one.extra);
  expect(encodeProof(proof)).toBe(one.text);
});

test.each(vectors.invalid)("proof file %j is refused", (text) => {
  expect(parseProof(text).ok).toBe(false);
});

test("each way a proof file can be wrong has its code", () => {
  const head = "c2sp.org/tlog-proof@v1\n";
  const hash = toBase64(EMPTY_ROOT);
  expect(code(parseProof("index 0\n\nx"))).toBe("proof-header-wrong");
  expect(code(parseProof(`${head}index 0\n`))).toBe("proof-malformed");
  expect(code(parseProof(`${head}extra !\nindex 0\n\nx`))).toBe("proof-extra-malformed");
  expect(code(parseProof(`${head}${hash}\n\nx`))).toBe("proof-malformed");
  expect(code(parseProof(`${head}index 01\n\nx`))).toBe("proof-index-malformed");
  expect(code(parseProof(`${head}index 0\nAAAA\n\nx`))).toBe("proof-hash-malformed");
  expect(code(parseProof(`${head}index 0\n${`${hash}\n`.repeat(64)}\nx`))).toBe("proof-too-long");
});

const log = signerFromSeed(new Uint8Array(32).fill(1));
const logKey = verifierKey("log.example", 0x01, log.publicKey);
const leaves = Array.from({ length: 11 }, (_, i) => leafHash(utf8(`leaf ${i}`)));
const root = rootOfLeafHashes(leaves);
const reader = hashReaderOf(() => concatBytes(...leaves));

test("a proof file proves its leaf, and with any character changed it does not", () => {
  const checkpoint = signCheckpoint({ origin: "log.example", size: 11, root }, log);
  for (let index = 0; index < 11; index++) {
    const hashes = expectOk(inclusionProof(index, 11, reader));
    const leaf = leaves[index] ?? EMPTY_ROOT;
    const text = encodeProof({ index, hashes, checkpoint });
    expect(expectOk(verifyProof(expectOk(parseProof(text)), leaf, [logKey]))).toEqual({
      index,
      size: 11,
      root,
    });
    expect(
      code(verifyProof(expectOk(parseProof(text)), leaves[(index + 1) % 11] ?? EMPTY_ROOT, [logKey])),
    ).toBe("tree-proof-wrong");
    expect(code(verifyProof({ index: 11, hashes, checkpoint }, leaf, [logKey]))).toBe(
      "tree-index-out-of-range",
    );
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("A", "0", "\n", "=", "é"), (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        if (changed === text) return;
        const parsed = parseProof(changed);
        if (!parsed.ok) return;
        expect(verifyProof(parsed.value, leaf, [logKey]).ok, JSON.stringify(changed)).toBe(false);
      }),
      { numRuns: 60 },
    );
  }
});
