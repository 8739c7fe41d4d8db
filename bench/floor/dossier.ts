/**
 * The floor under (d): unpacks a dossier of ours and does the arithmetic that nobody can leave out, in one bare loop:
 * SHA-256 of every file, and for each entry its hash, its signature, the hashes of its disclosures, and of its path to
 * the root. It reads no field, folds no books, compares no figure and reports nothing.
 */
import { Buffer } from "node:buffer";
import { hash, verify } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { startTimer } from "../entries.ts";
import { publicKey } from "./log.ts";
import { leafOf, nodeOf } from "./tree.ts";

export type DossierTime = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly entries: number;
  readonly disclosures: number;
};

export function verifyDossierFloor(zip: Buffer): DossierTime {
  const stop = startTimer();
  const files = unpack(zip);
  let sink = 0;
  for (const body of files.values()) sink += hash("sha256", body, "hex").length;
  const checkpoint = text(files, "data/checkpoint").split("\n");
  const size = Number(checkpoint[1]);
  const root = Buffer.from(checkpoint[2] ?? "", "base64");
  const names = [...files.keys()].filter((name) => name.startsWith("data/entries/")).sort();
  const genesis = JSON.parse(payloadOf(text(files, names[0] ?? "")));
  const key = publicKey(String(genesis.pub.officer.x));
  let disclosures = 0;
  for (const name of names) {
    const jwt = files.get(name) as Buffer;
    const dot = jwt.lastIndexOf(0x2e);
    const signature = Buffer.from(jwt.toString("latin1", dot + 1), "base64url");
    if (!verify(null, jwt.subarray(0, dot), key, signature)) throw new Error("a signature is wrong");
    const digits = name.slice("data/entries/".length, -".jwt".length);
    const proof =
      text(files, `data/proofs/${digits}.tlog-proof`).split("\n\n", 1)[0]?.split("\n").slice(2) ?? [];
    const leaf = leafOf(hash("sha256", jwt, "buffer"));
    if (!rootOf(leaf, Number(digits), size, proof).equals(root)) throw new Error("not in the log");
    const shown = files.get(`data/disclosures/${digits}.json`);
    if (shown === undefined) continue;
    for (const disclosure of JSON.parse(shown.toString("latin1")) as string[]) {
      sink += hash("sha256", disclosure, "base64url").length;
      disclosures++;
    }
  }
  if (sink === 0) throw new Error("nothing was hashed");
  return { ...stop(), entries: names.length, disclosures };
}

const text = (files: ReadonlyMap<string, Buffer>, name: string): string => files.get(name)?.toString() ?? "";

const payloadOf = (jwt: string): string => Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString();

/** RFC 9162 section 2.1.3.2. */
function rootOf(leaf: Buffer, index: number, size: number, proof: readonly string[]): Buffer {
  let at = index;
  let last = size - 1;
  let node = leaf;
  for (const line of proof) {
    const sibling = Buffer.from(line, "base64");
    if (at % 2 === 1 || at === last) {
      node = nodeOf(sibling, node);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else node = nodeOf(node, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return node;
}

/** Files of a zip by name, without the one folder on top. */
function unpack(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    files.set(
      name.slice(name.indexOf("/") + 1),
      zip.readUInt16LE(at + 10) === 0 ? body : inflateRawSync(body),
    );
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
