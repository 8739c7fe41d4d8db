/**
 * Makes `spec/vectors/` and the values of the worked examples in `spec/log.md` and `spec/entry.md`. Written by
 * `node test/spec-vectors.ts`; a test compares what is committed with what this makes, so neither can drift.
 */
import { writeFileSync } from "node:fs";
import { concatBytes, toBase64Url, toHex, utf8 } from "#record/bytes.ts";
import { checkpointText, signCheckpoint } from "#record/checkpoint.ts";
import { cosign } from "#record/cosignature.ts";
import { flatDisclosures } from "#record/disclosure.ts";
import { type Signer, signerFromSeed } from "#record/ed25519.ts";
import { type EntryRefusalCode, headerText, leafBytes } from "#record/entry.ts";
import { sha256, sha256Base64Url } from "#record/hash.ts";
import { issueEntry } from "#record/issue.ts";
import type { Json, JsonObject } from "#record/json-strict.ts";
import { verifierKey, vkeyText } from "#record/note.ts";
import { encodeProof } from "#record/proof.ts";
import { expectOk } from "#record/result.ts";
import { encodeEntryBundle, hashReaderOf } from "#record/tiles.ts";
import { consistencyProof, inclusionProof, leafHash, rootOfLeafHashes } from "#record/tree.ts";
import {
  fixedRandomness,
  forgeDisclosure,
  forgeEntry,
  type ForgedPayload,
  payloadWithFields,
  payloadWithItems,
  sampleDraft,
  sampleKid,
  samplePayload,
  sampleSalt,
  sampleSigner,
  signTexts,
} from "#test/sample-entries.ts";

const seedOf = (n: number): Signer => signerFromSeed(new Uint8Array(32).fill(n));

/** The worked example of `spec/log.md`: three entries whose hashes are SHA-256 of "entry 0", "entry 1", "entry 2". */
export function exampleLog() {
  const origin = "record.example/log";
  const log = seedOf(1);
  const witness = seedOf(3);
  const entryHashes = [0, 1, 2].map((i) => sha256(utf8(`entry ${i}`)));
  const leaves = entryHashes.map((hash) => leafHash(leafBytes(hash)));
  const checkpoint = { origin, size: 3, root: rootOfLeafHashes(leaves) };
  const reader = hashReaderOf(() => concatBytes(...leaves));
  const text = checkpointText(checkpoint);
  const signed = signCheckpoint(checkpoint, log);
  const cosignature = cosign(text, 1_700_000_000, "witness.example", witness);
  const logVkey = vkeyText(verifierKey(origin, 0x01, log.publicKey));
  const witnessVkey = vkeyText(verifierKey("witness.example", 0x04, witness.publicKey));
  const hashes = expectOk(inclusionProof(1, 3, reader));
  return {
    remark: "The worked example of spec/log.md. Seeds of the keys: log 32 times 0x01, witness 32 times 0x03.",
    origin,
    logVkey,
    witnessVkey,
    entryHashes: entryHashes.map(toHex),
    leafBytes: entryHashes.map((hash) => toHex(leafBytes(hash))),
    leafHashes: leaves.map(toHex),
    roots: [1, 2, 3].map((size) => toHex(rootOfLeafHashes(leaves.slice(0, size)))),
    tile: { path: "tile/0/000.p/3", bytes: toHex(concatBytes(...leaves)) },
    bundle: { path: "tile/entries/000.p/3", bytes: toHex(encodeEntryBundle(entryHashes.map(leafBytes))) },
    checkpoint: signed,
    cosignedCheckpoint: signed + cosignature,
    inclusionOf1In3: hashes.map(toHex),
    consistencyFrom2To3: expectOk(consistencyProof(2, 3, reader)).map(toHex),
    proofFile: encodeProof({ index: 1, hashes, checkpoint: signed + cosignature }),
    policy: `log ${logVkey}\nwitness W1 ${witnessVkey}\nquorum W1\n`,
  };
}

type ValidCase = {
  name: string;
  jwt: string;
  disclosures: readonly string[];
  hash: string;
  leafHash: string;
  opened: { pub: JsonObject; hidden: JsonObject; items: readonly Json[] };
};

export function validEntries() {
  const { signer, publicKey } = { signer: sampleSigner, publicKey: toBase64Url(sampleSigner.publicKey) };
  const issued = issueEntry(sampleDraft, { signer, randomBytes: fixedRandomness("spec") });
  const items = sampleDraft.items ?? [];
  const show = (
    name: string,
    disclosures: readonly string[],
    hidden: JsonObject,
    opened: readonly Json[],
  ): ValidCase => ({
    name,
    jwt: issued.jwt,
    disclosures,
    hash: toHex(issued.hash),
    leafHash: toHex(issued.leafHash),
    opened: { pub: sampleDraft.pub, hidden, items: opened },
  });
  const all = issued.disclosures;
  const genesis = issueEntry(
    { type: "genesis", genesis: null, at: 0, anchor: sampleDraft.anchor, pub: { name: "Sample" } },
    { signer, randomBytes: fixedRandomness("spec genesis") },
  );
  const cases: ValidCase[] = [
    show("everything disclosed", flatDisclosures(all), sampleDraft.hidden ?? {}, [
      { open: items[0]?.open ?? {}, hidden: items[0]?.hidden ?? {} },
      { open: items[1]?.open ?? {}, hidden: {} },
    ]),
    show("nothing disclosed", [], {}, [null, null]),
    show(
      "the first line without its donor and memo",
      flatDisclosures(all, { hidden: () => false, item: (i) => i === 0, itemHidden: () => false }),
      {},
      [{ open: items[0]?.open ?? {}, hidden: {} }, null],
    ),
    {
      name: "a genesis entry: no o, no stream, no items",
      jwt: genesis.jwt,
      disclosures: [],
      hash: toHex(genesis.hash),
      leafHash: toHex(genesis.leafHash),
      opened: { pub: { name: "Sample" }, hidden: {}, items: [] },
    },
  ];
  return {
    remark:
      "Each case opens with the given disclosures, in any order, to what `opened` says; null stands for an element not disclosed. All are signed by publicKey (base64url, seed 32 times 0x07).",
    publicKey,
    kid: sampleKid,
    cases,
  };
}

type InvalidCase = { name: string; code: EntryRefusalCode; jwt: string; disclosures: readonly string[] };

export function invalidEntries() {
  return {
    remark:
      "Each case is refused with `code`. All are signed by the key of entry-valid.json but where signature or form is what is wrong.",
    publicKey: toBase64Url(sampleSigner.publicKey),
    cases: [...malformedEntries(), ...wrongDisclosures()],
  };
}

function malformedEntries(): InvalidCase[] {
  const payload = JSON.stringify(samplePayload());
  const header = headerText(sampleKid);
  const jwt = forgeEntry(samplePayload());
  const [head = "", body = "", signature = ""] = jwt.split(".");
  const digests = samplePayload()["_sd"] as readonly string[];
  const other = signerFromSeed(new Uint8Array(32).fill(8));
  const withMember = (
    name: string,
    code: EntryRefusalCode,
    member: string,
    value: Json | undefined,
  ): InvalidCase => {
    const changed: ForgedPayload = samplePayload();
    if (value === undefined) delete changed[member];
    else changed[member] = value;
    return { name, code, jwt: forgeEntry(changed), disclosures: [] };
  };
  const text = (name: string, code: EntryRefusalCode, changed: string): InvalidCase => ({
    name,
    code,
    jwt: changed,
    disclosures: [],
  });
  return [
    text("two parts", "jwt-not-three-parts", `${head}.${body}`),
    text("padding", "base64url-not-canonical", `${head}.${body}=.${signature}`),
    text(
      "unused bits set",
      "base64url-not-canonical",
      `${head}.${body}.${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(85) + 1)}`,
    ),
    text(
      "payload not UTF-8",
      "utf8-invalid",
      `${head}.${toBase64Url(Uint8Array.of(0x22, 0xff, 0x22))}.${signature}`,
    ),
    text(
      "signature of 32 bytes",
      "signature-malformed",
      `${head}.${body}.${toBase64Url(new Uint8Array(32))}`,
    ),
    text("signed by another key", "signature-wrong", signTexts(header, payload, other)),
    text("alg none", "alg-not-allowed", `${toBase64Url(utf8('{"alg":"none"}'))}.${body}.${signature}`),
    text("alg Ed25519", "alg-not-allowed", signTexts(header.replace("EdDSA", "Ed25519"), payload)),
    text("typ JWT", "typ-wrong", signTexts(header.replace("aigaq+sd-jwt", "JWT"), payload)),
    text("kid not a thumbprint", "kid-malformed", signTexts(header.replace(sampleKid, "me"), payload)),
    text(
      "one member more in the header",
      "header-malformed",
      signTexts(`${header.slice(0, -1)},"x":1}`, payload),
    ),
    text("payload not JSON", "json-malformed", signTexts(header, "{")),
    text("white space", "json-not-canonical", signTexts(header, payload.replace('"v":1', '"v": 1'))),
    text("a name twice", "json-not-canonical", signTexts(header, payload.replace('"v":1', '"v":1,"v":1'))),
    text(
      "an escape that need not be",
      "json-not-canonical",
      signTexts(header, payload.replace("hello", "\\u0068ello")),
    ),
    withMember("a float", "json-float", "pub", { a: 1.5 }),
    withMember("an integer of 2^53", "json-integer-too-large", "pub", { a: 2 ** 53 }),
    withMember("a name like an integer", "json-key-integer-like", "pub", { 7: 1 }),
    withMember("_sd inside pub", "json-key-reserved", "pub", { _sd: [] }),
    withMember("half a surrogate pair", "json-lone-surrogate", "pub", { a: "\ud800" }),
    withMember("depth 5", "json-too-deep", "pub", { a: { b: { c: { d: {} } } } }),
    withMember("version 2", "version-unknown", "v", 2),
    withMember("a member exp", "member-unknown", "exp", 1),
    withMember("no blind", "member-missing", "b", undefined),
    withMember("a blind of 15 bytes", "member-malformed", "b", toBase64Url(new Uint8Array(15))),
    withMember("the first of a stream names a previous one", "member-malformed", "s", {
      id: "funds",
      q: 0,
      p: toBase64Url(new Uint8Array(32)),
    }),
    withMember("an anchor of size 0 with another root", "member-malformed", "a", {
      n: 0,
      r: toBase64Url(new Uint8Array(32)),
    }),
    withMember("sha-512", "sd-alg-unknown", "_sd_alg", "sha-512"),
    withMember("a digest of 31 bytes", "digest-malformed", "_sd", [
      toBase64Url(new Uint8Array(31)),
      ...digests.slice(1),
    ]),
    withMember("a digest twice in one array", "digest-repeated", "_sd", [
      digests[0] ?? "",
      ...digests.slice(0, 3),
    ]),
    withMember("a digest in two places", "digest-repeated", "items", [{ "...": digests[2] ?? "" }]),
    withMember("digests in descending order", "digests-not-sorted", "_sd", digests.toReversed()),
    withMember("three digests", "digest-count-wrong", "_sd", digests.slice(0, 3)),
  ];
}

function wrongDisclosures(): InvalidCase[] {
  const field = (name: string, value: Json): string => forgeDisclosure(sampleSalt, name, value);
  const element = (value: Json): string => forgeDisclosure(sampleSalt, value);
  const fields = (name: string, code: EntryRefusalCode, ...disclosures: readonly string[]): InvalidCase => ({
    name,
    code,
    jwt: forgeEntry(payloadWithFields(...disclosures)),
    disclosures,
  });
  const elements = (
    name: string,
    code: EntryRefusalCode,
    ...disclosures: readonly string[]
  ): InvalidCase => ({
    name,
    code,
    jwt: forgeEntry(payloadWithItems(...disclosures)),
    disclosures,
  });
  const memo = field("memo", "x");
  const nested = (disclosure: string): string => element({ minor: "1", _sd: [sha256Base64Url(disclosure)] });
  const one = element({ n: 1, _sd: [sha256Base64Url("x")] });
  const two = element({ n: 2, _sd: [sha256Base64Url("x")] });
  return [
    {
      name: "a disclosure of another entry",
      code: "disclosure-unreferenced",
      jwt: forgeEntry(samplePayload()),
      disclosures: [memo],
    },
    {
      name: "a nested disclosure whose element stays closed",
      code: "disclosure-unreferenced",
      jwt: forgeEntry(payloadWithItems(nested(memo))),
      disclosures: [memo],
    },
    {
      name: "a disclosure sent twice",
      code: "disclosure-repeated",
      jwt: forgeEntry(payloadWithFields(memo)),
      disclosures: [memo, memo],
    },
    fields("a field named like a payload member", "disclosure-name-present", field("t", "x")),
    fields("two fields of one name", "disclosure-name-present", field("memo", "1"), field("memo", "2")),
    {
      name: "a nested field named like an open one",
      code: "disclosure-name-present",
      jwt: forgeEntry(payloadWithItems(nested(field("minor", "2")))),
      disclosures: [nested(field("minor", "2")), field("minor", "2")],
    },
    fields("a field named _sd", "disclosure-name-reserved", field("_sd", "x")),
    fields("a field named ...", "disclosure-name-reserved", field("...", "x")),
    fields("an element under _sd", "disclosure-kind-wrong", element("x")),
    elements("a field under items", "disclosure-kind-wrong", memo),
    elements("an element that is a string", "element-malformed", element("x")),
    elements("an element with an empty _sd", "element-malformed", element({ _sd: [] })),
    elements("one digest in two elements", "digest-repeated", one, two),
    elements(
      "unsorted digests in an element",
      "digests-not-sorted",
      element({ _sd: ["1", "2"].map(sha256Base64Url).sort().reverse() }),
    ),
    fields("a salt of 23 characters", "salt-malformed", forgeDisclosure(sampleSalt.slice(1), "memo", "x")),
    fields("an array of four", "disclosure-malformed", forgeDisclosure(sampleSalt, "memo", 1, 2)),
    fields(
      "white space in a disclosure",
      "json-not-canonical",
      toBase64Url(utf8(`["${sampleSalt}", "memo","x"]`)),
    ),
    fields("a float in a disclosure", "json-float", field("sum", 0.5)),
    fields("a digest inside a value", "json-key-reserved", field("sum", { _sd: [] })),
    fields("__proto__", "json-key-reserved", field("__proto__", 1)),
  ];
}

export const specVectors: Readonly<Record<string, () => unknown>> = {
  "log.json": exampleLog,
  "entry-valid.json": validEntries,
  "entry-invalid.json": invalidEntries,
};

export function vectorFileText(make: () => unknown): string {
  return `${JSON.stringify(make(), null, 2)}\n`;
}

if (import.meta.main)
  for (const [name, make] of Object.entries(specVectors))
    writeFileSync(new URL(`../spec/vectors/${name}`, import.meta.url), vectorFileText(make));
