/**
 * The victim of the import drills: the `aigaq` command itself, which also tells what it acknowledged. Prints "ready" at
 * its start, "open" once the data folder is open, and "ack SIZE ROOT ." after each append that the log acknowledged,
 * whichever way the import took to it.
 */
import { writeSync } from "node:fs";
import { FolderSession } from "#cli/session/open-session.ts";
import { toHex } from "#record/bytes.ts";
import { Log } from "#log/sequencer.ts";

// oxlint-disable-next-line typescript/unbound-method -- called below with its class
const { open } = FolderSession;
FolderSession.open = async (setup) => {
  const session = await open.call(FolderSession, setup);
  writeSync(1, "open\n");
  return session;
};

// oxlint-disable-next-line typescript/unbound-method -- called below with the log it belongs to
const { append } = Log.prototype;
Log.prototype.append = async function (this: Log, entries, options) {
  const appended = await append.call(this, entries, options);
  // Straight to the pipe: a line kept back would hide an acknowledged append.
  if (appended.ok && entries.length > 0) writeSync(1, `ack ${this.size} ${toHex(this.root)} .\n`);
  return appended;
};

writeSync(1, "ready\n");
await import("#cli/main.ts");
