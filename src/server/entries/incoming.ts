/** Entries and objects as they come over HTTP. */
import type { NewEntry } from "#storage/contract.ts";
import { boxBytesMax, keyboxBytesMax } from "#storage/contract.ts";
import { entryLengthMax, parseEntry } from "#record/entry.ts";
import type { NamedObject } from "#storage/contract.ts";
import { failureOf } from "../http-failure.ts";
import { type Fields, malformed, mib } from "../request-body.ts";
import { serverPrefix } from "../named-state.ts";
import type { IncomingEntry } from "./log-host.ts";

export const entriesMax = 4_096;
/** Entries of 4 096 bank lines with their boxes, in base64url, take about 12 MiB. */
export const appendBodyMax = 96 * mib;
/** Three for each room that begins an epoch: whoever comes back or leaves may read a thousand rooms. */
const objectsMax = 3 * 1_024;

export const objectNamePattern = /^[a-z0-9][A-Za-z0-9._-]{0,63}(?:\/[A-Za-z0-9._-]{1,64}){0,6}$/u;

/** Reads `[{jwt, box?, keybox?}]`; each entry has its strict form, nothing more is known about it. */
export function readEntries(body: Fields, min = 1): readonly IncomingEntry[] {
  return body.objects("entries", min, entriesMax).map((fields, i) => {
    const jwt = fields.text("jwt", /^[A-Za-z0-9._-]+$/u, "an entry").slice(0, entryLengthMax + 1);
    const parsed = parseEntry(jwt);
    if (!parsed.ok) throw failureOf(422, { ...parsed.refusal, entry: i });
    if (!fields.has("box") && !fields.has("keybox")) return { parsed: parsed.value };
    const box: NonNullable<NewEntry["box"]> = {
      box: fields.bytes("box", 1, boxBytesMax),
      keybox: fields.bytes("keybox", 1, keyboxBytesMax),
    };
    return { parsed: parsed.value, box };
  });
}

/** Reads `[{name, bytes}]`. */
export function readObjects(body: Fields): readonly NamedObject[] {
  return body.objects("objects", 0, objectsMax).map((fields) => {
    const name = fields.text("name", objectNamePattern, "a name such as epoch/finance/3/x25519.age");
    if (!isClientName(name)) throw malformed("name", "a name that is not the server's own");
    return { name, bytes: fields.bytes("bytes", 1, 16 * mib) };
  });
}

/** Whether clients may read and write the object. */
export function isClientName(name: string): boolean {
  return objectNamePattern.test(name) && !name.startsWith(serverPrefix) && !name.includes("..");
}
