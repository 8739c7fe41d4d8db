import type { LocalStore } from "./local-store.ts";

/** The snapshots with which the books open, sealed; some megabytes of a long record. */
const wanted = ["totals", "days"] as const;

/**
 * Reads the snapshots of this device before anybody has their key, while the passphrase is typed: they are at hand when it opens
 * them. Each is given once; whoever asks again, or after another was kept, is answered from the disk.
 */
export function readAhead(local: LocalStore): LocalStore {
  const ahead = new Map<string, Promise<Uint8Array | undefined>>();
  for (const name of wanted)
    ahead.set(
      name,
      local.snapshot(name).catch(() => undefined),
    );
  return {
    ...local,
    async snapshot(name) {
      const read = ahead.get(name);
      ahead.delete(name);
      return (await read) ?? local.snapshot(name);
    },
    keepSnapshot(name, bytes) {
      ahead.delete(name);
      return local.keepSnapshot(name, bytes);
    },
    clear() {
      ahead.clear();
      return local.clear();
    },
  };
}
