import { concatBytes, utf8 } from "#record/bytes.ts";
import type { ReadEntry } from "#session/opening.ts";
import { financeRoom, type Session } from "#session/session.ts";
import { currentRoomKey } from "#vault/keys/rooms.ts";
import { openBytes } from "#vault/open/cobblestone.ts";
import { sealBytes } from "#vault/seal/cobblestone.ts";
import { pad, unpad } from "#vault/seal/pad.ts";
import { breathing } from "#workspace/activity/breathing.ts";
import { documentsOf } from "./documents.ts";
import { SearchIndex, type SearchDocument } from "./search-index.ts";

/** The index of one session, and up to which entry it goes. */
type SearchBook = { index: SearchIndex; size: number; savedSize: number; last: Promise<unknown> };

const books = new WeakMap<Session, SearchBook>();
const cacheName = "search";
const context = utf8("aigaq/cache/1\nsearch");
/** Documents that become findable together: few enough that nobody waits for them, many enough that merging is rare. */
const batchSize = 4000;
/** Sealing anew costs as much as the index is large, so it is not done for every entry. */
const saveEvery = 400;
const rootSize = 32;

/** The index at the present size of the log: from the sealed snapshot where it is of this log, grown by what came since. */
export function searchIndexOf(
  session: Session,
  onProgress: (done: number, total: number) => void,
): Promise<SearchIndex> {
  let book = books.get(session);
  if (book === undefined) {
    book = { index: SearchIndex.of([]), size: 0, savedSize: 0, last: Promise.resolve() };
    book.last = restore(session, book);
    books.set(session, book);
  }
  const own = book;
  const grown = own.last.then(() => grow(session, own, onProgress));
  own.last = grown.catch(() => undefined);
  return grown;
}

async function grow(
  session: Session,
  book: SearchBook,
  onProgress: (done: number, total: number) => void,
): Promise<SearchIndex> {
  const { size } = session;
  let documents: SearchDocument[] = [];
  let taken = book.size;
  const take = () => {
    book.index.add(documents);
    book.size = taken;
    documents = [];
  };
  for await (const entry of breathing<ReadEntry>(session.read(book.size, size))) {
    for (const document of documentsOf(entry)) documents.push(document);
    taken += 1;
    if (documents.length < batchSize) continue;
    take();
    onProgress(taken, size);
  }
  if (taken > book.size || documents.length > 0) take();
  if (book.size - book.savedSize >= saveEvery || (book.savedSize === 0 && book.size > 0))
    await save(session, book);
  return book.index;
}

/** A snapshot holds words of confidential texts: sealed to the room, and bound to the tree that it is of. */
async function save(session: Session, book: SearchBook): Promise<void> {
  const room = currentRoomKey(session.keyring, financeRoom);
  if (room === undefined || book.size !== session.size) return;
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(book.size));
  const plaintext = pad(concatBytes(head, session.root, book.index.bytes()));
  const sealed = await sealBytes(room.key.reveal(), context, plaintext, session.randomBytes);
  // Losing it costs time, never an answer.
  await session.store.putCache(cacheName, sealed).catch(() => undefined);
  book.savedSize = book.size;
}

async function restore(session: Session, book: SearchBook): Promise<void> {
  const room = currentRoomKey(session.keyring, financeRoom);
  const sealed = await session.store.cache(cacheName).catch(() => undefined);
  if (room === undefined || sealed === undefined || sealed.length === 0) return;
  const opened = await openBytes(room.key.reveal(), context, sealed);
  const content = opened.ok ? unpad(opened.value) : opened;
  if (!content.ok || content.value.length < 8 + rootSize) return;
  const bytes = content.value;
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  if (!(await session.isPrefix({ size, root: bytes.slice(8, 8 + rootSize) }))) return;
  const index = SearchIndex.read(bytes.subarray(8 + rootSize));
  if (!index.ok) return;
  Object.assign(book, { index: index.value, size, savedSize: size });
}
