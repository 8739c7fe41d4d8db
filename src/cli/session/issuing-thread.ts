// The thread that signs and seals for an import of many rows, while the session reads, commits and counts.
import { parentPort, workerData } from "node:worker_threads";
import { signerFromSeed } from "#record/ed25519.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import type { BulkKeys } from "#session/appender.ts";
import { issueAll, type Draft, type IssuingContext } from "#session/issuing.ts";

export type ThreadTask = { readonly drafts: readonly Draft[]; readonly context: IssuingContext };

if (parentPort !== null) {
  const port = parentPort;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own session started this thread
  const { signingSeed, ends: given, ...room } = workerData as BulkKeys;
  const keys = { signer: signerFromSeed(signingSeed), randomBytes: systemRandomness(), ...room };
  const ends = new Map(given);
  let last: Promise<void> = Promise.resolve();
  port.on("message", ({ drafts, context }: ThreadTask) => {
    last = answerAfter(last, { drafts, context });
  });
  // One after the other: each entry names the one before it in its stream.
  async function answerAfter(before: Promise<void>, { drafts, context }: ThreadTask): Promise<void> {
    await before;
    port.postMessage(await issueAll(drafts, context, keys, ends));
  }
}
