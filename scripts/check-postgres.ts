// Verifies a record that lies in PostgreSQL from its first entry, without any key: after restoring a copy, or on a
// standby. `node_modules/.bin/node scripts/check-postgres.ts postgres://user@host/database [VKEY]`; the log's verifier
// key, when it is known from elsewhere, is then not taken from the record itself. Exit status 0 only if all of it held.
import process from "node:process";
import { overallVerdict } from "#log/check-list.ts";
import { checkLog } from "#log/log-check.ts";
import { openPostgresStore } from "#storage/postgres/open.ts";

const [, , url = "", vkey] = process.argv;
const opened = await openPostgresStore({ url, mode: "read" });
if (!opened.ok) {
  console.error(opened.refusal.message);
  process.exit(1);
}
await using store = opened.value;
const checks = await checkLog(store, vkey === undefined ? {} : { vkey });
for (const { verdict, code, subject, reason } of checks)
  console.log(`${verdict}: ${code}, ${subject}: ${reason}`);
const verdict = overallVerdict(checks);
console.log(`${verdict}, ${(await store.head())?.size ?? 0} entries`);
process.exitCode = verdict === "held" ? 0 : 1;
