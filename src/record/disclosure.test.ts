// What is disclosed is what was signed: every disclosure has one place, one meaning, and none is added or bent.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url, utf8 } from "./bytes.ts";
import {
  combineEntry,
  flatDisclosures,
  openEntry,
  openEntryStructured,
  type OpenedEntry,
} from "./disclosure.ts";
import { disclosureLengthMax } from "./disclosure-text.ts";
import { disclosuresMax, type EntryRefusalCode, parseEntry } from "./entry.ts";
import { sha256Base64Url } from "./hash.ts";
import { type Disclosures, issueEntry, type ItemDraft } from "./issue.ts";
import type { Json, JsonObject } from "./json-strict.ts";
import { expectOk } from "./result.ts";
import { parseSdJwt, processSdJwt } from "./sd-jwt.ts";
import {
  fixedRandomness,
  forgeDisclosure,
  forgeEntry,
  type ForgedPayload,
  payloadWithFields,
  payloadWithItems,
  sampleDraft,
  samplePayload,
  sampleSalt,
  sampleSigner,
} from "#test/sample-entries.ts";

const issue = (hidden: JsonObject, items: readonly ItemDraft[]) => {
  const issued = issueEntry(
    { ...sampleDraft, hidden, items },
    { signer: sampleSigner, randomBytes: fixedRandomness("open") },
  );
  return { parsed: expectOk(parseEntry(issued.jwt)), disclosures: issued.disclosures };
};
const { parsed, disclosures } = issue(sampleDraft.hidden ?? {}, sampleDraft.items ?? []);

/** Refusal of a forged entry with these disclosures. */
function refusal(payload: ForgedPayload, list: readonly string[]): EntryRefusalCode | undefined {
  const opened = openEntry(expectOk(parseEntry(forgeEntry(payload))), list);
  return opened.ok ? undefined : opened.refusal.code;
}
const field = (name: string, value: Json = "x"): string => forgeDisclosure(sampleSalt, name, value);
const element = (value: Json): string => forgeDisclosure(sampleSalt, value);

test("with every disclosure the draft is read back, with none nothing is", () => {
  const opened = expectOk(openEntry(parsed, flatDisclosures(disclosures)));
  expect(opened.hidden).toEqual(sampleDraft.hidden);
  expect(opened.items).toEqual(
    sampleDraft.items?.map((item) => ({ open: item.open, hidden: item.hidden ?? {} })),
  );
  expect(opened).toMatchObject({ type: "statement.lines", hiddenCount: 4, pub: sampleDraft.pub });
  expect(expectOk(openEntryStructured(parsed, disclosures))).toEqual(opened);
  const closed = expectOk(openEntry(parsed, []));
  expect(closed.hidden).toEqual({});
  expect(closed.items).toEqual([undefined, undefined]);
});

test("an amount can be shown without the donor", () => {
  const list = flatDisclosures(disclosures, {
    hidden: () => false,
    item: (i) => i === 0,
    itemHidden: () => false,
  });
  expect(list).toHaveLength(1);
  const opened = expectOk(openEntry(parsed, list));
  expect(opened.items[0]).toEqual({ open: sampleDraft.items?.[0]?.open, hidden: {} });
  expect(opened.items[1]).toBeUndefined();
});

// The negatives of RFC 9901 section 7.1 that a widely used library accepts, and ours on top.
test.each<[string, EntryRefusalCode, ForgedPayload, string[]]>([
  ["1 an unreferenced disclosure", "disclosure-unreferenced", samplePayload(), [field("aa")]],
  [
    "5 a disclosure that overwrites a plain claim",
    "disclosure-name-present",
    payloadWithFields(field("t")),
    [field("t")],
  ],
  [
    "6 two disclosures with one name",
    "disclosure-name-present",
    payloadWithFields(field("aa", "1"), field("aa", "2")),
    [field("aa", "1"), field("aa", "2")],
  ],
  ["7 a claim named _sd", "disclosure-name-reserved", payloadWithFields(field("_sd")), [field("_sd")]],
  ["8 a claim named ...", "disclosure-name-reserved", payloadWithFields(field("...")), [field("...")]],
  [
    "9 an element's disclosure under _sd",
    "disclosure-kind-wrong",
    payloadWithFields(element("x")),
    [element("x")],
  ],
  ["9b a field's disclosure under ...", "disclosure-kind-wrong", payloadWithItems(field("a")), [field("a")]],
  [
    "10 one disclosure sent twice",
    "disclosure-repeated",
    payloadWithFields(field("a")),
    [field("a"), field("a")],
  ],
  [
    "nested: unreferenced while its element is closed",
    "disclosure-unreferenced",
    payloadWithItems(element({ a: 1, _sd: [sha256Base64Url(field("b"))] })),
    [field("b")],
  ],
  [
    "nested: a name that is already open",
    "disclosure-name-present",
    payloadWithItems(element({ a: 1, _sd: [sha256Base64Url(field("a"))] })),
    [element({ a: 1, _sd: [sha256Base64Url(field("a"))] }), field("a")],
  ],
  [
    "nested: an element where a field belongs",
    "disclosure-kind-wrong",
    payloadWithItems(element({ _sd: [sha256Base64Url(element("x"))] })),
    [element({ _sd: [sha256Base64Url(element("x"))] }), element("x")],
  ],
  ["an element that is no object", "element-malformed", payloadWithItems(element("x")), [element("x")]],
  [
    "an element with an empty _sd",
    "element-malformed",
    payloadWithItems(element({ _sd: [] })),
    [element({ _sd: [] })],
  ],
  [
    "an element with a false _sd",
    "element-malformed",
    payloadWithItems(element({ _sd: 1 })),
    [element({ _sd: 1 })],
  ],
  [
    "an element with a malformed digest",
    "digest-malformed",
    payloadWithItems(element({ _sd: ["x"] })),
    [element({ _sd: ["x"] })],
  ],
  [
    "an element with unsorted digests",
    "digests-not-sorted",
    payloadWithItems(element({ _sd: ["1", "2"].map(sha256Base64Url).sort().reverse() })),
    [element({ _sd: ["1", "2"].map(sha256Base64Url).sort().reverse() })],
  ],
  [
    "an element nested too deep",
    "json-too-deep",
    payloadWithItems(element({ a: [[[[]]]] })),
    [element({ a: [[[[]]]] })],
  ],
  ["a float", "json-float", payloadWithFields(field("aa", 0.5)), [field("aa", 0.5)]],
  [
    "an integer past 2^53",
    "json-integer-too-large",
    payloadWithFields(field("aa", 2 ** 60)),
    [field("aa", 2 ** 60)],
  ],
  [
    "a digest hidden in a value",
    "json-key-reserved",
    payloadWithFields(field("aa", { _sd: [] })),
    [field("aa", { _sd: [] })],
  ],
  ["a name like an integer", "json-key-integer-like", payloadWithFields(field("7")), [field("7")]],
  [
    "a name that is the prototype",
    "json-key-reserved",
    payloadWithFields(field("__proto__")),
    [field("__proto__")],
  ],
  [
    "half a surrogate pair",
    "json-lone-surrogate",
    payloadWithFields(field("aa", "\udfff")),
    [field("aa", "\udfff")],
  ],
])("refused: %s", (_, expected, payload, list) => {
  expect(refusal(payload, list)).toBe(expected);
});

test("refused: 2, 3 and 4, a digest twice in one array, in two places, and in two elements", () => {
  const digest = sha256Base64Url("x");
  const twice = [digest, digest, ...["1", "2"].map(sha256Base64Url)].sort();
  const code = (payload: ForgedPayload): string | undefined => {
    const read = parseEntry(forgeEntry(payload));
    return read.ok ? undefined : read.refusal.code;
  };
  expect(code({ ...samplePayload(), _sd: twice })).toBe("digest-repeated");
  const payload = samplePayload();
  expect(code({ ...payload, items: [{ "...": (payload["_sd"] as readonly string[])[0] ?? "" }] })).toBe(
    "digest-repeated",
  );
  const one = forgeDisclosure(sampleSalt, { a: 1, _sd: [digest] });
  const two = forgeDisclosure(sampleSalt, { a: 2, _sd: [digest] });
  expect(refusal(payloadWithItems(one, two), [one, two])).toBe("digest-repeated");
  expect(refusal(payloadWithItems(one, two), [one])).toBeUndefined();
  const own = forgeDisclosure(sampleSalt, { _sd: [(payload["_sd"] as readonly string[])[0] ?? ""] });
  expect(refusal(payloadWithItems(own), [own])).toBe("digest-repeated");
});

test("refused: 11, alg none, with and without a signature", () => {
  const none = `${toBase64Url(utf8('{"alg":"none"}'))}.${toBase64Url(utf8(JSON.stringify(samplePayload())))}.`;
  expect(parseEntry(none)).toMatchObject({ ok: false });
  expect(parseEntry(`${none}${forgeEntry(samplePayload()).split(".")[2]}`)).toMatchObject({
    refusal: { code: "alg-not-allowed" },
  });
});

test.each<[EntryRefusalCode, string]>([
  ["base64url-not-canonical", "WyJ!"],
  ["base64url-not-canonical", `${field("a")}=`],
  ["utf8-invalid", toBase64Url(Uint8Array.of(0x5b, 0xff))],
  ["json-malformed", toBase64Url(utf8("["))],
  ["json-not-canonical", toBase64Url(utf8(`["${sampleSalt}", "a",1]`))],
  ["json-not-canonical", toBase64Url(utf8(`["${sampleSalt}","a",{"b":1,"b":2}]`))],
  ["disclosure-malformed", toBase64Url(utf8("{}"))],
  ["disclosure-malformed", forgeDisclosure(sampleSalt)],
  ["disclosure-malformed", forgeDisclosure(sampleSalt, "a", 1, 2)],
  ["disclosure-malformed", forgeDisclosure(sampleSalt, 1, 2)],
  ["salt-malformed", forgeDisclosure("short", "a", 1)],
  ["salt-malformed", forgeDisclosure(1, "a", 1)],
  ["salt-malformed", forgeDisclosure(`${sampleSalt.slice(1)}=`, "a", 1)],
  ["disclosure-too-large", forgeDisclosure(sampleSalt, "a", "x".repeat(disclosureLengthMax))],
])("%s: a disclosure that is malformed in itself", (expected, disclosure) => {
  expect(refusal(payloadWithFields(disclosure), [disclosure])).toBe(expected);
});

test("more disclosures than an entry may have are refused before any is looked at", () => {
  const list = Array.from({ length: disclosuresMax + 1 }, () => "x");
  expect(openEntry(parsed, list)).toMatchObject({ refusal: { code: "too-many-disclosures" } });
});

test("the structured way refuses what is in a false place, under a false name, or one too many", () => {
  const code = (changed: Disclosures): string | undefined => {
    const opened = openEntryStructured(parsed, changed);
    return opened.ok ? undefined : opened.refusal.code;
  };
  const [first, second] = disclosures.items;
  if (first === undefined || second === undefined) throw new Error("the sample has two items");
  expect(code({ ...disclosures, items: [second, first] })).toBe("disclosure-unreferenced");
  expect(code({ ...disclosures, items: [first, second, second] })).toBe("disclosure-unreferenced");
  expect(code({ ...disclosures, hidden: { other: disclosures.hidden["note"] ?? "" } })).toBe(
    "disclosure-name-mismatch",
  );
  expect(
    code({
      ...disclosures,
      hidden: { note: disclosures.hidden["note"] ?? "", again: disclosures.hidden["note"] ?? "" },
    }),
  ).toBe("disclosure-unreferenced");
  expect(code({ ...disclosures, hidden: { note: "AA" } })).toBe("disclosure-unreferenced");
  const memo = first.hidden["memo"] ?? "";
  expect(code({ ...disclosures, items: [{ ...first, hidden: { donor: memo } }, second] })).toBe(
    "disclosure-name-mismatch",
  );
  expect(code({ ...disclosures, items: [first, { ...second, hidden: { memo } }] })).toBe(
    "disclosure-unreferenced",
  );
  expect(code({ ...disclosures, items: [{ ...first, hidden: { memo, again: memo } }, second] })).toBe(
    "disclosure-name-present",
  );
});

// Values an entry may hold.
const scalar = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.stringMatching(/^[a-z]{2,6}$/u).filter((text) => text !== "pub" && text !== "items");
const value: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(name, scalar, { maxKeys: 3 }),
);
const fields = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true });
const itemDrafts = fc.array(
  fc.tuple(fields, fields).map(([open, hidden]) => ({
    open,
    hidden: Object.fromEntries(Object.entries(hidden).filter(([key]) => !(key in open))),
  })),
  { maxLength: 6 },
);

test("any subset of disclosures opens exactly that subset, the same in both ways and by RFC 9901", () => {
  fc.assert(
    fc.property(fields, itemDrafts, fc.infiniteStream(fc.boolean()), (hidden, items, coin) => {
      const entry = issue(hidden, items);
      const all = expectOk(openEntryStructured(entry.parsed, entry.disclosures));
      expect(all.hidden).toEqual(hidden);
      expect(all.items).toEqual(items);

      const flip = (): boolean => coin.next().value ?? false;
      const shownItems = entry.disclosures.items.map((item) =>
        flip() ? { element: item.element, hidden: pick(item.hidden, flip) } : undefined,
      );
      const shown = { hidden: pick(entry.disclosures.hidden, flip), items: shownItems };
      const structured = expectOk(openEntryStructured(entry.parsed, shown));
      const flat = flatDisclosures(shown);
      expect(expectOk(openEntry(entry.parsed, flat.toReversed()))).toEqual(structured);
      expect(structured.hidden).toEqual(pick(hidden, (key) => key in shown.hidden));
      for (const [i, item] of shownItems.entries())
        expect(structured.items[i]).toEqual(
          item && { open: items[i]?.open, hidden: pick(items[i]?.hidden ?? {}, (key) => key in item.hidden) },
        );

      const general = expectOk(parseSdJwt(combineEntry(entry.parsed.jwt, flat)));
      const claims = expectOk(processSdJwt(general.payload, general.disclosures));
      expect(claims).toMatchObject(structured.hidden);
      expect(claims["items"] ?? []).toEqual(merged(structured));
    }),
    { numRuns: 60 },
  );
});

function pick<T>(members: Readonly<Record<string, T>>, keep: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([key]) => keep(key)));
}

function merged(opened: OpenedEntry): JsonObject[] {
  return opened.items
    .filter((item) => item !== undefined)
    .map(({ open, hidden }) => ({ ...open, ...hidden }));
}

test("any one character of a disclosure changed makes it one of another entry", () => {
  const list = flatDisclosures(disclosures);
  for (const [i, disclosure] of list.entries())
    for (let at = 0; at < disclosure.length; at += 3) {
      const put = disclosure[at] === "A" ? "B" : "A";
      const changed = disclosure.slice(0, at) + put + disclosure.slice(at + 1);
      expect(openEntry(parsed, list.with(i, changed))).toMatchObject({
        refusal: { code: "disclosure-unreferenced" },
      });
    }
});

test("texts longer than the shared buffer are encoded and read the same", () => {
  const long = { memo: "көмек ".repeat(8_000) };
  const entry = issue(long, []);
  expect(expectOk(openEntryStructured(entry.parsed, entry.disclosures)).hidden).toEqual(long);
});
