// Checkpoints and witnesses' cosignatures: others' vectors, then what must not pass.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromUtf8, toHex, utf8 } from "./bytes.ts";
import {
  checkpointText,
  openCheckpoint,
  parseCheckpointLines,
  parseCheckpointText,
  parseDecimal,
  signCheckpoint,
} from "./checkpoint.ts";
import { cosign, cosignatureMessage, cosignaturesOf, verifyCosignature } from "./cosignature.ts";
import { signerFromSeed } from "./ed25519.ts";
import { parseNote, parseVkey, signNote, verifierKey } from "./note.ts";
import { expectOk } from "./result.ts";
import { EMPTY_ROOT, leafHash } from "./tree.ts";
import { vectorJson } from "#test/vector-files.ts";

const vectors = vectorJson<{
  valid: { text: string; origin: string; size: number; hash_utf8: string; extension: string }[];
  invalid: string[];
  golden: { text: string; hash_is_leaf_hash_of_utf8: string };
}>("note/checkpoints.json");
const code = (result: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  result.refusal?.code;

test.each(vectors.valid)(
  "checkpoint lines of $origin at $size are read; its short hash is then refused",
  (one) => {
    const lines = expectOk(parseCheckpointLines(one.text));
    expect(lines).toMatchObject({ origin: one.origin, size: one.size });
    expect(fromUtf8(lines.root)).toBe(one.hash_utf8);
    expect(lines.extensions.map((line) => `${line}\n`).join("")).toBe(one.extension);
    expect(code(parseCheckpointText(one.text))).toBe("checkpoint-root-wrong-length");
  },
);

test.each(vectors.invalid)("checkpoint %j is refused", (text) => {
  expect(parseCheckpointLines(text).ok).toBe(false);
});

test("a golden checkpoint of another implementation is read and written back", () => {
  const checkpoint = expectOk(parseCheckpointText(vectors.golden.text));
  expect(toHex(checkpoint.root)).toBe(toHex(leafHash(utf8(vectors.golden.hash_is_leaf_hash_of_utf8))));
  expect(checkpointText(checkpoint)).toBe(vectors.golden.text);
});

test("each way a checkpoint can be wrong has its code", () => {
  const root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  expect(code(parseCheckpointText("a\n1\n"))).toBe("checkpoint-malformed");
  expect(code(parseCheckpointText(`a\n1\n${root}`))).toBe("checkpoint-malformed");
  expect(code(parseCheckpointText(`a\n1\n${root}\n\n`))).toBe("checkpoint-malformed");
  for (const size of ["01", "+1", "-1", "1.0", "1e3", " 1", "9007199254740992", "٣"])
    expect(code(parseCheckpointText(`a\n${size}\n${root}\n`)), size).toBe("checkpoint-size-malformed");
  expect(code(parseCheckpointText("a\n1\nnot base64\n"))).toBe("checkpoint-root-malformed");
  expect(code(parseCheckpointText("a\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"))).toBe(
    "checkpoint-empty-root-wrong",
  );
  expect(parseDecimal("9007199254740991")).toBe(2 ** 53 - 1);
});

const log = signerFromSeed(new Uint8Array(32).fill(1));
const logKey = verifierKey("log.example", 0x01, log.publicKey);
const checkpoint = { origin: "log.example", size: 5, root: leafHash(utf8("x")) };

test("a signed checkpoint opens with the log's key, for that origin only", () => {
  const note = signCheckpoint(checkpoint, log);
  expect(expectOk(openCheckpoint(note, [logKey]))).toMatchObject(checkpoint);
  expect(expectOk(openCheckpoint(note, [logKey], "log.example")).size).toBe(5);
  expect(code(openCheckpoint(note, [logKey], "other.example"))).toBe("checkpoint-other-origin");
  // A key of one log may not sign for another: its name must be the origin.
  const borrowed = signNote(checkpointText({ ...checkpoint, origin: "other.example" }), "log.example", log);
  expect(code(openCheckpoint(borrowed, [logKey]))).toBe("checkpoint-other-origin");
  expect(code(openCheckpoint(note.replace("\n5\n", "\n6\n"), [logKey]))).toBe("note-signature-wrong");
  expect(code(openCheckpoint(signNote("a\n1\n", "log.example", log), [logKey]))).toBe("checkpoint-malformed");
});

const cosignatures = vectorJson<{
  cases: { remark: string; vkey: string; checkpoint: string; time: number }[];
  signed_message_example: { checkpoint_body: string; time: number; message: string };
}>("note/cosignatures.json");

test.each(cosignatures.cases)("$remark", ({ vkey, checkpoint: text, time }) => {
  const witness = expectOk(parseVkey(vkey));
  const note = expectOk(parseNote(text));
  expect(expectOk(cosignaturesOf(note, [witness]))).toEqual([{ witness, time }]);
  const forged = expectOk(parseNote(text.replace("\n300\n", "\n301\n")));
  expect(code(cosignaturesOf(forged, [witness]))).toBe("cosignature-wrong");
});

test("the message a witness signs is the published one", () => {
  const { checkpoint_body, time, message } = cosignatures.signed_message_example;
  expect(fromUtf8(cosignatureMessage(checkpoint_body, time))).toBe(message);
});

test("a cosignature holds for its checkpoint, time and witness", () => {
  const witness = signerFromSeed(new Uint8Array(32).fill(3));
  const key = verifierKey("witness.example", 0x04, witness.publicKey);
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(71), (time, at) => {
      const text = checkpointText(checkpoint);
      const note = expectOk(
        parseNote(signCheckpoint(checkpoint, log) + cosign(text, time, "witness.example", witness)),
      );
      expect(expectOk(cosignaturesOf(note, [key]))).toEqual([{ witness: key, time }]);
      const bytes = note.signatures[1]?.bytes.slice() ?? new Uint8Array();
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(verifyCosignature(text, bytes, key).ok).toBe(false);
    }),
    { numRuns: 40 },
  );
  expect(code(verifyCosignature("x\n", new Uint8Array(71), key))).toBe("cosignature-malformed");
  expect(code(verifyCosignature("x\n", new Uint8Array(72), logKey))).toBe("cosignature-malformed");
});

test("an empty log has the root of nothing", () => {
  const note = signCheckpoint({ origin: "log.example", size: 0, root: EMPTY_ROOT }, log);
  expect(expectOk(openCheckpoint(note, [logKey])).size).toBe(0);
});
