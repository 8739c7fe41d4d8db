import { toBase64Url, utf8 } from "./bytes.ts";
import { disclosureLengthMax, encodeText, saltBytes, saltLength } from "./disclosure-text.ts";
import type { Signer } from "./ed25519.ts";
import {
  type Anchor,
  blindBytes,
  disclosuresMax,
  entryHashOf,
  entryLengthMax,
  entryTypePattern,
  headerText,
  isPayloadMember,
  itemsMax,
  leafHashOfEntry,
  type StreamPlace,
  streamIdPattern,
} from "./entry.ts";
import { sha256Base64Url } from "./hash.ts";
import { checkJson, checkName, type Json, type JsonObject } from "./json-strict.ts";
import { keyThumbprint } from "./key-id.ts";
import { assert } from "./result.ts";

/** What an entry is to say, before salts, blind and signature. */
export type EntryDraft = {
  /** "statement.lines" */
  readonly type: string;
  /** Hash of the genesis entry; null for the genesis entry itself. */
  readonly genesis: Uint8Array | null;
  /** Author's clock, Unix seconds. */
  readonly at: number;
  readonly anchor: Anchor;
  readonly stream?: StreamPlace;
  /** Public for ever. */
  readonly pub: JsonObject;
  /** Hidden behind a digest each; name and value. */
  readonly hidden?: JsonObject;
  /** The hidden array. */
  readonly items?: readonly ItemDraft[];
};

/** One element: `open` shows when the element is disclosed; each member of `hidden` is a disclosure of its own within. */
export type ItemDraft = { readonly open: JsonObject; readonly hidden?: JsonObject };

export type IssuedEntry = {
  readonly jwt: string;
  /** SHA-256 of the ASCII of `jwt`. */
  readonly hash: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly disclosures: Disclosures;
};

/** The disclosures of an entry by place. Privacy: whoever has these and the JWT reads everything in it. */
export type Disclosures = {
  readonly hidden: Readonly<Record<string, string>>;
  readonly items: readonly ItemDisclosures[];
};
export type ItemDisclosures = { readonly element: string; readonly hidden: Readonly<Record<string, string>> };

export type IssueDeps = { readonly signer: Signer; readonly randomBytes: (length: number) => Uint8Array };

/**
 * Signs an entry. Takes randomness once: the blind, then the salts in order of disclosure, then the decoys. A draft
 * that could not be read back by `parseEntry` and `openEntry` throws: drafts are made by our own rules.
 */
export function issueEntry(draft: EntryDraft, deps: IssueDeps): IssuedEntry {
  const { hidden = {}, items = [] } = draft;
  checkDraft(draft);
  const names = Object.keys(hidden);
  let saltCount = names.length;
  for (const item of items) {
    saltCount++;
    for (const _ in item.hidden) saltCount++;
  }
  assert(saltCount <= disclosuresMax, `an entry has at most ${disclosuresMax} disclosures`);
  const decoyCount = paddedCount(names.length) - names.length;

  const randomLength = blindBytes + saltCount * saltBytes + decoyCount * 32;
  const random = deps.randomBytes(randomLength);
  assert(random.length === randomLength, "randomBytes gives what it was asked for");
  const saltsEnd = blindBytes + saltCount * saltBytes;
  const salts = toBase64Url(random.subarray(blindBytes, saltsEnd));
  let saltAt = 0;
  const nextSalt = (): string => salts.slice(saltAt, (saltAt += saltLength));

  const hiddenDisclosures: Record<string, string> = {};
  const digests: string[] = [];
  for (const name of names) {
    assert(!isPayloadMember(name), `a hidden field may not be named ${name}`);
    const disclosure = fieldDisclosure(nextSalt(), name, hidden[name] ?? null);
    hiddenDisclosures[name] = disclosure;
    digests.push(sha256Base64Url(disclosure));
  }
  for (let i = 0; i < decoyCount; i++)
    digests.push(toBase64Url(random.subarray(saltsEnd + i * 32, saltsEnd + i * 32 + 32)));
  digests.sort();

  const itemDisclosures: ItemDisclosures[] = [];
  let itemsText = "";
  for (const item of items) {
    const nested: Record<string, string> = {};
    const nestedDigests: string[] = [];
    for (const name in item.hidden) {
      assert(!(name in item.open), `item field ${name} is both open and hidden`);
      const disclosure = fieldDisclosure(nextSalt(), name, item.hidden[name] ?? null);
      nested[name] = disclosure;
      nestedDigests.push(sha256Base64Url(disclosure));
    }
    const element = elementDisclosure(nextSalt(), item.open, nestedDigests);
    itemDisclosures.push({ element, hidden: nested });
    itemsText += `${itemsText === "" ? "" : ","}{"...":"${sha256Base64Url(element)}"}`;
  }

  const payload = payloadText(draft, toBase64Url(random.subarray(0, blindBytes)), itemsText, digests);
  const signingInput = `${headerOf(deps.signer)}.${encodeText(payload)}`;
  const jwt = `${signingInput}.${toBase64Url(deps.signer.sign(utf8(signingInput)))}`;
  assert(jwt.length <= entryLengthMax, `an entry has at most ${entryLengthMax} characters`);
  const hash = entryHashOf(jwt);
  return {
    jwt,
    hash,
    leafHash: leafHashOfEntry(hash),
    disclosures: { hidden: hiddenDisclosures, items: itemDisclosures },
  };
}

/** Number of digests shown for `count` hidden fields: 4, 8, 16, … so that the number of fields tells little. */
export function paddedCount(count: number): number {
  let padded = 4;
  while (padded < count) padded *= 2;
  return padded;
}

function fieldDisclosure(salt: string, name: string, value: Json): string {
  const refusal = checkName(name) ?? checkJson(value);
  assert(refusal === undefined, `hidden field ${name}: ${refusal?.message}`);
  return encodeDisclosure(`["${salt}",${quoted(name)},${JSON.stringify(value)}]`);
}

function elementDisclosure(salt: string, open: JsonObject, digests: string[]): string {
  const refusal = checkJson(open);
  assert(refusal === undefined, `open part of an item: ${refusal?.message}`);
  const openText = JSON.stringify(open);
  if (digests.length === 0) return encodeDisclosure(`["${salt}",${openText}]`);
  digests.sort();
  const separator = openText === "{}" ? "" : ",";
  return encodeDisclosure(
    `["${salt}",${openText.slice(0, -1)}${separator}"_sd":["${digests.join('","')}"]}]`,
  );
}

function encodeDisclosure(text: string): string {
  const disclosure = encodeText(text);
  assert(
    disclosure.length <= disclosureLengthMax,
    `a disclosure has at most ${disclosureLengthMax} characters`,
  );
  return disclosure;
}

const quotedNames = new Map<string, string>();

/** Names repeat for every line of a statement. Only names that passed `checkName` get here, and few are remembered. */
function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (quotedNames.size < 1_024) quotedNames.set(name, text);
  return text;
}

function payloadText(
  draft: EntryDraft,
  blind: string,
  itemsText: string,
  digests: readonly string[],
): string {
  const { genesis, anchor, stream } = draft;
  const o = genesis === null ? "" : `"o":"${toBase64Url(genesis)}",`;
  const a = `{"n":${anchor.size},"r":"${toBase64Url(anchor.root)}"}`;
  const p = stream === undefined || stream.previous === null ? "" : `,"p":"${toBase64Url(stream.previous)}"`;
  const s = stream === undefined ? "" : `"s":{"id":"${stream.id}","q":${stream.seq}${p}},`;
  const items = itemsText === "" ? "" : `"items":[${itemsText}],`;
  return (
    `{"v":1,${o}"t":"${draft.type}","i":${draft.at},"a":${a},${s}"b":"${blind}",` +
    `"pub":${JSON.stringify(draft.pub)},${items}"_sd":["${digests.join('","')}"],"_sd_alg":"sha-256"}`
  );
}

function checkDraft({ type, genesis, at, anchor, stream, pub, items = [] }: EntryDraft): void {
  assert(type.length <= 64 && entryTypePattern.test(type), `"${type}" is an entry type`);
  assert(genesis === null || genesis.length === 32, "a genesis hash has 32 bytes");
  assert(Number.isSafeInteger(at) && at >= 0, "the author's clock is in whole seconds");
  assert(
    Number.isSafeInteger(anchor.size) && anchor.size >= 0 && anchor.root.length === 32,
    "an anchor has size and root",
  );
  if (stream !== undefined) {
    assert(streamIdPattern.test(stream.id), `"${stream.id}" is a stream id`);
    assert(Number.isSafeInteger(stream.seq) && stream.seq >= 0, "a stream counts from 0");
    assert(
      (stream.seq === 0) === (stream.previous === null),
      "only the first entry of a stream has no previous one",
    );
    assert(stream.previous === null || stream.previous.length === 32, "a previous hash has 32 bytes");
  }
  const refusal = checkJson(pub);
  assert(refusal === undefined, `public fields: ${refusal?.message}`);
  assert(items.length <= itemsMax, `an entry has at most ${itemsMax} items`);
}

const headers = new WeakMap<Signer, string>();

function headerOf(signer: Signer): string {
  const known = headers.get(signer);
  if (known !== undefined) return known;
  const header = encodeText(headerText(keyThumbprint(signer.publicKey)));
  headers.set(signer, header);
  return header;
}
