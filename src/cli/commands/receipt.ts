import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { asObject } from "#domain/funds/parse-fields.ts";
import { toHex } from "#record/bytes.ts";
import { sha256Stream } from "#record/hash.ts";
import { FileStore } from "#storage/files/file-store.ts";
import { openFile } from "#vault/open/file.ts";
import type { Call } from "../commands.ts";
import { exitCodes, Failure, refused } from "#session/refusals/failure.ts";
import { openSession } from "../session/open-session.ts";
import type { ReadEntry } from "#session/opening.ts";
import type { Session } from "#session/session.ts";
import { print, printJson } from "../terminal.ts";

/** Opens the sealed receipt of a payment into a file, and says whether it is the one that was recorded. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const id = args.positionals[0] ?? "";
  const out = args.required("out");
  if (existsSync(out)) throw new Failure("file-exists", words.fileExists(out));
  await using session = await openSession(call, "read");
  const entry = await entryOf(session, id);
  if (entry === undefined) throw new Failure("spending-unknown", words.spendingUnknown(id));
  const receipt = asObject(entry.opened.hidden["receipt"]);
  const stored = typeof receipt?.["file"] === "string" ? receipt["file"] : undefined;
  const reference = stored === undefined ? undefined : entry.box?.files[stored];
  if (stored === undefined || reference === undefined)
    throw new Failure("receipt-not-attached", words.receiptNotAttached(id, String(receipt?.["name"] ?? "—")));
  const sealed = new FileStore(join(args.required("data"), "files"), session.randomBytes).get(stored);
  if (sealed === undefined)
    throw new Failure("receipt-lost", words.receiptLost(id), { exitCode: exitCodes.broken });
  const digest = sha256Stream();
  const target = openSync(out, "wx", 0o600);
  let opened: Awaited<ReturnType<typeof openFile>> | undefined;
  try {
    opened = await openFile(reference, sealed, (bytes) => {
      digest.update(bytes);
      writeSync(target, bytes);
    });
  } finally {
    closeSync(target);
    // What does not open to its end is nothing: half a receipt must not lie around as if it were one.
    if (opened?.ok !== true) rmSync(out);
  }
  if (!opened.ok) throw refused(opened.refusal);
  const sha256 = toHex(digest.digest());
  if (sha256 !== receipt?.["sha256"]) {
    rmSync(out);
    throw new Failure("receipt-differs", words.receiptDiffers(id), { exitCode: exitCodes.broken });
  }
  if (args.has("json")) printJson({ receipt: out, sha256, name: receipt["name"] ?? null });
  else print(words.receiptOpened(id, out, sha256));
}

async function entryOf(session: Session, id: string): Promise<ReadEntry | undefined> {
  const wanted = ({ payload }: { payload: { type: string; pub: Readonly<Record<string, unknown>> } }) =>
    (payload.type === "spending" || payload.type === "spending.reserved") && payload.pub["id"] === id;
  for await (const entry of session.readWhere(wanted)) return entry;
  return undefined;
}
