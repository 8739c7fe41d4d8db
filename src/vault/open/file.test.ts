// Receipts of every size come back exactly; a file that is cut, exchanged or mislabelled is refused.
import { randomBytes as nodeRandomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { concatBytes } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { sealFile } from "#vault/seal/file.ts";
import { openFile } from "./file.ts";

const randomBytes = (length: number): Uint8Array => new Uint8Array(nodeRandomBytes(length));

async function sealWhole(content: Uint8Array) {
  const sealing = sealFile([content], randomBytes);
  const pieces: Uint8Array[] = [];
  for await (const piece of sealing.sealed) pieces.push(piece);
  return { sealed: concatBytes(...pieces), reference: sealing.reference("f1") };
}

async function open(reference: Parameters<typeof openFile>[0], sealed: Uint8Array) {
  const pieces: Uint8Array[] = [];
  const result = await openFile(reference, [sealed], (piece) => void pieces.push(piece));
  return { result, content: concatBytes(...pieces) };
}

test.each([0, 1, 255, 256, 257, 65_536, 65_537, 1_000_003])(
  "a receipt of %i bytes comes back",
  async (size) => {
    const content = randomBytes(size);
    const { sealed, reference } = await sealWhole(content);
    expect(reference.size).toBe(size);
    const opened = await open(reference, sealed);
    expect(expectOk(opened.result)).toBe(size);
    expect(Buffer.from(opened.content).equals(content)).toBe(true);
  },
);

test("the stored size shows only the bucket", async () => {
  const a = await sealWhole(randomBytes(70_000));
  const b = await sealWhole(randomBytes(70_500));
  expect(a.sealed.length).toBe(b.sealed.length);
});

test("a file exchanged for another does not open", async () => {
  const a = await sealWhole(randomBytes(1000));
  const b = await sealWhole(randomBytes(1000));
  expect((await open(a.reference, b.sealed)).result).toMatchObject({
    refusal: { code: "sealed-for-another-key-or-place" },
  });
});

test("a cut file is refused", async () => {
  const { sealed, reference } = await sealWhole(randomBytes(300_000));
  expect((await open(reference, sealed.subarray(0, sealed.length - 5))).result.ok).toBe(false);
});

test.each([999, 1025, 5000])("a reference that says %i bytes for a file of 1000 is refused", async (size) => {
  const { sealed, reference } = await sealWhole(new Uint8Array(1000).fill(1));
  expect((await open({ ...reference, size }, sealed)).result).toMatchObject({
    refusal: { code: "file-size-differs" },
  });
});

test("a reference without a usable key is refused", async () => {
  const { sealed, reference } = await sealWhole(randomBytes(10));
  expect((await open({ ...reference, key: "AAAA" }, sealed)).result).toMatchObject({
    refusal: { code: "file-key-malformed" },
  });
});

test("the reference cannot be had before the file is sealed to its end", () => {
  expect(() => sealFile([], randomBytes).reference("f1")).toThrow("sealed to its end");
});
