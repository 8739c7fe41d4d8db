// One value, one text: what two parsers could read differently is refused.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "./bytes.ts";
import { checkJson, checkName, type Json, readCanonicalJson } from "./json-strict.ts";
import { expectOk } from "./result.ts";
import { vectorNames, vectorText } from "#test/vector-files.ts";

const code = (text: string): string | undefined => {
  const read = readCanonicalJson(text);
  if (!read.ok) return read.refusal.code;
  return checkJson(read.value)?.code;
};

test.each([
  ["json-malformed", "{"],
  ["json-malformed", ""],
  ["json-malformed", "\u{feff}1"],
  ["json-malformed", '"a\nb"'],
  ["json-not-canonical", '{"a": 1}'],
  ["json-not-canonical", '{"a":1,"a":2}'],
  ["json-not-canonical", '"\\u0041"'],
  ["json-not-canonical", '"\\/"'],
  ["json-not-canonical", '"\\u001F"'],
  ["json-not-canonical", "1.0"],
  ["json-not-canonical", "1e2"],
  ["json-not-canonical", "-0"],
  ["json-not-canonical", "9007199254740993"],
  ["json-not-canonical", "1 "],
  ["json-float", "1.5"],
  ["json-float", '{"a":[0.1]}'],
  ["json-integer-too-large", "9007199254740992"],
  ["json-integer-too-large", "-9007199254740992"],
  ["json-key-integer-like", '{"1":1}'],
  ["json-key-integer-like", '{"a":{"0":1}}'],
  ["json-key-integer-like", '{"12345678901234567890":1}'],
  ["json-key-reserved", '{"__proto__":1}'],
  ["json-key-reserved", '{"a":[{"_sd":[]}]}'],
  ["json-key-reserved", '{"...":"x"}'],
  ["json-key-reserved", '{"_sd_alg":"x"}'],
  ["json-lone-surrogate", '"\\ud800"'],
  ["json-lone-surrogate", '{"\\udc00":1}'],
  ["json-too-deep", '{"a":{"b":{"c":{"d":{}}}}}'],
  ["json-too-deep", "[[[[[]]]]]"],
  [undefined, '{"a":{"b":{"c":{"d":1}}}}'],
  [undefined, '{"b":1,"a":[null,true,"\\n\\u001f ","әі😀",-5,9007199254740991],"":"","01":0,"-1":0}'],
])("%s: %s", (expected, text) => {
  expect(code(text)).toBe(expected);
});

test("names are remembered only when good", () => {
  expect(checkName("minor")).toBeUndefined();
  expect(checkName("minor")).toBeUndefined();
  expect(checkName("7")?.code).toBe("json-key-integer-like");
  expect(checkName("7")?.code).toBe("json-key-integer-like");
});

test("the text of any value is canonical, and no other text of it is", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom(" ", "\n", "0", '"', ",", "\\u0041"),
      (value, at, put) => {
        const text = JSON.stringify(value);
        const read = expectOk(readCanonicalJson(text));
        expect(JSON.stringify(read)).toBe(text);
        const place = at % (text.length + 1);
        const changed = readCanonicalJson(text.slice(0, place) + put + text.slice(place));
        // Another text is refused, or it is the one text of another value.
        if (changed.ok) expect(JSON.stringify(changed.value)).not.toBe(text);
      },
    ),
  );
});

// RFC 8785 sorts members, this format keeps their order: sorted, our writing is RFC 8785's. Names like integers, which
// JavaScript moves to the front, are where the two could differ, and entries may not have them.
test.each(vectorNames("jcs/input"))(
  "the published canonical form of %s is read, unless names are like integers",
  (name) => {
    const value = JSON.parse(vectorText(`jcs/input/${name}`)) as Json;
    const canonical = vectorText(`jcs/output/${name}`);
    const hex = vectorText(`jcs/outhex/${name.replace(".json", ".txt")}`)
      .trim()
      .split(/\s+/u);
    expect([...utf8(canonical)]).toEqual(hex.map((byte) => Number.parseInt(byte, 16)));
    if (/"\d+":/u.test(canonical)) {
      expect(["json-not-canonical", "json-key-integer-like"]).toContain(code(canonical));
      return;
    }
    expect(expectOk(readCanonicalJson(canonical))).toEqual(value);
    expect(JSON.stringify(sorted(value))).toBe(canonical);
  },
);

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

// The short way by length must agree with writing the text again, whatever the spelling.
test("a text is canonical if and only if it is what its value is written as", () => {
  const token = fc.oneof(
    fc.constantFrom(
      "1e2",
      "100",
      "10",
      "1.0",
      "15",
      "1.5e1",
      "0",
      "-0",
      "0e1",
      "7",
      "1e20",
      "120",
      "-30",
      "9007199254740993",
    ),
    fc.constantFrom(
      '""',
      '"a"',
      '"\\u0041"',
      '"ә"',
      '"\\n"',
      "true",
      "null",
      "[]",
      "{}",
      "[ ]",
      '{"a":1,"a":1}',
      '{"b":2 }',
    ),
  );
  const space = fc.constantFrom("", "", "", " ", "\n");
  const name = fc.constantFrom("a", "b", "1", "0", "01", "", "aa");
  const list = fc.array(fc.tuple(name, token, space), { maxLength: 4 });
  fc.assert(
    fc.property(list, list, (members, items) => {
      const object = `{${members.map(([key, item, gap]) => `"${key}":${gap}${item}`).join(",")}}`;
      const text = `[${[...items.map(([, item, gap]) => item + gap), object].join(",")}]`;
      expect(readCanonicalJson(text).ok, text).toBe(JSON.stringify(JSON.parse(text)) === text);
    }),
    { numRuns: 3_000 },
  );
});

test("a megabyte of brackets is refused, not a crash", () => {
  const text = "[".repeat(500_000) + "]".repeat(500_000);
  expect(readCanonicalJson(text)).toMatchObject({ ok: false, refusal: { code: "json-too-deep" } });
});
