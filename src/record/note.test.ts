// A note says nothing until a known key's signature was checked; what others' tools accept and refuse, ours does too.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64 } from "./bytes.ts";
import { timeOfCosignature } from "./cosignature.ts";
import { signerFromSeed } from "./ed25519.ts";
import {
  isKeyName,
  noteSignaturesMax,
  openNote,
  parseNote,
  parseVkey,
  signNote,
  signatureLine,
  verifierKey,
  vkeyText,
} from "./note.ts";
import { expectOk } from "./result.ts";
import { vectorJson } from "#test/vector-files.ts";

const vectors = vectorJson<{
  valid: { vkey: string; note: string; signing_key?: string }[];
  vkeys_valid: string[];
  vkeys_invalid: string[];
  cosignature_timestamp: { base64: string; unix: number };
}>("note/signed-notes.json");

test.each(vectors.valid)(
  "a published note of $vkey verifies, and signs the same",
  ({ vkey, note, signing_key }) => {
    const key = expectOk(parseVkey(vkey));
    const { text, signedBy } = expectOk(openNote(note, [key]));
    expect(signedBy).toEqual([key]);
    expect(note.startsWith(text)).toBe(true);
    if (signing_key === undefined) return;
    const seed = fromBase64(signing_key.split("+").slice(4).join("+"))?.slice(1) ?? new Uint8Array();
    expect(signNote(text, key.name, signerFromSeed(seed))).toBe(note);
  },
);

test.each(vectors.vkeys_valid)("vkey %s is read and written back", (text) => {
  expect(vkeyText(expectOk(parseVkey(text)))).toBe(text);
});

test.each(vectors.vkeys_invalid)("vkey %s is refused", (text) => {
  expect(parseVkey(text).ok).toBe(false);
});

test("the time of a cosignature is in its first eight bytes", () => {
  const bytes = fromBase64(vectors.cosignature_timestamp.base64)?.slice(4) ?? new Uint8Array();
  expect(timeOfCosignature(bytes)).toBe(vectors.cosignature_timestamp.unix);
  expect(timeOfCosignature(bytes.subarray(1))).toBeUndefined();
  expect(timeOfCosignature(new Uint8Array(72).fill(255))).toBeUndefined();
});

const signer = signerFromSeed(new Uint8Array(32).fill(1));
const other = signerFromSeed(new Uint8Array(32).fill(2));
const key = verifierKey("log.example", 0x01, signer.publicKey);
const code = (result: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  result.refusal?.code;

test("each way a vkey can be wrong has its code", () => {
  const vkey = vkeyText(key);
  const [name = "", id = "", base64 = ""] = vkey.split("+");
  expect(code(parseVkey("log.example"))).toBe("vkey-malformed");
  expect(code(parseVkey(`${name}+${id.toUpperCase()}x+${base64}`))).toBe("vkey-malformed");
  expect(code(parseVkey(`+${id}+${base64}`))).toBe("vkey-name-invalid");
  expect(code(parseVkey(`a b+${id}+${base64}`))).toBe("vkey-name-invalid");
  expect(code(parseVkey(`${name}+00000000+${base64}`))).toBe("vkey-id-wrong");
  expect(code(parseVkey(`${name}+${id}+AQEB`))).toBe("vkey-key-malformed");
  expect(code(parseVkey(`${name}+${id}+AwEB`))).toBe("vkey-type-unknown");
  // Small order: anyone can make signatures that some programs accept.
  expect(code(parseVkey(vkeyText(verifierKey("log.example", 0x01, new Uint8Array(32)))))).toBe(
    "vkey-key-malformed",
  );
});

test("an ML-DSA-44 key is read with its id checked, and its lines count as those of an unknown key", () => {
  const text = vectors.vkeys_valid.find((vkey) => vkey.startsWith("test+31236897")) ?? "";
  const mlDsa = expectOk(parseVkey(text));
  expect(mlDsa.type).toBe(0x06);
  expect(code(parseVkey(text.replace("+31236897+", "+5893dc2c+")))).toBe("vkey-id-wrong");
  const note = `${signNote("x\n", "log.example", signer)}\u2014 test MSNolwAAAAA=\n`;
  expect(expectOk(openNote(note, [key, mlDsa])).signedBy).toEqual([key]);
  expect(code(openNote(note, [mlDsa]))).toBe("note-unsigned");
});

test("lines of unknown keys are ignored, a known key's false line refuses the note", () => {
  const note = signNote("text\n", "log.example", signer);
  const stranger = signNote("text\n", "stranger.example", other).split("\n\n")[1] ?? "";
  expect(expectOk(openNote(note + stranger, [key])).signedBy).toEqual([key]);
  expect(code(openNote(note, [verifierKey("log.example", 0x01, other.publicKey)]))).toBe("note-unsigned");
  expect(code(openNote(note.replace("text\n", "taxt\n"), [key]))).toBe("note-signature-wrong");
  const twice = note + (note.split("\n\n")[1] ?? "");
  expect(expectOk(openNote(twice, [key])).signedBy).toEqual([key]);
});

test("the text may hold empty lines: the last one splits", () => {
  const note = signNote("one\n\ntwo\n", "log.example", signer);
  expect(expectOk(openNote(note, [key])).text).toBe("one\n\ntwo\n");
});

test("what is no note is refused", () => {
  const note = signNote("text\n", "log.example", signer);
  for (const broken of [
    "",
    "text\n",
    "text\n\n",
    note.slice(0, -1),
    note.replace("text", "te\txt"),
    `${note}\n`,
    note.replace("text", "te\rxt"),
  ])
    expect(code(openNote(broken, [key])), JSON.stringify(broken)).toBe("note-malformed");
  for (const line of [
    "— log.example",
    "- log.example AAAAAAA=",
    "— log.example AAAAAA=",
    "— log.example AAAA",
    "— a b AAAAAAA=",
    " — log.example AAAAAAA=",
    "— log.example  AAAAAAA=",
  ])
    expect(code(parseNote(`text\n\n${line}\n`)), line).toBe("note-signature-line-malformed");
  const line = note.split("\n\n")[1] ?? "";
  expect(parseNote(`text\n\n${line.repeat(noteSignaturesMax)}`).ok).toBe(true);
  expect(code(parseNote(`text\n\n${line.repeat(noteSignaturesMax + 1)}`))).toBe("note-too-many-signatures");
});

test("a key name is one word without a plus", () => {
  for (const name of ["log.example/a", "айғақ.example", "a"]) expect(isKeyName(name), name).toBe(true);
  for (const name of ["", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "\u3000"])
    expect(isKeyName(name), name).toBe(false);
});

test("any text signed opens to that text, and not with a bit of the signature changed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { minLength: 1 }),
      fc.nat(63),
      (lines, at) => {
        const text = `${lines.filter((line) => !/\p{Cc}/u.test(line)).join("\n")}x\n`;
        const note = signNote(text, "log.example", signer);
        const parsed = expectOk(parseNote(note));
        expect(expectOk(openNote(note, [key])).text).toBe(text);
        const bytes = parsed.signatures[0]?.bytes.slice() ?? new Uint8Array();
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        const forged = `${text}\n${signatureLine(key, bytes)}`;
        expect(code(openNote(forged, [key]))).toBe("note-signature-wrong");
      },
    ),
    { numRuns: 30 },
  );
});
