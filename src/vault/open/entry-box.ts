/** Reading of an entry box's plaintext. The digests are checked by the kernel afterwards, never here. */
import { fromBase64Url, fromUtf8 } from "#record/bytes.ts";
import type { Disclosures } from "#record/issue.ts";
import { ok, refuse, type Result } from "#record/result.ts";
import type { FileReference } from "#vault/seal/entry-box.ts";
import { keySize } from "#vault/seal/layout.ts";

export type EntryBoxRefusal = { readonly code: "entry-box-malformed"; readonly message: string };

export type OpenedEntryBox = {
  readonly disclosures: Disclosures;
  readonly files: Readonly<Record<string, FileReference>>;
};

// The kernel's own limit on list items (spec/entry.md); said here again so that no oversized box is walked.
const itemsMax = 4096;

/** Reads what `encodeEntryBox` wrote. Refuses `entry-box-malformed` for anything else. */
export function decodeEntryBox(plaintext: Uint8Array): Result<OpenedEntryBox, EntryBoxRefusal> {
  const text = fromUtf8(plaintext);
  const content = text === undefined ? undefined : parseObject(text);
  if (content === undefined) return malformed("not a JSON object");
  const { hidden, items, files = {}, ...others } = content;
  if (Object.keys(others).length > 0) return malformed("it has members that this version does not know");
  if (!isTextRecord(hidden)) return malformed("its hidden fields are not disclosures by name");
  if (!Array.isArray(items) || items.length > itemsMax)
    return malformed("its items are not a list within limits");

  const openedItems: Disclosures["items"][number][] = [];
  for (const item of items) {
    if (!Array.isArray(item) || item.length !== 2) return malformed("an item is not a pair");
    const [element, inside] = item as readonly unknown[];
    if (typeof element !== "string" || !isTextRecord(inside)) return malformed("an item is not disclosures");
    openedItems.push({ element, hidden: inside });
  }
  if (!isFileRecord(files)) return malformed("its files are not references");
  return ok({ disclosures: { hidden, items: openedItems }, files });
}

function malformed(why: string): { readonly ok: false; readonly refusal: EntryBoxRefusal } {
  return refuse({
    code: "entry-box-malformed",
    message: `the box opened, but its content is not an entry's disclosures: ${why}; it was written by another program`,
  });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextRecord(value: unknown): value is Record<string, string> {
  if (!isRecord(value)) return false;
  for (const name in value) if (typeof value[name] !== "string") return false;
  return true;
}

function isFileRecord(value: unknown): value is Record<string, FileReference> {
  if (!isRecord(value)) return false;
  return Object.values(value).every(
    (file) =>
      isRecord(file) &&
      typeof file["stored"] === "string" &&
      typeof file["key"] === "string" &&
      fromBase64Url(file["key"])?.length === keySize &&
      Number.isSafeInteger(file["size"]) &&
      Number(file["size"]) >= 0,
  );
}
