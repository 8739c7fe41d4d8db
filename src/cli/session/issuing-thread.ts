// The thread that signs and seals for an import of many rows, while the session reads, commits and counts.
import { parentPort, workerData } from "node:worker_threads";
import { signerFromSeed } from "#record/ed25519.ts";
import { systemRandomness } from "#vault/keys/random.ts";
import type { StreamEnd } from "./books.ts";
import { issueAll, type Draft, type IssuingContext } from "./issuing.ts";

/** What the thread is started with. It lives in the same process: nothing secret leaves it. */
export type ThreadKeys = {
  readonly signingSeed: Uint8Array;
  readonly room: Uint8Array;
  readonly epoch: number;
  readonly epochKey: Uint8Array;
  readonly ends: readonly (readonly [string, StreamEnd])[];
};
export type ThreadTask = { readonly drafts: readonly Draft[]; readonly context: IssuingContext };

if (parentPort !== null) {
  const port = parentPort;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own session started this thread
  const { signingSeed, ends: given, ...room } = workerData as ThreadKeys;
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
