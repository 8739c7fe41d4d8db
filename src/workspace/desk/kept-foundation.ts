/**
 * What this device keeps of the server's answer to "which foundation is here?". It is asked before anything else, so without
 * it the workspace could not even show the sign-in when there is no connection. Nothing in it is secret.
 */
import type { FoundationInfo } from "./server.ts";

const databaseName = "aigaq";
const storeName = "foundation";
const key = "last";

/** Keeps the answer; a browser that keeps nothing needs a connection at each start. */
export async function keepFoundation(info: FoundationInfo): Promise<void> {
  await inStore("readwrite", (store) => store.put(info, key)).catch(() => undefined);
}

/** The answer that was kept last; undefined when there is none. */
export async function keptFoundation(): Promise<FoundationInfo | undefined> {
  const kept: unknown = await inStore("readonly", (store) => store.get(key)).catch(() => undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
  return kept as FoundationInfo | undefined;
}

async function inStore(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(storeName));
  await settled(opening);
  try {
    const request = work(opening.result.transaction(storeName, mode).objectStore(storeName));
    await settled(request);
    return request.result;
  } finally {
    opening.result.close();
  }
}

function settled(request: IDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not answer")));
  });
}
