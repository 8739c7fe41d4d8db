/**
 * What a device keeps: ciphertext pages and snapshots, the last verified head, and what waits to be sent, sealed. All of
 * it may be lost at any time, except what waits.
 */
export type LocalStore = {
  head(): Promise<KeptHead | undefined>;
  keepHead(head: KeptHead): Promise<void>;
  page(n: number): Promise<Uint8Array | undefined>;
  keepPage(n: number, bytes: Uint8Array): Promise<void>;
  snapshot(name: string): Promise<Uint8Array | undefined>;
  keepSnapshot(name: string, bytes: Uint8Array): Promise<void>;
  /** What waits to be sent: sealed items by number, in order. */
  waiting(): Promise<readonly (readonly [number, Uint8Array])[]>;
  /** One of them as it is kept now, or how it ended, perhaps in another tab; undefined when nothing is known of it any more. */
  waitingOne(id: number): Promise<Uint8Array | Ending | undefined>;
  /** Keeps a new one behind all others, ended ones too, and answers with its number, at least `from`: no number is given twice. */
  addWaiting(from: number, sealed: Uint8Array): Promise<number>;
  keepWaiting(id: number, sealed: Uint8Array): Promise<void>;
  /** Drops one, and marks how it ended: other tabs of this device have it in their lists still. */
  endWaiting(id: number, ending: Ending): Promise<void>;
  /** Runs `work` while no other tab works on the same waiting item. */
  alone<T>(id: number, work: () => Promise<T>): Promise<T>;
  /** How a member signs in without a connection: her locks and keyring as the server last gave them. */
  enrolment(member: string): Promise<Uint8Array | undefined>;
  keepEnrolment(member: string, bytes: Uint8Array): Promise<void>;
  /** Forgets everything of this log on the device. */
  clear(): Promise<void>;
};

/** How something that waited ended. */
export type Ending = "recorded" | "taken-back";

/** Marks of one byte lie where the sealed items lay; no sealed item is that short. */
const endings: readonly Ending[] = ["taken-back", "recorded"];
const markOf = (ending: Ending): Uint8Array => Uint8Array.of(endings.indexOf(ending));
const endingOf = (kept: Uint8Array): Ending | undefined =>
  kept.length === 1 ? endings[kept[0] ?? 0] : undefined;
/** No tab has so many in its list that it would look for an older one. */
const marksMax = 256;

export type KeptHead = {
  readonly size: number;
  readonly checkpoint: string;
  readonly tileRoots: Uint8Array[];
  readonly edge: Uint8Array[];
};

/** For the guided tour and for browsers that forbid storage: forgets with the tab. */
export function memoryLocalStore(): LocalStore {
  const snapshots = new Map<string, Uint8Array>();
  const waiting = new Map<number, Uint8Array>();
  const enrolments = new Map<string, Uint8Array>();
  let head: KeptHead | undefined;
  return {
    head: async () => head,
    keepHead: async (one) => void (head = one),
    page: async () => undefined,
    keepPage: async () => {},
    snapshot: async (name) => snapshots.get(name),
    keepSnapshot: async (name, bytes) => void snapshots.set(name, bytes),
    waiting: async () => unended([...waiting].toSorted(([a], [b]) => a - b)),
    waitingOne: async (id) => orEnding(waiting.get(id)),
    addWaiting: async (from, sealed) => {
      const id = Math.max(from, 1 + Math.max(0, ...waiting.keys()));
      waiting.set(id, sealed);
      return id;
    },
    keepWaiting: async (id, sealed) => void waiting.set(id, sealed),
    async endWaiting(id, ending) {
      waiting.set(id, markOf(ending));
      for (const [other, kept] of waiting)
        if (other <= id - marksMax && endingOf(kept) !== undefined) waiting.delete(other);
    },
    // The memory of a tab has no other tab.
    alone: (_, work) => work(),
    enrolment: async (member) => enrolments.get(member),
    keepEnrolment: async (member, bytes) => void enrolments.set(member, bytes),
    clear: async () => {
      head = undefined;
      for (const map of [snapshots, waiting, enrolments]) map.clear();
    },
  };
}

function unended(
  kept: readonly (readonly [number, Uint8Array])[],
): readonly (readonly [number, Uint8Array])[] {
  return kept.filter(([, one]) => endingOf(one) === undefined);
}

function orEnding(kept: Uint8Array | undefined): Uint8Array | Ending | undefined {
  return kept && (endingOf(kept) ?? kept);
}

const stores = ["head", "pages", "snapshots", "waiting", "enrolments"] as const;
type StoreName = (typeof stores)[number];

/** IndexedDB, one database per log. `name`: hash of the genesis entry, so two foundations on one device never mix. */
export async function openLocalStore(name: string): Promise<LocalStore> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(`aigaq-${name}`, 1);
    request.addEventListener("upgradeneeded", () => {
      for (const store of stores) request.result.createObjectStore(store);
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not open")));
  });
  const get = <T>(store: StoreName, key: IDBValidKey): Promise<T | undefined> =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
    asked(db.transaction(store).objectStore(store).get(key)) as Promise<T | undefined>;
  const change = (
    store: StoreName,
    work: (objects: IDBObjectStore) => void,
    durability: IDBTransactionDurability = "relaxed",
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(store, "readwrite", { durability });
      transaction.addEventListener("complete", () => resolve());
      for (const event of ["abort", "error"])
        transaction.addEventListener(event, () =>
          reject(transaction.error ?? new Error("IndexedDB is full")),
        );
      work(transaction.objectStore(store));
    });
  /** A cache that does not fit is no reason to stop. */
  const keep = (store: StoreName, key: IDBValidKey, value: unknown): Promise<void> =>
    change(store, (objects) => objects.put(value, key)).catch(() => undefined);
  return {
    head: () => get<KeptHead>("head", "head"),
    keepHead: (head) => keep("head", "head", head),
    page: (n) => get("pages", n),
    keepPage: (n, bytes) => keep("pages", n, bytes),
    snapshot: (name) => get("snapshots", name),
    keepSnapshot: (name, bytes) => keep("snapshots", name, bytes),
    async waiting() {
      const objects = db.transaction("waiting").objectStore("waiting");
      const [keys, values] = await Promise.all([asked(objects.getAllKeys()), asked(objects.getAll())]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
      return unended(keys.map((key, i) => [Number(key), values[i] as Uint8Array] as const));
    },
    waitingOne: async (id) => orEnding(await get<Uint8Array>("waiting", id)),
    // Somebody's decision: it must survive the tab, so these wait for the disk and fail aloud.
    async addWaiting(from, sealed) {
      let id = from;
      await change(
        "waiting",
        (objects) => {
          const last = objects.openKeyCursor(null, "prev");
          last.addEventListener("success", () => {
            if (last.result !== null) id = Math.max(from, Number(last.result.key) + 1);
            objects.add(sealed, id);
          });
        },
        "strict",
      );
      return id;
    },
    keepWaiting: (id, sealed) => change("waiting", (objects) => objects.put(sealed, id), "strict"),
    endWaiting: (id, ending) =>
      change(
        "waiting",
        (objects) => {
          objects.put(markOf(ending), id);
          const old = objects.openCursor(IDBKeyRange.upperBound(id - marksMax));
          old.addEventListener("success", () => {
            const cursor = old.result;
            if (cursor === null) return;
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
            if (endingOf(cursor.value as Uint8Array) !== undefined) cursor.delete();
            cursor.continue();
          });
        },
        "strict",
      ),
    // The DOM's types let the lock's answer be anything.
    alone: async (id, work) => await navigator.locks.request(`aigaq-${name}-waiting-${id}`, work),
    enrolment: (member) => get("enrolments", member),
    keepEnrolment: (member, bytes) => keep("enrolments", member, bytes),
    async clear() {
      for (const store of stores) await change(store, (objects) => objects.clear());
    },
  };
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not answer")));
  });
}
