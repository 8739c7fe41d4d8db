/**
 * The floor under (c): a bare loop over node:crypto and node:sqlite that makes, or verifies, the same bytes, written
 * for speed and for nothing else. It does what cannot be left out: for each entry the salts, the hash of each
 * disclosure, the text of the entry, its signature, its hash and leaf, sealing of box and key (HKDF-SHA-512, AES-256-GCM);
 * for each commit the root, its signature and an fsync under the same settings of SQLite.
 *
 * It does not check what it is given, hash an entry again before it goes into the tree, read back what it stored, keep
 * tiles, compare the log's size or refuse anything.
 */
import { Buffer } from "node:buffer";
import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomFillSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { paymentFields, startTimer } from "../entries.ts";
import type { AppendTask, Appended, Timed } from "../log-workers.ts";
import { BareTree, leafOf } from "./tree.ts";

const header = Buffer.from(JSON.stringify({ alg: "EdDSA", kid: "x".repeat(43), typ: "aigaq+sd-jwt" }));

export function appendFloor({ folder, entries, batch }: AppendTask): Appended {
  const db = openLikeOurs(folder);
  const addEntry = db.prepare("INSERT INTO entries (idx, hash, jwt) VALUES (?, ?, ?)");
  const addBox = db.prepare("INSERT INTO boxes (idx, keybox, box) VALUES (?, ?, ?)");
  const setHead = db.prepare("UPDATE head SET size = ?, checkpoint = ? WHERE id = 1");
  const author = generateKeyPairSync("ed25519").privateKey;
  const logKey = generateKeyPairSync("ed25519").privateKey;
  const tree = new BareTree();
  const head = header.toString("base64url");
  const genesis = "g".repeat(43);
  const epochKey = Buffer.alloc(32, 7);
  let root = tree.root();
  let previous = "p".repeat(43);
  let jwtBytes = 0;
  let boxBytes = 0;
  const stop = startTimer();
  for (let from = 0; from < entries; from += batch) {
    const to = Math.min(from + batch, entries);
    db.exec("BEGIN IMMEDIATE");
    const anchor = root.toString("base64url");
    for (let i = from; i < to; i++) {
      const { pub, hidden } = paymentFields(i);
      const random = randomBytes(16 + 4 * 16);
      const disclosures: Record<string, string> = {};
      const digests: string[] = [];
      let at = 16;
      for (const name in hidden) {
        const salt = random.toString("base64url", at, (at += 16));
        const text = `["${salt}","${name}",${JSON.stringify(hidden[name])}]`;
        const disclosure = Buffer.from(text).toString("base64url");
        disclosures[name] = disclosure;
        digests.push(hash("sha256", disclosure, "base64url"));
      }
      digests.sort();
      const blind = random.toString("base64url", 0, 16);
      const payload =
        `{"v":1,"o":"${genesis}","t":"spending","i":${1_740_000_000 + i},"a":{"n":${from + 1},"r":"${anchor}"},` +
        `"s":{"id":"spending","q":${i},"p":"${previous}"},"b":"${blind}","pub":${JSON.stringify(pub)},` +
        `"_sd":["${digests.join('","')}"],"_sd_alg":"sha-256"}`;
      const input = `${head}.${Buffer.from(payload).toString("base64url")}`;
      const jwt = `${input}.${sign(null, Buffer.from(input), author).toString("base64url")}`;
      const jwtHash = hash("sha256", jwt, "buffer");
      previous = jwtHash.toString("base64url");
      const { box, keybox } = seal(
        JSON.stringify({ hidden: disclosures, items: [], files: {} }),
        epochKey,
        jwtHash,
      );
      addEntry.run(i, jwtHash, jwt);
      addBox.run(i, keybox, box);
      tree.append(leafOf(jwtHash));
      jwtBytes += jwt.length;
      boxBytes += box.length + keybox.length;
    }
    root = tree.root();
    const text = `aigaq.invalid/invented\n${to}\n${root.toString("base64")}\n`;
    const signature = sign(null, Buffer.from(text), logKey).toString("base64");
    setHead.run(to, `${text}\n— aigaq.invalid/invented ${signature}\n`);
    db.exec("COMMIT");
  }
  const time = stop();
  db.close();
  return {
    entries,
    ...time,
    jwtBytes: Math.round(jwtBytes / entries),
    boxBytes: Math.round(boxBytes / entries),
  };
}

const portion = Buffer.alloc(65_536);
let used = portion.length;

/** Fetched from the system in portions, as ours is. */
function randomBytes(length: number): Buffer {
  if (used + length > portion.length) {
    randomFillSync(portion);
    used = 0;
  }
  const bytes = Buffer.from(portion.subarray(used, used + length));
  used += length;
  return bytes;
}

const boxHead = 37;

/** Box and key box as `src/vault/seal` makes them: head, salt, commitment, ciphertext, tag. */
function seal(text: string, epochKey: Buffer, entryHash: Buffer): { box: Buffer; keybox: Buffer } {
  let bucket = 256;
  while (bucket < text.length + 1) bucket *= 2;
  const plain = Buffer.alloc(bucket);
  plain[plain.write(text, "latin1")] = 0x80;
  const random = randomBytes(16 + 32 + 24 + 24);
  const head = Buffer.alloc(boxHead, 1);
  random.copy(head, 1, 0, 16);
  const boxKey = random.subarray(16, 48);
  return {
    box: sealUnder(boxKey, head, Buffer.concat([boxLabel, random.subarray(48, 72), head, entryHash]), plain),
    keybox: sealUnder(epochKey, head, Buffer.concat([boxLabel, random.subarray(72), head]), boxKey),
  };
}

const boxLabel = Buffer.from("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0");

function sealUnder(inputKey: Buffer, head: Buffer, info: Buffer, plain: Buffer): Buffer {
  const first = hmac(inputKey, info, Buffer.of(1));
  const second = hmac(inputKey, first, info, Buffer.of(2));
  const cipher = createCipheriv("aes-256-gcm", first.subarray(0, 32), first.subarray(32, 44));
  const sealed = Buffer.allocUnsafe(boxHead + 56 + plain.length + 16);
  head.copy(sealed);
  info.copy(sealed, boxHead, boxLabel.length, boxLabel.length + 24);
  first.copy(sealed, boxHead + 24, 44);
  second.copy(sealed, boxHead + 44, 0, 12);
  cipher.update(plain).copy(sealed, boxHead + 56);
  cipher.final();
  cipher.getAuthTag().copy(sealed, boxHead + 56 + plain.length);
  return sealed;
}

const outer = Buffer.alloc(128 + 64);

/** HMAC-SHA-512 by two one-shot hashes: createHmac takes more than twice as long. */
function hmac(key: Buffer, ...message: readonly Buffer[]): Buffer {
  const inner = Buffer.concat([Buffer.alloc(128, 0x36), ...message]);
  outer.fill(0x5c, 0, 128);
  for (let i = 0; i < key.length; i++) {
    inner[i] = 0x36 ^ (key[i] ?? 0);
    outer[i] = 0x5c ^ (key[i] ?? 0);
  }
  outer.write(hash("sha512", inner, "latin1"), 128, "latin1");
  return Buffer.from(hash("sha512", outer, "latin1"), "latin1");
}

/** The same tables and pragmas as `src/storage/sqlite`. */
function openLikeOurs(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(join(folder, "floor.db"));
  db.exec(`
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = ${4096 * 4096};
    CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, checkpoint TEXT) STRICT;
    INSERT INTO head VALUES (1, 0, NULL);
    CREATE TABLE entries (idx INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, jwt TEXT NOT NULL) STRICT;
    CREATE TABLE boxes (idx INTEGER PRIMARY KEY, keybox BLOB NOT NULL, box BLOB NOT NULL) STRICT;
  `);
  return db;
}

export type FloorVerifyTask = {
  readonly folder: string;
  /** Ed25519 keys of author and log, base64url. */
  readonly author: string;
  readonly log: string;
};

/**
 * Verifies a log of ours: hash of each entry, its signature, leaf and tree, the checkpoint's signature. Parses nothing,
 * looks at no stream, anchor, tile or key's term.
 */
export function verifyFloor({ folder, author, log }: FloorVerifyTask): Timed {
  const db = new DatabaseSync(join(folder, "aigaq.db"), { readOnly: true });
  const key = publicKey(author);
  const rows = db.prepare("SELECT hash, jwt FROM entries ORDER BY idx");
  const tree = new BareTree();
  let entries = 0;
  const stop = startTimer();
  for (const row of rows.iterate()) {
    const jwt = String(row["jwt"]);
    const jwtHash = hash("sha256", jwt, "buffer");
    if (!jwtHash.equals(row["hash"] as Uint8Array)) throw new Error("a hash differs");
    const dot = jwt.lastIndexOf(".");
    const signature = Buffer.from(jwt.slice(dot + 1), "base64url");
    if (!verify(null, Buffer.from(jwt.slice(0, dot), "latin1"), key, signature))
      throw new Error("a signature is wrong");
    tree.append(leafOf(jwtHash));
    entries++;
  }
  const note = String(db.prepare("SELECT checkpoint FROM head").get()?.["checkpoint"]);
  const end = note.indexOf("\n\n") + 1;
  const line = Buffer.from(note.slice(note.lastIndexOf(" ")).trim(), "base64");
  const isSigned = verify(null, Buffer.from(note.slice(0, end)), publicKey(log), line.subarray(4));
  const time = stop();
  if (!isSigned || note.split("\n")[2] !== tree.root().toString("base64"))
    throw new Error("the root is another");
  db.close();
  return { entries, ...time };
}

export function publicKey(x: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** Ops per second of single parts, so that a reader can see what the floor itself is made of. */
export function machineParts(): Record<string, number> {
  const key = createPrivateKey(
    generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }),
  );
  const message = Buffer.alloc(900, 1);
  const signature = sign(null, message, key);
  const verifier = createPublicKey(key.export({ format: "pem", type: "pkcs8" }) as string);
  const disclosure = "d".repeat(80);
  const perSecond = (run: () => unknown): number => {
    for (let i = 0; i < 200; i++) run();
    const from = performance.now();
    let count = 0;
    while (performance.now() - from < 400) for (let i = 0; i < 50; i++, count++) run();
    return Math.round((count * 1000) / (performance.now() - from));
  };
  return {
    "Ed25519 sign, 900 B": perSecond(() => sign(null, message, key)),
    "Ed25519 verify, 900 B": perSecond(() => verify(null, message, verifier, signature)),
    "SHA-256 of a disclosure, 80 B": perSecond(() => hash("sha256", disclosure, "base64url")),
    "sealing a box of 1 KiB and its key": perSecond(() =>
      seal("x".repeat(900), Buffer.alloc(32), Buffer.alloc(32)),
    ),
  };
}
