/**
 * The victim of the kill drill: opens (or creates) the log in the folder it is given and appends until it is killed.
 * Prints "ready" before it opens the folder, "open" once it has, and "ack SIZE ROOT HASH-OF-LAST-ENTRY FILE
 * NANOSECONDS ." after each append that was acknowledged to it (the time is that of the system's monotonic clock). A file ends
 * in the hash of what it holds.
 */
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { toHex } from "#record/bytes.ts";
import { parseEntry } from "#record/entry.ts";
import { sha256 } from "#record/hash.ts";
import { expectOk } from "#record/result.ts";
import { StreamCheck } from "#record/stream-check.ts";
import { openLog } from "#log/sequencer.ts";
import { FileStore } from "#storage/files/file-store.ts";
import { openSqliteStore } from "#storage/sqlite/open.ts";
import { InventedAuthor, anchorOf, logSigner, origin } from "./invented-log.ts";

const [, , folder = "", batchMax = "40"] = process.argv;
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const author = new InventedAuthor(random);

// Straight to the pipe: console.log may keep a line back, and then an acknowledged append would go unseen.
writeSync(1, "ready\n");
const store = expectOk(await openSqliteStore({ folder, mode: "create" }));
const files = new FileStore(join(folder, "files"));
const log = expectOk(await openLog({ store, logSigner, origin }));
const streams = new StreamCheck();
for await (const { jwt } of store.entries(0, log.size)) {
  const { hash, payload } = expectOk(parseEntry(jwt));
  if (payload.stream !== undefined) expectOk(streams.take({ hash, stream: payload.stream }));
}

writeSync(1, "open\n");
for (;;) {
  const content = random(1 + Math.floor(Math.random() * 20_000));
  const file = await files.put([content, sha256(content)]);
  const count = 1 + Math.floor(Math.random() * Number(batchMax));
  const entries = Array.from({ length: count }, (_, i) => {
    const stream = streams.next("drill");
    const entry = author.note({ anchor: anchorOf(log), stream, pub: i === 0 ? { file } : {} });
    expectOk(streams.take({ hash: entry.hash, stream }));
    // Boxes of all sizes, so that commits of one page and of hundreds are struck.
    return { ...entry, box: { box: random(256 << Math.floor(Math.random() * 9)), keybox: random(104) } };
  });
  const batch = log.size === 0 ? [author.genesis, ...entries] : entries;
  const objects = [{ name: "epoch/drill/1", bytes: random(500) }];
  const appended = expectOk(await log.append(batch, { objects }));
  const last = batch.at(-1)?.hash ?? new Uint8Array();
  writeSync(
    1,
    `ack ${appended.size} ${toHex(log.root)} ${toHex(last)} ${file} ${process.hrtime.bigint()} .\n`,
  );
}
