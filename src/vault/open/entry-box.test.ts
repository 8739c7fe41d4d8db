// The plaintext of an entry's box survives the way there and back; anything another program wrote is refused.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromUtf8, utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { encodeEntryBox } from "#vault/seal/entry-box.ts";
import { decodeEntryBox } from "./entry-box.ts";

const disclosureText = fc.stringMatching(/^[A-Za-z0-9_-]{4,60}$/u);
const hidden = fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/u), disclosureText, {
  maxKeys: 5,
  noNullPrototype: true,
});
const disclosures = fc.record({
  hidden,
  items: fc.array(fc.record({ element: disclosureText, hidden }), { maxLength: 20 }),
});

test("disclosures come out of the box as they went in, item by item in order", () => {
  fc.assert(
    fc.property(disclosures, (given) => {
      const opened = expectOk(decodeEntryBox(encodeEntryBox({ disclosures: given })));
      expect(opened).toEqual({ disclosures: given, files: {} });
    }),
  );
});

test("the bytes are those of the specification", () => {
  const files = { receipt: { stored: "5f", key: "A".repeat(43), size: 812 } };
  const bytes = encodeEntryBox({
    disclosures: { hidden: { payee: "WyJh" }, items: [{ element: "WyJi", hidden: { memo: "WyJj" } }] },
    files,
  });
  expect(fromUtf8(bytes)).toBe(
    `{"hidden":{"payee":"WyJh"},"items":[["WyJi",{"memo":"WyJj"}]],"files":{"receipt":{"stored":"5f","key":"${"A".repeat(43)}","size":812}}}`,
  );
  expect(expectOk(decodeEntryBox(bytes)).files).toEqual(files);
});

const key = "A".repeat(43);
test.each([
  ["not UTF-8", new Uint8Array([0xff, 0xfe])],
  ["not JSON", utf8("{")],
  ["a list", utf8("[]")],
  ["an unknown member", utf8('{"hidden":{},"items":[],"extra":1}')],
  ["hidden fields missing", utf8('{"items":[]}')],
  ["a disclosure that is a number", utf8('{"hidden":{"a":1},"items":[]}')],
  ["an item that is not a pair", utf8('{"hidden":{},"items":[["x"]]}')],
  ["an item without disclosures", utf8('{"hidden":{},"items":[["x",[]]]}')],
  ["more items than an entry can have", utf8(`{"hidden":{},"items":[${'["x",{}],'.repeat(4096)}["x",{}]]}`)],
  [
    "a file with a short key",
    utf8('{"hidden":{},"items":[],"files":{"a":{"stored":"s","key":"AA","size":1}}}'),
  ],
  [
    "a file of negative size",
    utf8(`{"hidden":{},"items":[],"files":{"a":{"stored":"s","key":"${key}","size":-1}}}`),
  ],
])("refused: %s", (_, bytes) => {
  expect(decodeEntryBox(bytes)).toMatchObject({ ok: false, refusal: { code: "entry-box-malformed" } });
});
