/**
 * One of several writers on one PostgreSQL: appends `count` times (or until it is killed, with 0) and prints "open" once
 * it has begun, and "ack FIRST-INDEX ROOT HASH,HASH,… ." for each append that was acknowledged to it. Who is late reads
 * the log again and offers the same entries again; so does who lost the server, until it is back.
 */
import { writeSync } from "node:fs";
import { toHex } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { openLog } from "#log/sequencer.ts";
import type { Log } from "#log/sequencer.ts";
import type { NewEntry } from "#storage/contract.ts";
import { StoreUnreachable } from "#storage/contract.ts";
import { openPostgresStore } from "#storage/postgres/open.ts";
import { InventedAuthor, anchorOf, logSigner, origin, randomNamed } from "#test/drills/invented-log.ts";

const [, , url = "", who = "", count = "0"] = process.argv;
const appendsMax = count === "0" ? Infinity : Number(count);
const author = new InventedAuthor(randomNamed(`writer ${who}`));
const random = randomNamed(`boxes of ${who}`);

await using store = expectOk(await openPostgresStore({ url, mode: "write" }));
let log: Log | undefined;
writeSync(1, "open\n");
for (let i = 0; i < appendsMax; i++) {
  log ??= await reopened();
  const anchor = anchorOf(log);
  const entries = Array.from({ length: 1 + (i % 5) }, () => ({
    ...author.note({ anchor }),
    box: { box: random(300 << (i % 8)), keybox: random(104) },
  }));
  const { firstIndex, root } = await appendUntilDone(entries);
  writeSync(1, `ack ${firstIndex} ${root} ${entries.map(({ hash }) => toHex(hash)).join(",")} .\n`);
}

async function appendUntilDone(entries: readonly NewEntry[]): Promise<{ firstIndex: number; root: string }> {
  for (;;) {
    try {
      log ??= await reopened();
      const appended = await log.append(entries);
      if (appended.ok) return { firstIndex: appended.value.firstIndex, root: toHex(log.root) };
      log = undefined;
      if (appended.refusal.code === "entry-known") {
        // Done in an earlier attempt whose answer was lost.
        const found = await store.entryByHash(entries[0]?.hash ?? new Uint8Array());
        if (found !== undefined) return { firstIndex: found.index, root: "-" };
      }
      if (appended.refusal.code !== "stale-head") throw new Error(appended.refusal.message);
    } catch (cause) {
      if (!(cause instanceof StoreUnreachable)) throw cause;
      log = undefined;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function reopened(): Promise<Log> {
  return expectOk(await openLog({ store, logSigner, origin }));
}
