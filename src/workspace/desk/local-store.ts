import { Failure } from "#session/refusals/failure.ts";

/**
 * What a device keeps: ciphertext pages and snapshots, the last verified head, and what waits to be sent, sealed. All of
 * it may be lost at any time, except what waits.
 */
export type LocalStore = {
  head(): Promise<KeptHead | undefined>;
  keepHead(head: KeptHead): Promise<void>;
  /** A page of entries by its number; single entries and leaf hashes by names. */
  page(key: number | string): Promise<Uint8Array | undefined>;
  keepPage(key: number | string, bytes: Uint8Array): Promise<void>;
  snapshot(name: string): Promise<Uint8Array | undefined>;
  keepSnapshot(name: string, bytes: Uint8Array): Promise<void>;
  /** What waits to be sent: sealed items by number, in order. */
  waiting(): Promise<readonly (readonly [number, SealedItem])[]>;
  /** One of them as it is kept now, or how it ended, perhaps in another tab; undefined when nothing is known of it any more. */
  waitingOne(id: number): Promise<SealedItem | Ending | undefined>;
  /**
   * Keeps a new one behind all others, ended ones too, and answers with its number, at least `from`: no number is given twice.
   * Without `sealed` only the number is taken: its files come first, and until it is kept itself it counts as taken back.
   */
  addWaiting(from: number, item?: SealedItem): Promise<number>;
  keepWaiting(id: number, item: SealedItem): Promise<void>;
  /** Drops one with its files, and marks how it ended: other tabs of this device have it in their lists still. */
  endWaiting(id: number, ending: Ending): Promise<void>;
  /** A sealed piece of a waiting item's file. */
  piece(place: PiecePlace): Promise<Uint8Array | undefined>;
  /** @throws Failure `device-full` when the browser has no room left. */
  keepPiece(place: PiecePlace, bytes: Uint8Array): Promise<void>;
  /** Asks whoever sends an item's files to stop at the next piece, in whatever tab; the mark goes with the item's pieces. */
  askToStop(id: number): Promise<void>;
  isAskedToStop(id: number): Promise<boolean>;
  dropStop(id: number): Promise<void>;
  /** Drops pieces of what never came to wait: the tab was closed while a file was being sealed. */
  dropLostPieces(): Promise<void>;
  /** Runs `work` while no other tab works on the same waiting item. */
  alone<T>(id: number, work: () => Promise<T>): Promise<T>;
  /** How a member signs in without a connection: her locks and keyring as the server last gave them. */
  enrolment(member: string): Promise<Uint8Array | undefined>;
  keepEnrolment(member: string, bytes: Uint8Array): Promise<void>;
  /** Forgets everything of this log on the device. */
  clear(): Promise<void>;
};

/** Which piece of which of an item's files, each counted from 0. */
export type PiecePlace = { readonly id: number; readonly nth: number; readonly piece: number };

/** What waits, as the device keeps it; `member`: whose it is, such as "M-01"; not said by versions before that. */
export type SealedItem = { readonly member?: string; readonly sealed: Uint8Array };

/** How something that waited ended. */
export type Ending = "recorded" | "taken-back";

/** A mark of one byte where the sealed item lay, or bytes alone, which are an item of an earlier version. */
type InPlace = SealedItem | Uint8Array;
const endings: readonly Ending[] = ["taken-back", "recorded"];
const markOf = (ending: Ending): Uint8Array => Uint8Array.of(endings.indexOf(ending));
const endingOf = (kept: InPlace): Ending | undefined =>
  kept instanceof Uint8Array && kept.length === 1 ? endings[kept[0] ?? 0] : undefined;
const itemOf = (kept: InPlace): SealedItem => (kept instanceof Uint8Array ? { sealed: kept } : kept);
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
  const waiting = new Map<number, InPlace>();
  const stops = new Set<number>();
  const enrolments = new Map<string, Uint8Array>();
  const pieces = new Map<string, Uint8Array>();
  const atWork = new Map<number, Promise<unknown>>();
  let head: KeptHead | undefined;
  let last = 0;
  const dropPieces = (isDropped: (id: number) => boolean) => {
    for (const key of pieces.keys()) if (isDropped(Number.parseInt(key, 10))) pieces.delete(key);
  };
  const keyOf = ({ id, nth, piece }: PiecePlace) => `${id} ${nth} ${piece}`;
  return {
    head: async () => head,
    keepHead: async (one) => void (head = one),
    page: async () => undefined,
    keepPage: async () => {},
    snapshot: async (name) => snapshots.get(name),
    keepSnapshot: async (name, bytes) => void snapshots.set(name, bytes),
    waiting: async () => unended([...waiting].toSorted(([a], [b]) => a - b)),
    waitingOne: async (id) => orEnding(waiting.get(id)),
    addWaiting: async (from, item: InPlace = markOf("taken-back")) => {
      last = Math.max(from, last + 1);
      waiting.set(last, item);
      return last;
    },
    keepWaiting: async (id, item) => void waiting.set(id, item),
    async endWaiting(id, ending) {
      waiting.set(id, markOf(ending));
      stops.delete(id);
      dropPieces((one) => one === id);
      for (const [other, kept] of waiting)
        if (other <= id - marksMax && endingOf(kept) !== undefined) waiting.delete(other);
    },
    piece: async (place) => pieces.get(keyOf(place)),
    keepPiece: async (place, bytes) => void pieces.set(keyOf(place), bytes),
    askToStop: async (id) => void stops.add(id),
    isAskedToStop: async (id) => stops.has(id),
    dropStop: async (id) => void stops.delete(id),
    // They go with the tab.
    dropLostPieces: async () => {},
    async alone(id, work) {
      const turn = (atWork.get(id) ?? Promise.resolve()).then(work, work);
      atWork.set(id, turn);
      return turn;
    },
    enrolment: async (member) => enrolments.get(member),
    keepEnrolment: async (member, bytes) => void enrolments.set(member, bytes),
    clear: async () => {
      head = undefined;
      for (const map of [snapshots, waiting, enrolments, pieces]) map.clear();
    },
  };
}

function unended(kept: readonly (readonly [number, InPlace])[]): readonly (readonly [number, SealedItem])[] {
  return kept.filter(([, one]) => endingOf(one) === undefined).map(([id, one]) => [id, itemOf(one)] as const);
}

function orEnding(kept: InPlace | undefined): SealedItem | Ending | undefined {
  return kept && (endingOf(kept) ?? itemOf(kept));
}

const stores = ["head", "pages", "snapshots", "waiting", "enrolments", "pieces"] as const;
const version = 2;
type StoreName = (typeof stores)[number];

/** The highest number given so far, beside the head: what ended may have left no mark where there was no room for it. */
const lastGiven = "last-waiting";

/**
 * IndexedDB, one database per log. `name`: hash of the genesis entry, so two foundations on one device never mix. `onBlocked`: told
 * true when a tab of an earlier version holds the database, and false when it was closed and this goes on.
 */
export async function openLocalStore(
  name: string,
  onBlocked: (isBlocked: boolean) => void,
): Promise<LocalStore> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(`aigaq-${name}`, version);
    let isBlocked = false;
    const tell = (now: boolean) => {
      if (now !== isBlocked) onBlocked(now);
      isBlocked = now;
    };
    request.addEventListener("blocked", () => tell(true));
    request.addEventListener("upgradeneeded", () => {
      tell(false);
      const there = request.result.objectStoreNames;
      for (const store of stores) if (!there.contains(store)) request.result.createObjectStore(store);
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not open")));
  });
  // A tab of a newer version wants to add to it, and waits until this one lets go; this one has to be loaded anew.
  db.addEventListener("versionchange", () => db.close());
  const get = <T>(store: StoreName, key: IDBValidKey): Promise<T | undefined> =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
    asked(db.transaction(store).objectStore(store).get(key)) as Promise<T | undefined>;
  const change = (
    store: StoreName | readonly StoreName[],
    work: (objects: IDBObjectStore, transaction: IDBTransaction) => void,
    durability: IDBTransactionDurability = "relaxed",
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const names = typeof store === "string" ? [store] : [...store];
      const transaction = db.transaction(names, "readwrite", { durability });
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(abortFailure(transaction.error)));
      work(transaction.objectStore(names[0] ?? ""), transaction);
    });
  const lockOf = (id: number): string => `aigaq-${name}-waiting-${id}`;
  /** A cache that does not fit is no reason to stop. */
  const keep = (store: StoreName, key: IDBValidKey, value: unknown): Promise<void> =>
    change(store, (objects) => objects.put(value, key)).catch(() => undefined);
  const markEnded = (id: number, ending: Ending): Promise<void> =>
    change(
      ["waiting", "pieces"],
      (objects, transaction) => {
        objects.put(markOf(ending), id);
        transaction.objectStore("pieces").delete(piecesOf(id));
        const old = objects.openCursor(IDBKeyRange.upperBound(id - marksMax));
        old.addEventListener("success", () => {
          const cursor = old.result;
          if (cursor === null) return;
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
          if (endingOf(cursor.value as InPlace) !== undefined) cursor.delete();
          cursor.continue();
        });
      },
      "strict",
    );
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
      return unended(keys.map((key, i) => [Number(key), values[i] as InPlace] as const));
    },
    waitingOne: async (id) => orEnding(await get<InPlace>("waiting", id)),
    // Somebody's decision: it must survive the tab, so these wait for the disk and fail aloud.
    async addWaiting(from, item: InPlace = markOf("taken-back")) {
      let id = from;
      await change(
        ["waiting", "head"],
        (objects, transaction) => {
          const heads = transaction.objectStore("head");
          const last = objects.openKeyCursor(null, "prev");
          last.addEventListener("success", () => {
            const given = heads.get(lastGiven);
            given.addEventListener("success", () => {
              id = Math.max(from, Number(last.result?.key ?? 0) + 1, Number(given.result ?? 0) + 1);
              objects.add(item, id);
              heads.put(id, lastGiven);
            });
          });
        },
        "strict",
      );
      return id;
    },
    keepWaiting: (id, item) => change("waiting", (objects) => objects.put(item, id), "strict"),
    async endWaiting(id, ending) {
      try {
        await markEnded(id, ending);
      } catch (error) {
        if (!isFull(error)) throw error;
        // Where there is no room even a mark of one byte is refused; what goes makes some.
        await change("pieces", (objects) => objects.delete(piecesOf(id)));
        await change("waiting", (objects) => objects.delete(id), "strict");
        await markEnded(id, ending).catch(() => undefined);
      }
    },
    piece: ({ id, nth, piece }) => get("pieces", [id, nth, piece]),
    keepPiece: ({ id, nth, piece }, bytes) =>
      change("pieces", (objects) => objects.put(bytes, [id, nth, piece]), "strict"),
    askToStop: (id) => change("pieces", (objects) => objects.put(true, stopOf(id))),
    isAskedToStop: async (id) => (await get<boolean>("pieces", stopOf(id))) === true,
    dropStop: (id) => change("pieces", (objects) => objects.delete(stopOf(id))),
    async dropLostPieces() {
      const keys = await asked(db.transaction("pieces").objectStore("pieces").getAllKeys());
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only we write this database
      for (const id of new Set(keys.map((key) => (key as number[])[0] ?? 0))) {
        const isLost = async () => {
          const sealed = await get<InPlace>("waiting", id);
          return sealed === undefined || endingOf(sealed) !== undefined;
        };
        // Under the lock only what looks lost: one that is being sent holds it for long.
        if (!(await isLost())) continue;
        await navigator.locks.request(lockOf(id), async () => {
          if (await isLost()) await change("pieces", (objects) => objects.delete(piecesOf(id)));
        });
      }
    },
    // The DOM's types let the lock's answer be anything.
    alone: async (id, work) => await navigator.locks.request(lockOf(id), work),
    enrolment: (member) => get("enrolments", member),
    keepEnrolment: (member, bytes) => keep("enrolments", member, bytes),
    async clear() {
      for (const store of stores) await change(store, (objects) => objects.clear());
    },
  };
}

/** All pieces of one item: in the order of IndexedDB a list comes after every number. */
function piecesOf(id: number): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

/** Among the pieces, so that it goes when they do. */
const stopOf = (id: number): [number, string] => [id, "stop"];

function abortFailure(error: DOMException | null): Error {
  if (error?.name !== "QuotaExceededError") return error ?? new Error("IndexedDB stopped");
  return new Failure(
    "device-full",
    "This device has no room left for the browser, so nothing was kept. Free some space, or let what waits under “To be sent” be sent first; then confirm again.",
  );
}

export function isFull(error: unknown): boolean {
  return error instanceof Failure && error.code === "device-full";
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not answer")));
  });
}
