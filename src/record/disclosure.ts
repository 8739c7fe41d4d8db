/**
 * Opening an entry: matching disclosures to digests, strictly (RFC 9901 section 7.1, and `spec/entry.md` section 5).
 * "Not disclosed" means unknown, never absent.
 */
import { readDisclosure } from "./disclosure-text.ts";
import {
  type Anchor,
  checkSortedDigests,
  disclosuresMax,
  type EntryRefusal,
  isObject,
  isPayloadMember,
  type ParsedEntry,
  repeatedDigest,
  type StreamPlace,
} from "./entry.ts";
import { sha256Base64Url } from "./hash.ts";
import type { Disclosures, ItemDisclosures } from "./issue.ts";
import { checkJson, checkName, type Json, type JsonObject, jsonDepthMax } from "./json-strict.ts";
import { ok, refuse, type Result } from "./result.ts";

/** An entry with what was disclosed of it. */
export type OpenedEntry = {
  /** Position in the log, where the caller knows it. */
  readonly index?: number;
  readonly hash: Uint8Array;
  readonly kid: string;
  readonly type: string;
  readonly at: number;
  readonly anchor: Anchor;
  readonly stream?: StreamPlace;
  readonly pub: JsonObject;
  /** Disclosed hidden fields only. */
  readonly hidden: JsonObject;
  /** Digests in `_sd`: at most so many hidden fields exist (decoys among them). */
  readonly hiddenCount: number;
  /** One per element of the hidden array; undefined where it was not disclosed. */
  readonly items: readonly (OpenedItem | undefined)[];
};

/** A disclosed element: its open part, and those of its hidden fields that were disclosed too. */
export type OpenedItem = { readonly open: JsonObject; readonly hidden: JsonObject };

/** As {@link Disclosures}, with elements left out. */
export type PartialDisclosures = {
  readonly hidden: Readonly<Record<string, string>>;
  readonly items: readonly (ItemDisclosures | undefined)[];
};

/** Opens an entry with a flat list of disclosures in any order, as a dossier carries them. */
export function openEntry(
  parsed: ParsedEntry,
  disclosures: readonly string[],
): Result<OpenedEntry, EntryRefusal> {
  if (disclosures.length > disclosuresMax) return tooMany;
  const byDigest = new Map<string, string>();
  for (const disclosure of disclosures) {
    const digest = sha256Base64Url(disclosure);
    if (byDigest.has(digest))
      return refuse({ code: "disclosure-repeated", message: "A disclosure was given twice." });
    byDigest.set(digest, disclosure);
  }
  const { payload } = parsed;
  const opening = new Opening(parsed);
  let used = 0;
  for (const digest of payload.digests) {
    const disclosure = byDigest.get(digest);
    if (disclosure === undefined) continue;
    used++;
    const refusal = opening.field(disclosure);
    if (refusal !== undefined) return refuse(refusal);
  }
  const items: (OpenedItem | undefined)[] = [];
  for (const digest of payload.items) {
    const disclosure = byDigest.get(digest);
    if (disclosure === undefined) {
      items.push(undefined);
      continue;
    }
    used++;
    const element = opening.element(disclosure);
    if (!element.ok) return element;
    const { open, digests } = element.value;
    const hidden: Record<string, Json> = {};
    for (const nestedDigest of digests) {
      const nested = byDigest.get(nestedDigest);
      if (nested === undefined) continue;
      used++;
      const refusal = opening.nested(nested, open, hidden);
      if (refusal !== undefined) return refuse(refusal);
    }
    items.push({ open, hidden });
  }
  // Digests are all different, so each disclosure was used at most once; one that was not has no place in this entry.
  if (used !== disclosures.length) return unreferenced;
  return ok(opening.finish(items));
}

/**
 * Opens an entry with disclosures whose place is known, as our own boxes hold them: the same checks as
 * {@link openEntry}, without the search. An element may be left out; a name must be the disclosed one.
 */
export function openEntryStructured(
  parsed: ParsedEntry,
  disclosures: Disclosures | PartialDisclosures,
): Result<OpenedEntry, EntryRefusal> {
  const { payload } = parsed;
  const opening = new Opening(parsed);
  let count = 0;
  const topDigests = new Set(payload.digests);
  for (const name in disclosures.hidden) {
    const disclosure = disclosures.hidden[name] ?? "";
    count++;
    // Deleted once met: the same disclosure under a second name finds no digest left.
    if (!topDigests.delete(sha256Base64Url(disclosure))) return unreferenced;
    const refusal = opening.field(disclosure, name);
    if (refusal !== undefined) return refuse(refusal);
  }
  if (disclosures.items.length > payload.items.length) return unreferenced;
  const items: (OpenedItem | undefined)[] = [];
  for (let i = 0; i < payload.items.length; i++) {
    const given = disclosures.items[i];
    if (given === undefined) {
      items.push(undefined);
      continue;
    }
    count++;
    if (sha256Base64Url(given.element) !== payload.items[i]) return unreferenced;
    const element = opening.element(given.element);
    if (!element.ok) return element;
    const { open, digests } = element.value;
    const hidden: Record<string, Json> = {};
    for (const name in given.hidden) {
      const disclosure = given.hidden[name] ?? "";
      count++;
      if (!digests.includes(sha256Base64Url(disclosure))) return unreferenced;
      const refusal = opening.nested(disclosure, open, hidden, name);
      if (refusal !== undefined) return refuse(refusal);
    }
    items.push({ open, hidden });
  }
  if (count > disclosuresMax) return tooMany;
  return ok(opening.finish(items));
}

/** All disclosures of an entry as the flat list a dossier carries. `choose` keeps those that may be shown. */
export function flatDisclosures(
  disclosures: Disclosures | PartialDisclosures,
  choose: DisclosureChoice = {},
): string[] {
  const list: string[] = [];
  for (const [name, disclosure] of Object.entries(disclosures.hidden))
    if (choose.hidden?.(name) ?? true) list.push(disclosure);
  for (const [index, item] of disclosures.items.entries()) {
    if (item === undefined || !(choose.item?.(index) ?? true)) continue;
    list.push(item.element);
    for (const [name, disclosure] of Object.entries(item.hidden))
      if (choose.itemHidden?.(index, name) ?? true) list.push(disclosure);
  }
  return list;
}

/** What to show; a question left out means everything of that kind. A field of an element needs the element. */
export type DisclosureChoice = {
  readonly hidden?: (name: string) => boolean;
  readonly item?: (index: number) => boolean;
  readonly itemHidden?: (index: number, name: string) => boolean;
};

/** The combined form of RFC 9901 section 4: `<JWT>~<disclosure>~…~`. */
export function combineEntry(jwt: string, disclosures: readonly string[]): string {
  return `${[jwt, ...disclosures].join("~")}~`;
}

const unreferenced = refuse<EntryRefusal>({
  code: "disclosure-unreferenced",
  message: "A disclosure fits no digest of the entry.",
});
const tooMany = refuse<EntryRefusal>({
  code: "too-many-disclosures",
  message: `An entry has at most ${disclosuresMax} disclosures.`,
});

/** What both ways of opening share: the checks of each disclosure, and digests seen once. */
class Opening {
  readonly #parsed: ParsedEntry;
  readonly #hidden: Record<string, Json> = {};
  /** Digests of the entry itself and of elements opened; made when the first element brings digests of its own. */
  #seen: Set<string> | undefined;

  constructor(parsed: ParsedEntry) {
    this.#parsed = parsed;
  }

  /** Opens a field of the payload. */
  field(disclosure: string, expectedName?: string): EntryRefusal | undefined {
    return this.#named(disclosure, this.#hidden, isPayloadMember, expectedName);
  }

  /** Opens a hidden field of an element. */
  nested(
    disclosure: string,
    open: JsonObject,
    hidden: Record<string, Json>,
    expectedName?: string,
  ): EntryRefusal | undefined {
    return this.#named(disclosure, hidden, (name) => Object.hasOwn(open, name), expectedName);
  }

  /** Opens an element: its open part and the digests of its hidden fields. */
  element(
    disclosure: string,
  ): Result<{ readonly open: JsonObject; readonly digests: readonly string[] }, EntryRefusal> {
    const read = readDisclosure(disclosure);
    if (!read.ok) return read;
    const { name, value } = read.value;
    if (name !== undefined)
      return refuse({
        code: "disclosure-kind-wrong",
        message: "A field was disclosed where an element belongs.",
      });
    if (!isObject(value)) return refuse({ code: "element-malformed", message: "An element is an object." });
    let open = value;
    let digests: readonly string[] = [];
    if (Object.hasOwn(value, "_sd")) {
      const { _sd } = value;
      if (!Array.isArray(_sd) || _sd.length === 0)
        return refuse({ code: "element-malformed", message: "The _sd of an element is a list of digests." });
      const sorted = checkSortedDigests(_sd as readonly Json[]);
      if (!sorted.ok) return sorted;
      open = withoutDigests(value);
      digests = sorted.value;
      const { payload } = this.#parsed;
      this.#seen ??= new Set([...payload.digests, ...payload.items]);
      for (const digest of digests) {
        const before = this.#seen.size;
        if (this.#seen.add(digest).size === before) return repeatedDigest;
      }
    }
    const refusal = checkJson(open, jsonDepthMax);
    return refusal === undefined ? ok({ open, digests }) : refuse(refusal);
  }

  finish(items: readonly (OpenedItem | undefined)[]): OpenedEntry {
    const { hash, kid, payload } = this.#parsed;
    return {
      hash,
      kid,
      type: payload.type,
      at: payload.at,
      anchor: payload.anchor,
      ...(payload.stream === undefined ? {} : { stream: payload.stream }),
      pub: payload.pub,
      hidden: this.#hidden,
      hiddenCount: payload.digests.length,
      items,
    };
  }

  #named(
    disclosure: string,
    hidden: Record<string, Json>,
    isPresent: (name: string) => boolean,
    expectedName: string | undefined,
  ): EntryRefusal | undefined {
    const read = readDisclosure(disclosure);
    if (!read.ok) return read.refusal;
    const { name, value } = read.value;
    if (name === undefined)
      return { code: "disclosure-kind-wrong", message: "An element was disclosed where a field belongs." };
    if (name === "_sd" || name === "...")
      return { code: "disclosure-name-reserved", message: `A disclosed field may not be named ${name}.` };
    if (isPresent(name) || Object.hasOwn(hidden, name))
      return { code: "disclosure-name-present", message: `There is already a member named ${name}.` };
    if (expectedName !== undefined && expectedName !== name)
      return {
        code: "disclosure-name-mismatch",
        message: `The disclosure kept as ${expectedName} opens ${name}.`,
      };
    const refusal = checkName(name) ?? checkJson(value, jsonDepthMax);
    if (refusal !== undefined) return refusal;
    hidden[name] = value;
    return undefined;
  }
}

/** The open members of an element. A loop, because destructuring takes longer, and this runs for each of a million lines. */
function withoutDigests(element: JsonObject): JsonObject {
  const open: Record<string, Json> = {};
  for (const name in element) {
    // An own member of this name would become the prototype; left out here, it would go unseen: `checkName` refuses it.
    if (name === "__proto__") return element;
    if (name !== "_sd") open[name] = element[name] as Json;
  }
  return open;
}
