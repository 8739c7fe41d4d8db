/**
 * The victim of the import drills: the `aigaq` command itself, which also tells what it acknowledged. Prints "ready" at
 * its start, "open" once the data folder is open, and "ack SIZE ROOT ." after each append that the log acknowledged,
 * whichever way the import took to it.
 */
import { writeSync } from "node:fs";
import { Session } from "#cli/session/session.ts";
import { toHex } from "#record/bytes.ts";
import { Log } from "#server/sequencer.ts";

const { open } = Session;
Session.open = async (setup) => {
  const session = await open(setup);
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
