/** Entries for tests of the kernel and for `spec/vectors`: fixed key, fixed randomness, and forged texts that issuing refuses. */
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { type Signer, signerFromSeed } from "#record/ed25519.ts";
import { headerText } from "#record/entry.ts";
import { sha256, sha256Base64Url } from "#record/hash.ts";
import type { EntryDraft } from "#record/issue.ts";
import type { Json } from "#record/json-strict.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { EMPTY_ROOT } from "#record/tree.ts";

/** Public test key: its seed is 32 times 7. */
export const sampleSigner: Signer = signerFromSeed(new Uint8Array(32).fill(7));
export const sampleKid = keyThumbprint(sampleSigner.publicKey);
export const sampleGenesis = sha256(utf8("genesis of the sample"));

/** Bytes that look random and are the same each time. */
export function fixedRandomness(label: string): (length: number) => Uint8Array {
  let block = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32)
      bytes.set(sha256(utf8(`${label}/${block++}`)).subarray(0, Math.min(32, length - at)), at);
    return bytes;
  };
}

/** Two bank lines, one hidden field and two public ones. Invented. */
export const sampleDraft: EntryDraft = {
  type: "statement.lines",
  genesis: sampleGenesis,
  at: 1_700_000_000,
  anchor: { size: 0, root: EMPTY_ROOT },
  stream: { id: "statements", seq: 0, previous: null },
  pub: { import: "2025-04", lines: 2 },
  hidden: { note: "first half of April" },
  items: [
    {
      open: { position: "2025-04-10/1", direction: "credit", minor: "500000", currency: "KZT" },
      hidden: { donor: { name: "Sample Donor", bin: null }, memo: "A-2025-003 көмек" },
    },
    { open: { position: "2025-04-10/2", direction: "debit", minor: "120000", currency: "KZT" } },
  ],
};

export type ForgedPayload = { [name: string]: Json };

/** A payload as issuing makes it, to be changed by a test. */
export function samplePayload(): ForgedPayload {
  const digests = Array.from({ length: 4 }, (_, i) => sha256Base64Url(`decoy ${i}`)).sort();
  return {
    v: 1,
    o: toBase64Url(sampleGenesis),
    t: "fund.note",
    i: 1_700_000_000,
    a: { n: 0, r: toBase64Url(EMPTY_ROOT) },
    s: { id: "funds", q: 1, p: toBase64Url(sampleGenesis) },
    b: toBase64Url(new Uint8Array(16).fill(9)),
    pub: { text: "hello" },
    _sd: digests,
    _sd_alg: "sha-256",
  };
}

/** Signs any texts as header and payload. */
export function signTexts(header: string, payload: string, signer: Signer = sampleSigner): string {
  const signingInput = `${toBase64Url(utf8(header))}.${toBase64Url(utf8(payload))}`;
  return `${signingInput}.${toBase64Url(signer.sign(utf8(signingInput)))}`;
}

/** An entry with this payload, whatever it says. */
export function forgeEntry(payload: ForgedPayload): string {
  return signTexts(headerText(sampleKid), JSON.stringify(payload));
}

export const sampleSalt = "saltsaltsaltsaltsaltsalt";

/** base64url of a JSON array, whatever it says. */
export function forgeDisclosure(...parts: readonly Json[]): string {
  return toBase64Url(utf8(JSON.stringify(parts)));
}

/** A payload whose `_sd` holds the digests of these disclosures among decoys. */
export function payloadWithFields(...disclosures: readonly string[]): ForgedPayload {
  const digests = disclosures.map(sha256Base64Url);
  for (let i = 0; digests.length < 4 || (digests.length & (digests.length - 1)) !== 0; i++)
    digests.push(sha256Base64Url(`decoy ${i}`));
  return { ...samplePayload(), _sd: digests.sort() };
}

/** A payload whose hidden array holds these elements. */
export function payloadWithItems(...elements: readonly string[]): ForgedPayload {
  return { ...samplePayload(), items: elements.map((element) => ({ "...": sha256Base64Url(element) })) };
}
