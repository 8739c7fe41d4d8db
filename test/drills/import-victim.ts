/**
 * The victim of the import drills: the `aigaq` command itself, which also tells what it acknowledged. Prints "ready" at
 * its start, "open" once the data folder is open, and "ack SIZE ROOT ." after each append that was acknowledged to it.
 */
import { writeSync } from "node:fs";
import { Session, type Draft } from "#cli/session/session.ts";
import { toHex } from "#record/bytes.ts";

const { open } = Session;
Session.open = async (setup) => {
  const session = await open(setup);
  writeSync(1, "open\n");
  return session;
};

// oxlint-disable-next-line typescript/unbound-method -- called below with the session it belongs to
const { append } = Session.prototype;
Session.prototype.append = async function (this: Session, drafts: readonly Draft[], options) {
  const issued = await append.call(this, drafts, options);
  // Straight to the pipe: a line kept back would hide an acknowledged append.
  if (drafts.length > 0) writeSync(1, `ack ${this.size} ${toHex(this.root)} .\n`);
  return issued;
};

writeSync(1, "ready\n");
await import("#cli/main.ts");
