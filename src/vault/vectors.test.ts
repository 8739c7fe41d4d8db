// The golden bytes of our own formats, for whoever writes a second implementation from spec/vault.md: each vector is
// sealed again from its stated random bytes and opened again. A change here is a change of format, hence a new
// version number, never an edit of the file.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromHex, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { assert, expectOk } from "#record/result.ts";
import { encodeKeyring } from "./keys/keyring-content.ts";
import { lockKeyring, unlockKeyring } from "./keys/keyring.ts";
import { hybridKeyOf } from "./keys/member.ts";
import { openRecoveryKit, sealRecoveryKit } from "./keys/recovery-kit.ts";
import { decodeShare, encodeShare } from "./keys/share-text.ts";
import { openBox } from "./open/box.ts";
import { openFile } from "./open/file.ts";
import { sealBox } from "./seal/box.ts";
import { sealFile } from "./seal/file.ts";
import { paddedLength, roundUp } from "./seal/pad.ts";

type Hexes = Record<string, string>;
type Vectors = {
  readonly padding: readonly { readonly length: number; readonly padded: number; readonly rounded: number }[];
  readonly box: Hexes;
  readonly file: Hexes;
  readonly keyring: Hexes;
  readonly share: Hexes;
  readonly recoveryKit: Hexes;
  readonly renewedKit: Hexes;
};
const url = new URL("../../test/vectors/vault/vault.json", import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file
const vectors = JSON.parse(readFileSync(url, "utf8")) as Vectors;

function bytes(from: Hexes, name: string): Uint8Array {
  const decoded = fromHex(from[name] ?? "-");
  assert(decoded !== undefined, `the vectors have no hex named ${name}`);
  return decoded;
}

/** A source of randomness that gives the stated bytes one after the other, and nothing more. */
function scripted(...parts: readonly Uint8Array[]): (length: number) => Uint8Array {
  const all = Uint8Array.from(parts.flatMap((part) => [...part]));
  let at = 0;
  return (length) => {
    assert(at + length <= all.length, "more randomness was used than the vector states");
    at += length;
    return all.slice(at - length, at);
  };
}

test("padded lengths", () => {
  for (const { length, padded, rounded } of vectors.padding) {
    expect([paddedLength(length), roundUp(length)]).toEqual([padded, rounded]);
  }
});

test("a box and its keybox", async () => {
  const { box } = vectors;
  const epochKey = bytes(box, "epochKey");
  const entryHash = bytes(box, "entryHash");
  const plaintext = utf8(box["plaintextText"] ?? "");
  const random = ["id", "boxKey", "boxSalt", "keyboxSalt"].map((name) => bytes(box, name));
  const room = bytes(box, "room");
  const sealed = await sealBox({
    epochKey,
    room,
    epoch: 3,
    entryHash,
    plaintext,
    randomBytes: scripted(...random),
  });
  expect(toHex(sealed.box)).toBe(box["box"]);
  expect(toHex(sealed.keybox)).toBe(box["keybox"]);
  expect(expectOk(await openBox({ epochKey, entryHash, ...sealed }))).toEqual(plaintext);
});

test("a file", async () => {
  const { file } = vectors;
  const content = utf8(file["contentText"] ?? "");
  const sealing = sealFile([content], scripted(bytes(file, "key"), bytes(file, "salt")));
  const pieces: Uint8Array[] = [];
  for await (const piece of sealing.sealed) pieces.push(piece);
  expect(pieces.map(toHex).join("")).toBe(file["sealed"]);
  expect(expectOk(await openFile(sealing.reference("f"), pieces, () => undefined))).toBe(content.length);
});

test("a keyring", async () => {
  const { keyring } = vectors;
  const file = bytes(keyring, "file");
  const passphrase = keyring["passphraseText"] ?? "";
  const opened = expectOk(await unlockKeyring(file, passphrase));
  expect(new TextDecoder().decode(encodeKeyring(opened))).toBe(keyring["plaintextText"]);
  const random = scripted(bytes(keyring, "argonSalt"), bytes(keyring, "sealSalt"));
  const again = await lockKeyring(opened, passphrase, random, { memoryKib: 256, passes: 2, lanes: 4 });
  expect(toHex(again)).toBe(keyring["file"]);
});

test("a recovery share", () => {
  const { share } = vectors;
  const parsed = decodeShare(share["text"] ?? "");
  assert(typeof parsed === "object", "the vector is a share");
  expect(toHex(parsed.set)).toBe(share["set"]);
  expect(toHex(parsed.bytes)).toBe(share["bytes"]);
  expect(parsed).toMatchObject({ threshold: 3, total: 5, number: 2 });
  expect(encodeShare(parsed)).toBe(share["text"]);
});

test.each(["recoveryKit", "renewedKit"] as const)("%s", async (name) => {
  const vector = vectors[name];
  const { identity } = await hybridKeyOf(bytes(vector, "seed"));
  const genesis = bytes(vector, "genesis");
  const kit = expectOk(await openRecoveryKit(bytes(vector, "sealed"), identity, genesis));
  const { roots, nullifierKey, finance } = JSON.parse(vector["plaintextText"] ?? "{}") as Hexes;
  expect(kit.roots.map((root) => toBase64Url(root.reveal()))).toEqual(roots);
  expect(toBase64Url(kit.nullifierKey.reveal())).toBe(nullifierKey);
  expect(toBase64Url(kit.finance)).toBe(finance);
  // Byte for byte, so also the log's key and the rooms' of one that took the place of another.
  const again = await sealRecoveryKit(kit, identity, genesis, scripted(bytes(vector, "salt")));
  expect(toHex(again)).toBe(vector["sealed"]);
});
