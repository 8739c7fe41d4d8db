import { fromUtf8, toHex, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import type { Check } from "./check-list.ts";
import { langs } from "./statement/labels.ts";
import type { Files } from "./zip-read.ts";

/** The names that a dossier has whatever it holds; every other file of it is named by an index. */
export const fixedNames: readonly string[] = [
  "bagit.txt",
  "bag-info.txt",
  "manifest-sha256.txt",
  "tagmanifest-sha256.txt",
  "README.txt",
  "verify.html",
  "verify.py",
  "data/checkpoint",
  "data/policy.txt",
  "data/statement.json",
  ...langs.map((lang) => `data/statement.${lang}.html`),
];

const digits = (index: number): string => String(index).padStart(8, "0");
export const entryName = (index: number): string => `data/entries/${digits(index)}.jwt`;
export const disclosuresName = (index: number): string => `data/disclosures/${digits(index)}.json`;
export const proofName = (index: number): string => `data/proofs/${digits(index)}.tlog-proof`;

const byIndex =
  /^data\/(?:(entries)\/([0-9]{8})\.jwt|(disclosures)\/([0-9]{8})\.json|(proofs)\/([0-9]{8})\.tlog-proof)$/;

/** The indexes of the files of one kind, ascending. */
export const indexesOf = (files: Files, kind: "entries" | "disclosures"): readonly number[] => {
  const found: number[] = [];
  for (const name of files.keys()) {
    const parts = byIndex.exec(name);
    if (parts?.[1] === kind) found.push(Number(parts[2]));
    else if (parts?.[3] === kind) found.push(Number(parts[4]));
  }
  return found.sort((a, b) => a - b);
};

const bagit = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

const bagInfo = (date: string, payload: ReadonlyMap<string, Uint8Array>): string => {
  let octets = 0;
  for (const body of payload.values()) octets += body.length;
  return `Bagging-Date: ${date}\nBag-Software-Agent: aigaq\nPayload-Oxum: ${octets}.${payload.size}\n`;
};

const manifestOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  utf8(
    [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, body]) => `${toHex(sha256(body))}  ${name}\n`)
      .join(""),
  );

/** Adds what makes a bag of the payload (`data/…`) and the other files: RFC 8493 with SHA-256. `date` is YYYY-MM-DD. */
export const makeBag = (
  payload: ReadonlyMap<string, Uint8Array>,
  tags: ReadonlyMap<string, Uint8Array>,
  date: string,
): Map<string, Uint8Array> => {
  const around = new Map([
    ...tags,
    ["bagit.txt", utf8(bagit)] as const,
    ["bag-info.txt", utf8(bagInfo(date, payload))] as const,
  ]);
  around.set("manifest-sha256.txt", manifestOf(payload));
  around.set("tagmanifest-sha256.txt", manifestOf(around));
  return new Map([...around, ...payload]);
};

const manifestLine = /([0-9a-f]{64}) {2}([A-Za-z0-9._/-]{1,255})\n/y;

/** Path to digest; or the reason why these are not lines of digest and path in the order of their paths. */
const readManifest = (body: Uint8Array): ReadonlyMap<string, string> | string => {
  const text = fromUtf8(body);
  const found = new Map<string, string>();
  let last = "";
  manifestLine.lastIndex = 0;
  while (manifestLine.lastIndex < (text?.length ?? 1)) {
    const [, digest, path] = (text === undefined ? null : manifestLine.exec(text)) ?? [];
    if (digest === undefined || path === undefined)
      return `line ${found.size + 1} is not a digest and a path`;
    if (path <= last) return `line ${found.size + 1} is out of order`;
    found.set(path, digest);
    last = path;
  }
  return found;
};

const info =
  /^Bagging-Date: [0-9]{4}-[0-9]{2}-[0-9]{2}\nBag-Software-Agent: aigaq\nPayload-Oxum: ([0-9]+\.[0-9]+)\n$/;
const lists = ["manifest-sha256.txt", "tagmanifest-sha256.txt"] as const;

const checkForm = (
  files: Files,
  payload: ReadonlyMap<string, Uint8Array>,
  form: Check,
): Map<string, ReadonlyMap<string, string> | undefined> => {
  const read = new Map<string, ReadonlyMap<string, string> | undefined>();
  for (const name of lists) {
    const body = files.get(name);
    const found = body === undefined ? undefined : readManifest(body);
    if (typeof found === "string") form.broken(name, found);
    else form.ok();
    read.set(name, typeof found === "string" ? undefined : found);
  }
  if (textOf(files, "bagit.txt") === bagit) form.ok();
  else form.broken("bagit.txt", "not the two lines of BagIt 1.0");
  let octets = 0;
  for (const body of payload.values()) octets += body.length;
  if (info.exec(textOf(files, "bag-info.txt"))?.[1] === `${octets}.${payload.size}`) form.ok();
  else form.broken("bag-info.txt", "not the three lines that fit the payload");
  return read;
};

const textOf = (files: Files, name: string): string => {
  const body = files.get(name);
  return body === undefined ? "" : (fromUtf8(body) ?? "");
};

const misfits = (files: Files): Map<string, string> => {
  const wrong = new Map<string, string>();
  for (const name of files.keys()) {
    const [, entries, at, disclosures, opened, proofs, proven] = byIndex.exec(name) ?? [];
    if (disclosures !== undefined && !files.has(entryName(Number(opened))))
      wrong.set(name, "opens an entry that is not here");
    else if (entries !== undefined && !files.has(proofName(Number(at))))
      wrong.set(proofName(Number(at)), "missing");
    else if (proofs !== undefined && !files.has(entryName(Number(proven))))
      wrong.set(name, "proves an entry that is not here");
    else if (
      entries === undefined &&
      disclosures === undefined &&
      proofs === undefined &&
      !fixedNames.includes(name)
    )
      wrong.set(name, "does not belong here");
  }
  for (const name of fixedNames) if (!files.has(name)) wrong.set(name, "missing");
  return wrong;
};

/** Section 3: the form of the bag, which files there are, and their digests. */
export const checkBag = (
  files: Files,
  checks: { readonly form: Check; readonly present: Check; readonly digests: Check },
): void => {
  const payload = new Map([...files].filter(([name]) => name.startsWith("data/")));
  const read = checkForm(files, payload, checks.form);
  const wrong = misfits(files);
  const tags = new Set(
    [...files.keys()].filter((name) => !name.startsWith("data/") && name !== "tagmanifest-sha256.txt"),
  );
  for (const which of lists) {
    const listed = read.get(which);
    if (listed === undefined) continue;
    const expected: { has(name: string): boolean; keys(): Iterable<string> } =
      which === "manifest-sha256.txt" ? payload : tags;
    for (const name of expected.keys())
      if (!listed.has(name) && !wrong.has(name)) wrong.set(name, `not listed in ${which}`);
    for (const name of listed.keys())
      if (!expected.has(name) && !wrong.has(name)) wrong.set(name, `listed in ${which}, missing here`);
  }
  let good = files.size;
  for (const [name, why] of [...wrong].sort(([a], [b]) => (a < b ? -1 : 1))) {
    checks.present.broken(name, why);
    if (files.has(name)) good--;
  }
  checks.present.ok(good);

  const [payloadList, tagList] = lists.map((name) => read.get(name));
  if (payloadList === undefined || tagList === undefined) {
    checks.digests.unknown("a list of digests cannot be read");
    return;
  }
  for (const [name, digest] of [...payloadList, ...tagList].sort(([a, x], [b, y]) =>
    a < b ? -1 : a > b ? 1 : x < y ? -1 : 1,
  )) {
    const body = files.get(name);
    if (body === undefined) continue;
    if (toHex(sha256(body)) === digest) checks.digests.ok();
    else checks.digests.broken(name, "its SHA-256 is not the listed one");
  }
};
