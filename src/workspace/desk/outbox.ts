import type { Receipt } from "#domain/funds/entries.ts";
import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import { attachFiles, type Attachment } from "#session/attachments.ts";
import { Failure } from "#session/refusals/failure.ts";
import { recordFollowUps } from "#session/books/follow-ups.ts";
import type { Session } from "#session/session.ts";
import type { BroughtFile, Command, Job } from "./command.ts";
import { isOffline } from "./http-record.ts";
import { isFull, type Ending, type LocalStore, type SealedItem } from "./local-store.ts";
import {
  asRefusal,
  isBusy,
  isUnchecked,
  noRoomToSend,
  unreadableItem,
  unreadableRefusal,
} from "./outbox-refusals.ts";
import { digestOf, previewCommand } from "./preview.ts";
import { openValue, sealValue } from "./sealed-text.ts";
import {
  attachmentOf,
  fileLost,
  keepFile,
  keptBytesFrom,
  openKept,
  receiptOf,
  type SealedFiles,
  type WaitingFile,
} from "./waiting-files.ts";
import {
  keptOf,
  withoutHold,
  withoutRefusal,
  withoutUpload,
  type Confirmed,
  type Item,
  type Kept,
  type Removal,
  type Settled,
  type WaitingItem,
} from "./waiting-item.ts";

export type OutboxDeps = {
  readonly session: Session;
  readonly local: LocalStore;
  readonly files: SealedFiles;
  /** undefined: a command that this version does not know any more. */
  command(name: string): Command<unknown> | Job<unknown> | undefined;
  /** Told after every change of the list, and after every sending. */
  onChange(): void;
};

const purpose = "aigaq/outbox/1";
/** A clash with another writer is nothing unusual; five in a row are. */
const attemptsMax = 5;
/** How long a busy server is left alone. */
const retryMs = 3000;
/** How long a device without room is left alone: somebody has to free some. */
const roomRetryMs = 15_000;
/** How long somebody who signs out is kept waiting for what she just confirmed. */
const leaveMsMax = 5000;
/** The list is told of a file on its way in this many steps: every telling asks all that is on the screen again. */
const uploadSteps = 10;

/**
 * What was confirmed and is not yet on the record, in the order of confirmation. Kept sealed on the device until the
 * server has acknowledged it, so neither a closed tab nor a lost connection loses a decision. Entries are signed only
 * on sending, after the rules were asked again.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  #items: Item[] = [];
  #next = 1;
  /** What jobs of this tab ended with. */
  readonly #results = new Map<number, unknown>();
  readonly #removed = new Set<number>();
  /** Items that somebody takes back at this moment: neither they nor those behind them are sent meanwhile. */
  readonly #asked = new Map<number, Promise<Removal>>();
  /** Items that stopped here because another tab asked; if it is gone, this one goes on. */
  readonly #stopped = new Set<number>();
  #sending: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  private constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Takes up what an earlier tab left. */
  static async open(deps: OutboxDeps): Promise<Outbox> {
    const outbox = new Outbox(deps);
    const { keyring, member } = deps.session;
    for (const [id, { sealed, member: whose }] of await deps.local.waiting()) {
      const kept = await openValue(keyring, purpose, sealed);
      outbox.#next = Math.max(outbox.#next, id + 1);
      if (kept === undefined) {
        // Another member's on the same device: not ours to read or to drop. Her own is shown, so that she can drop it.
        if (whose === member) outbox.#items.push(unreadableItem(id));
        continue;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this class under the member's own key
      outbox.#items.push({ ...(kept as Kept), id, state: "waiting" });
    }
    // Not waited for: another tab may be at work on some of them.
    void deps.local.dropLostPieces().catch(() => undefined);
    return outbox;
  }

  get items(): readonly WaitingItem[] {
    return this.#items.map(
      ({ id, command, title, about, sendAt, at, state, upload, refusal, isUnreadable, preview }) => ({
        id,
        command,
        title,
        at,
        state,
        ...(about !== undefined && { about }),
        ...(sendAt !== undefined && state === "waiting" && { sendAt }),
        ...(upload !== undefined && { upload }),
        ...(refusal !== undefined && { refusal }),
        ...(isUnreadable !== undefined && { isUnreadable }),
        ...(preview !== undefined && { preview }),
      }),
    );
  }

  /** Keeps a confirmed command durably on the device, and begins to send. Answers with its number once it is kept. */
  async add({ holdMs = 0, ...confirmed }: Confirmed): Promise<number> {
    const { session, local } = this.#deps;
    const decided: Kept = { ...confirmed, at: Math.floor(session.now() / 1000) };
    const brought = filesOf(this.#deps.command(decided.command), decided.input);
    const [id, kept] =
      brought.length === 0
        ? ([await local.addWaiting(this.#next, await this.#sealed(decided)), decided] as const)
        : await this.#addWithFiles(decided, brought);
    this.#next = Math.max(this.#next, id + 1);
    const item: Item = { ...kept, id, state: "waiting" };
    // Large files take seconds to seal, so one confirmed later may stand here already.
    this.#items = [...this.#items, holdMs > 0 ? { ...item, sendAt: session.now() + holdMs } : item].toSorted(
      (a, b) => a.id - b.id,
    );
    this.#deps.onChange();
    void this.send();
    return id;
  }

  /** The files first, and then what names them: cut short in between, or without room for all, nothing is kept. */
  async #addWithFiles(
    decided: Kept,
    brought: readonly BroughtFile[],
  ): Promise<readonly [id: number, kept: Kept]> {
    const { local, session } = this.#deps;
    const id = await local.addWaiting(this.#next);
    return local.alone(id, async () => {
      try {
        const files: WaitingFile[] = [];
        for (const [nth, file] of brought.entries())
          files.push(await keepFile(local, { id, nth }, file, session.randomBytes));
        await this.#keep(id, { ...decided, files });
      } catch (error) {
        await local.endWaiting(id, "taken-back");
        throw error;
      }
      const kept = await this.#kept(id);
      if (kept === undefined || typeof kept === "string") throw new Error("bug: what was just kept is gone");
      return [id, kept];
    });
  }

  /** Takes an item back, if it can be known that it is not on the record. */
  async remove(id: number): Promise<Removal> {
    const item = this.#items.find((one) => one.id === id);
    if (item === undefined) return this.#removed.has(id) ? "taken-back" : "too-late";
    // While its files are on their way nothing is signed: the sending stops at the next piece.
    if (item.state === "sending" && item.upload === undefined) return "not-known";
    const asked = this.#asked.get(id) ?? this.#takeBack(item).finally(() => this.#asked.delete(id));
    this.#asked.set(id, asked);
    const removal = await asked;
    this.#deps.onChange();
    void this.send();
    return removal;
  }

  async #takeBack(item: Item): Promise<Removal> {
    const { local, session } = this.#deps;
    const { files = [] } = item;
    // Another tab may have its files on their way. Without room even for the mark, that tab is waited for.
    if (files.length > 0) await local.askToStop(item.id).catch(() => undefined);
    return local.alone(item.id, async () => {
      if (files.length > 0) await local.dropStop(item.id);
      const kept = await this.#keptOr(item.id, unreadable);
      if (kept === unreadable) return this.#drop(item);
      if (typeof kept === "string") return this.#orPartly(item, this.#end(item.id, kept));
      try {
        if (kept === undefined) return this.#end(item.id, await this.#endingOf(item));
        const { signed = [], isBegun = false } = kept;
        // A job goes through in parts, of which the last answer may be all that was lost.
        if (isBegun) await session.refresh();
        // It was sent once: the answer may be all that was lost.
        if (signed.length > 0) {
          await session.refresh();
          if (await this.#isOnRecord(signed)) {
            await this.#finish();
            await local.endWaiting(item.id, "recorded");
            return this.#end(item.id, "recorded");
          }
        }
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return "not-known";
      }
      await local.endWaiting(item.id, "taken-back");
      if (kept.signed === undefined) void this.#forgetUploads(kept);
      return this.#orPartly(item, this.#end(item.id, "taken-back"));
    });
  }

  /** Off the device, with its pieces: what does not open cannot be asked whether it was sent. */
  async #drop(item: Item): Promise<Removal> {
    await this.#deps.local.endWaiting(item.id, "taken-back");
    this.#end(item.id, "taken-back");
    return "dropped";
  }

  /** The same, unless parts of a job that was taken back are on the record. */
  async #orPartly(
    { command, title, files = [] }: Item,
    removal: "taken-back" | "too-late",
  ): Promise<Removal> {
    const job = this.#deps.command(command);
    if (removal === "too-late" || job === undefined || !("run" in job)) return removal;
    const hashes = files.map(({ sha256 }) => sha256);
    const remains = (await job.remains?.(this.#deps.session, hashes)) ?? [];
    return remains.length === 0 ? removal : { kind: "partly", title, remains };
  }

  /**
   * Removes from the server what was sent of its files, as far as that goes: only while no entry that names them was signed. An
   * orphan is harmless, a hole is not.
   */
  async #forgetUploads({ files = [] }: Kept): Promise<void> {
    for (const { stored } of files)
      if (stored !== undefined) await this.#deps.files.delete(stored).catch(() => undefined);
  }

  /** Out of the list. */
  #end(id: number, ending: Ending): "taken-back" | "too-late" {
    this.#items = this.#items.filter((one) => one.id !== id);
    if (ending === "recorded") return "too-late";
    this.#removed.add(id);
    return "taken-back";
  }

  /** How one ended of which the device keeps nothing any more. Never taken for recorded without seeing it there. */
  async #endingOf({ id, signed = [] }: Item): Promise<Ending> {
    if (this.#results.has(id)) return "recorded";
    if (signed.length === 0) return "taken-back";
    await this.#deps.session.refresh();
    return (await this.#isOnRecord(signed)) ? "recorded" : "taken-back";
  }

  /** Sends an item at once, and with it those before it: they are sent in order. */
  async sendNow(id: number): Promise<void> {
    const until = this.#items.findIndex((one) => one.id === id);
    this.#items = this.#items.map((one, i) => (i <= until ? withoutHold(one) : one));
    this.#deps.onChange();
    await this.send();
  }

  /**
   * Sends what is held: whoever leaves can take nothing back any more. Does not keep her longer than a few seconds; what is
   * not sent by then, or has no connection, stays sealed on the device.
   */
  async sendHeld(): Promise<void> {
    if (!this.#items.some(({ sendAt }) => sendAt !== undefined)) return;
    this.#items = this.#items.map(withoutHold);
    this.#deps.onChange();
    await Promise.race([this.send(), new Promise((resolve) => setTimeout(resolve, leaveMsMax))]);
  }

  /** Nothing more is sent from here. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Confirms the new preview of a changed item. */
  async confirm(id: number, digest: string): Promise<void> {
    const item = this.#items.find((one) => one.id === id);
    if (item === undefined || item.state !== "changed") return;
    const { local } = this.#deps;
    const confirmed = await local.alone(id, async (): Promise<Kept> => {
      const kept = await this.#keptOr(id, undefined);
      // Ended in another tab: nothing is kept anew, and sending finds out how.
      if (kept === undefined || typeof kept === "string") return keptOf(item);
      // With what another tab signed for it.
      const again: Kept = { ...kept, digest };
      await this.#keep(id, again);
      return again;
    });
    this.#replace(item, { ...confirmed, id, state: "waiting" });
    void this.send();
  }

  /**
   * As the device keeps it now, or how it ended; another tab may have had it in hand. undefined: it is gone.
   *
   * @throws Failure `waiting-unreadable` when it is there and does not open.
   */
  async #kept(id: number): Promise<Kept | Ending | undefined> {
    const kept = await this.#keptOr(id, unreadable);
    if (kept === unreadable) throw new Failure("waiting-unreadable", unreadableRefusal.message);
    return kept;
  }

  async #keptOr<T>(id: number, otherwise: T): Promise<Kept | Ending | undefined | T> {
    const { local, session } = this.#deps;
    const item = await local.waitingOne(id);
    if (item === undefined || typeof item === "string") return item;
    const kept = await openValue(session.keyring, purpose, item.sealed);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this class under the member's own key
    return kept === undefined ? otherwise : (kept as Kept);
  }

  async #keep(id: number, kept: Kept): Promise<void> {
    await this.#deps.local.keepWaiting(id, await this.#sealed(kept));
  }

  async #sealed(kept: Kept): Promise<SealedItem> {
    const { session } = this.#deps;
    const sealed = await sealValue(session.keyring, purpose, kept, session.randomBytes);
    return { member: session.member, sealed };
  }

  /** Waits for one item: until it is on the record, or stops at something that a person must look at or wait for. */
  async settled(id: number): Promise<Settled> {
    // One that is under way may have begun before the connection came back.
    await this.#sending;
    // Looks now and then rather than sleeping it out: the hold may be ended, or the item taken back.
    for (;;) {
      await Promise.allSettled(this.#asked.values());
      await this.send();
      const left = this.#held();
      if (this.#asked.size > 0) continue;
      if (left <= 0 || !this.#items.some((one) => one.id === id)) break;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 100)));
    }
    const item = this.items.find((one) => one.id === id);
    if (this.#removed.has(id)) return { state: "removed" };
    if (item === undefined) return { state: "recorded", result: this.#results.get(id) };
    return item.state === "sending" ? { ...item, state: "waiting" } : { ...item, state: item.state };
  }

  /** For how long the first item is still held back. */
  #held(): number {
    const [first] = this.#items;
    return first?.state === "waiting" ? (first.sendAt ?? 0) - this.#deps.session.now() : 0;
  }

  /** The ids that waiting items of these commands would give to something new: a form proposes none of them again. */
  idsOf(...commands: readonly string[]): readonly string[] {
    return this.#items
      .filter(({ command }) => commands.includes(command))
      .flatMap(({ input }) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is not there is left out
        const { id } = input as { readonly id?: unknown };
        return typeof id === "string" ? [id] : [];
      });
  }

  /** The inputs of the waiting items of one command, by their numbers: a screen shows what it is about as under way. */
  inputsOf(command: string): readonly { readonly id: number; readonly input: unknown }[] {
    return this.#items.filter((one) => one.command === command).map(({ id, input }) => ({ id, input }));
  }

  /** Sends what can be sent, in order; returns when there is nothing more to do now. */
  send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { local, session } = this.#deps;
    for (;;) {
      // On books that are somebody else's word nothing is decided: it waits until each entry was checked here.
      if (session.isUnchecked) return;
      const item = this.#items[0];
      // In order: a payment must not overtake the appeal that it is for.
      if (item === undefined || item.state !== "waiting" || this.#isClosed) return;
      if (this.#asked.has(item.id)) return;
      const held = this.#held();
      if (held > 0) {
        this.#sendIn(held);
        return;
      }
      let next: Item | Ending;
      try {
        next = await local.alone(item.id, () => {
          if (this.#asked.has(item.id)) throw stopped;
          const begun = withoutRefusal(withoutUpload(withoutHold(item)));
          // Only now: while another tab has it in hand, it can be taken back from here too.
          return this.#sendKept(this.#replace(item, { ...begun, state: "sending" }));
        });
      } catch (error) {
        const now = this.#items.find((one) => one.id === item.id) ?? item;
        const left: Item = { ...now, state: "waiting" };
        const { code, message } = asRefusal(error);
        if (isFull(error)) {
          this.#replace(now, { ...left, refusal: noRoomToSend });
          this.#sendIn(roomRetryMs);
          return;
        }
        if (code === "waiting-unreadable") {
          this.#replace(now, { ...left, ...unreadableItem(item.id), title: item.title, at: item.at });
          return;
        }
        this.#replace(now, left);
        if (isOffline(error) || isUnchecked(error)) return;
        if (isBusy(error)) {
          // The server asked for patience; nothing is wrong with what waits.
          this.#sendIn(retryMs);
          return;
        }
        // Somebody takes it back, and goes on from here; of another tab it is not certain that it lives.
        if (error === stopped) {
          if (this.#stopped.has(item.id)) this.#sendIn(retryMs);
          return;
        }
        this.#replace(now, { ...left, state: "refused", refusal: { code, message } });
        return;
      }
      if (typeof next === "string") {
        this.#end(item.id, next);
        this.#deps.onChange();
      } else this.#replace(item, next);
    }
  }

  #sendIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), ms);
  }

  /** As it is kept now: another tab may have sent it, taken it back, or tried and not heard the answer. */
  async #sendKept(item: Item): Promise<Item | Ending> {
    const kept = await this.#kept(item.id);
    if (kept === undefined) return this.#endingOf(item);
    if (typeof kept === "string") return kept;
    const left = await this.#sendOne({ ...item, ...kept });
    if (left !== undefined) return left;
    await this.#deps.local.endWaiting(item.id, "recorded");
    return "recorded";
  }

  /** undefined when it is on the record. */
  async #sendOne(item: Item): Promise<Item | undefined> {
    const { session } = this.#deps;
    const command = this.#deps.command(item.command);
    if (command === undefined)
      return { ...item, state: "refused", refusal: { code: "command-unknown", message: item.command } };
    const { files = [] } = item;
    const lost = filesOf(command, item.input)[files.length];
    if (lost !== undefined) throw fileLost(lost.name);
    if ("run" in command) {
      await this.#keep(item.id, { ...keptOf(item), isBegun: true });
      this.#results.set(item.id, await this.#runJob(command, item));
      return undefined;
    }
    const known = new Map<string, Receipt>(files.map((file) => [file.name, receiptOf(file, "")]));
    let current = item;
    let sealed: readonly Attachment[] | undefined;
    for (let attempt = 1; ; attempt++) {
      await session.refresh();
      if (await this.#isOnRecord(current.signed ?? [])) return await this.#finish();
      const fresh = await previewCommand(session, command, item.input, known);
      if (!fresh.ok) return { ...current, state: "refused", refusal: fresh.refusal };
      // Somebody recorded the same meanwhile: there is nothing left to add.
      if (fresh.value.entries.length === 0) {
        if (current.signed === undefined) void this.#forgetUploads(current);
        return undefined;
      }
      if (fresh.value.digest !== item.digest) return { ...current, state: "changed", preview: fresh.value };
      if (sealed === undefined) ({ sealed, item: current } = await this.#sendFiles(current));
      const receipts = new Map<string, Receipt>(sealed.map(({ receipt }) => [receipt.name, receipt]));
      const decided = await command.decide(session, item.input, receipts);
      if (!decided.ok) return { ...current, state: "refused", refusal: decided.refusal };
      if (digestOf(decided.value.drafts) !== item.digest) {
        // The books grew between the two questions; if it never settles, a person has to look.
        if (attempt >= attemptsMax) return { ...current, state: "changed", preview: fresh.value };
        continue;
      }
      try {
        await session.append(attachFiles(decided.value.drafts, sealed), {
          onSigned: async ([first]) => {
            if (first === undefined) return;
            const signed = [...(current.signed ?? []), toBase64Url(first)];
            await this.#keep(item.id, { ...keptOf(current), signed });
            current = this.#replace(item, { ...current, signed });
          },
        });
        return await this.#finish();
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== "stale-head" || attempt >= attemptsMax) throw error;
      }
    }
  }

  /** Sends what the server does not have yet of an item's files. It can be taken back until the last byte has gone. */
  async #sendFiles(item: Item): Promise<{ readonly sealed: readonly Attachment[]; readonly item: Item }> {
    const { local, files: server } = this.#deps;
    const { id, files = [] } = item;
    const sealed: Attachment[] = [];
    if (files.length === 0) return { sealed, item };
    const total = files.reduce((sum, { sealedSize }) => sum + sealedSize, 0);
    let current = item;
    let before = 0;
    // It asked before, had its turn after this tab stopped, and has left it where it was.
    if (this.#stopped.delete(id)) await local.dropStop(id);
    const stopIfAsked = async () => {
      if (await local.isAskedToStop(id)) this.#stopped.add(id);
      if (this.#asked.has(id) || this.#stopped.has(id)) throw stopped;
    };
    const tellOf = (done: number) => {
      const isWorthTelling = done >= (current.upload?.done ?? -total) + total / uploadSteps;
      if (isWorthTelling) current = this.#replace(item, { ...current, upload: { done, total } });
    };
    for (const [nth, file] of files.entries()) {
      const stored = await server.send({
        ...file,
        onBegun: async (name) => {
          const begun = (current.files ?? []).map((one, i) => (i === nth ? { ...one, stored: name } : one));
          current = this.#replace(item, { ...current, files: begun });
          await this.#keep(id, keptOf(current));
        },
        bytesFrom: async (offset) => {
          await stopIfAsked();
          tellOf(before + offset);
          return keptBytesFrom(local, { id, nth }, file, offset);
        },
      });
      before += file.sealedSize;
      sealed.push(attachmentOf(file, stored));
    }
    await stopIfAsked();
    return { sealed, item: this.#replace(item, withoutUpload(current)) };
  }

  async #isOnRecord(signed: readonly string[]): Promise<boolean> {
    for (const hash of signed) {
      const bytes = fromBase64Url(hash);
      if (bytes !== undefined && (await this.#deps.session.store.entryByHash(bytes)) !== undefined)
        return true;
    }
    return false;
  }

  /** It is on the record; what follows of itself is tried now, and else computed anew by whoever comes next. */
  async #finish(): Promise<undefined> {
    try {
      await recordFollowUps(this.#deps.session);
      await this.#deps.session.saveBooksIfWorth();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
    return undefined;
  }

  async #runJob(job: Job<unknown>, { id, input, files = [] }: Item): Promise<unknown> {
    const { session, local } = this.#deps;
    const open = (nth: number): Promise<Uint8Array> => {
      const file = files[nth];
      if (file === undefined) throw new Error(`bug: file ${nth} of a job that has ${files.length}`);
      return openKept(local, { id, nth }, file);
    };
    for (let attempt = 1; ; attempt++) {
      await session.refresh();
      try {
        return await job.run(session, input, open);
      } catch (error) {
        const isClash = error instanceof Failure && error.code === "stale-head";
        if (!isClash || attempt >= attemptsMax) throw error;
      } finally {
        session.progress.end();
      }
    }
  }

  #replace(item: Item, by: Item): Item {
    this.#items = this.#items.map((one) => (one.id === item.id ? by : one));
    this.#deps.onChange();
    return by;
  }
}

/** What ends the sending of a file that somebody takes back. */
const stopped = new Error("taken back");

/** In place of an item that does not open. */
const unreadable = Symbol("unreadable");

/** The files that a command brings along, each name once. */
function filesOf(
  command: Command<unknown> | Job<unknown> | undefined,
  input: unknown,
): readonly BroughtFile[] {
  const files = command?.files?.(input) ?? [];
  return [...new Map(files.map((file) => [file.name, file])).values()];
}
