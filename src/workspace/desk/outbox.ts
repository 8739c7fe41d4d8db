import type { Receipt } from "#domain/funds/entries.ts";
import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import type { Refusal } from "#record/result.ts";
import { attachFiles, sealAttachment, type Attachment, type FilePort } from "#session/attachments.ts";
import { Failure } from "#session/failure.ts";
import { recordFollowUps } from "#session/follow-ups.ts";
import type { Session } from "#session/session.ts";
import type { Command, Job, Preview } from "./command.ts";
import { isOffline } from "./http-record.ts";
import type { LocalStore } from "./local-store.ts";
import { digestOf, previewCommand } from "./preview.ts";
import { openValue, sealValue } from "./sealed-text.ts";

/**
 * - `waiting`: not yet on the record; can be taken back. `sending`: on its way.
 * - `changed`: the books changed meanwhile and the entries would be others: look at the new preview and confirm again.
 * - `refused`: the rules no longer allow it; correct or remove it.
 */
export type WaitingState = "waiting" | "sending" | "changed" | "refused";

export type WaitingItem = {
  readonly id: number;
  readonly command: string;
  /** For people: what it is about, as the screen named it. */
  readonly title: string;
  /** Unix seconds of the confirmation. */
  readonly at: number;
  readonly state: WaitingState;
  readonly refusal?: Refusal;
  /** The new preview of a changed one. */
  readonly preview?: Preview;
};

type Kept = {
  readonly command: string;
  readonly title: string;
  readonly input: unknown;
  readonly digest: string;
  readonly at: number;
  /**
   * Hashes of first entries that were signed for it and sent. An answer may be lost on the way: whether one of them is on the
   * record decides, not whether somebody said so.
   */
  readonly signed?: readonly string[];
};

type Item = Kept & {
  id: number;
  state: WaitingState;
  refusal?: Refusal;
  preview?: Preview;
  /** Unix milliseconds: until then it only waits, so that it can be taken back. Not kept: a new tab sends at once. */
  holdUntil?: number;
};

export type OutboxDeps = {
  readonly session: Session;
  readonly local: LocalStore;
  readonly files: FilePort;
  /** undefined: a command that this version does not know any more. */
  command(name: string): Command<unknown> | Job<unknown> | undefined;
  /** Told after every change of the list, and after every sending. */
  onChange(): void;
};

/** How an item stands; `result` is what a job ended with. */
export type Settled =
  | { readonly state: "recorded"; readonly result: unknown }
  | (Omit<WaitingItem, "state"> & { readonly state: Exclude<WaitingState, "sending"> });

const purpose = "aigaq/outbox/1";
/** A clash with another writer is nothing unusual; five in a row are. */
const attemptsMax = 5;
/** How long a busy server is left alone. */
const retryMs = 3000;

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
  #sending: Promise<void> | undefined;

  private constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Takes up what an earlier tab left. */
  static async open(deps: OutboxDeps): Promise<Outbox> {
    const outbox = new Outbox(deps);
    for (const [id, sealed] of await deps.local.waiting()) {
      const kept = await openValue(deps.session.keyring, purpose, sealed);
      outbox.#next = Math.max(outbox.#next, id + 1);
      // Another member's on the same device: not ours to read or to drop.
      if (kept === undefined) continue;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this class under the member's own key
      outbox.#items.push({ ...(kept as Kept), id, state: "waiting" });
    }
    return outbox;
  }

  get items(): readonly WaitingItem[] {
    return this.#items.map(({ id, command, title, at, state, refusal, preview }) => ({
      id,
      command,
      title,
      at,
      state,
      ...(refusal !== undefined && { refusal }),
      ...(preview !== undefined && { preview }),
    }));
  }

  /** Keeps a confirmed command durably on the device, and begins to send. Answers once it is kept. */
  async add(
    command: string,
    title: string,
    input: unknown,
    digest: string,
    /** How long it stays undoable before it is sent. */
    holdMs = 0,
  ): Promise<number> {
    const { session } = this.#deps;
    const id = this.#next++;
    const kept: Kept = { command, title, input, digest, at: Math.floor(this.#deps.session.now() / 1000) };
    await this.#keep(id, kept);
    this.#items.push({
      ...kept,
      id,
      state: "waiting",
      ...(holdMs > 0 && { holdUntil: session.now() + holdMs }),
    });
    this.#deps.onChange();
    void this.send();
    return id;
  }

  /** Takes an item back; false when it is being sent or is on the record already. */
  async remove(id: number): Promise<boolean> {
    const item = this.#items.find((one) => one.id === id);
    if (item === undefined || item.state === "sending") return false;
    this.#items = this.#items.filter((one) => one !== item);
    await this.#deps.local.dropWaiting(id);
    this.#deps.onChange();
    void this.send();
    return true;
  }

  /** Confirms the new preview of a changed item. */
  async confirm(id: number, digest: string): Promise<void> {
    const item = this.#items.find((one) => one.id === id);
    if (item === undefined || item.state !== "changed") return;
    const kept: Kept = { ...keptOf(item), digest };
    await this.#keep(id, kept);
    this.#replace(item, { ...kept, id, state: "waiting" });
    void this.send();
  }

  async #keep(id: number, kept: Kept): Promise<void> {
    const { session, local } = this.#deps;
    await local.keepWaiting(id, await sealValue(session.keyring, purpose, kept, session.randomBytes));
  }

  /** Waits for one item: until it is on the record, or stops at something that a person must look at or wait for. */
  async settled(id: number): Promise<Settled> {
    // One that is under way may have begun before the connection came back.
    await this.#sending;
    await this.send();
    for (let left = this.#held(); left > 0 && this.#isBefore(id); left = this.#held()) {
      await new Promise((resolve) => setTimeout(resolve, left));
      await this.send();
    }
    const item = this.items.find((one) => one.id === id);
    if (item === undefined) return { state: "recorded", result: this.#results.get(id) };
    return item.state === "sending" ? { ...item, state: "waiting" } : { ...item, state: item.state };
  }

  /** For how long the first item is still held back. */
  #held(): number {
    const [first] = this.#items;
    return first?.state === "waiting" ? (first.holdUntil ?? 0) - this.#deps.session.now() : 0;
  }

  #isBefore(id: number): boolean {
    return this.#items.some((one) => one.id === id);
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
    for (;;) {
      const item = this.#items[0];
      // In order: a payment must not overtake the appeal that it is for.
      if (item === undefined || item.state !== "waiting") return;
      const held = this.#held();
      if (held > 0) {
        setTimeout(() => void this.send(), held);
        return;
      }
      const sending = this.#replace(item, { ...item, state: "sending" });
      let next: Item | undefined;
      try {
        next = await this.#sendOne(sending);
      } catch (error) {
        const now = this.#items.find((one) => one.id === item.id) ?? sending;
        this.#replace(now, { ...now, state: "waiting" });
        if (isOffline(error)) return;
        if (isBusy(error)) {
          // The server asked for patience; nothing is wrong with what waits.
          setTimeout(() => void this.send(), retryMs);
          return;
        }
        const { code, message } = asRefusal(error);
        this.#replace(now, { ...now, state: "refused", refusal: { code, message } });
        return;
      }
      if (next === undefined) {
        await this.#deps.local.dropWaiting(item.id);
        this.#items = this.#items.filter((one) => one.id !== item.id);
        this.#deps.onChange();
      } else this.#replace(sending, next);
    }
  }

  /** undefined when it is on the record. */
  async #sendOne(item: Item): Promise<Item | undefined> {
    const { session, files } = this.#deps;
    const command = this.#deps.command(item.command);
    if (command === undefined)
      return { ...item, state: "refused", refusal: { code: "command-unknown", message: item.command } };
    if ("run" in command) {
      this.#results.set(item.id, await this.#runJob(command, item.input));
      return undefined;
    }
    const sealed = new Map<string, Attachment>();
    let signed = item.signed ?? [];
    try {
      for (let attempt = 1; ; attempt++) {
        await session.refresh();
        if (await this.#isOnRecord(signed)) return await this.#finish();
        const fresh = await previewCommand(session, command, item.input);
        if (!fresh.ok) return { ...item, state: "refused", refusal: fresh.refusal };
        // Somebody recorded the same meanwhile: there is nothing left to add.
        if (fresh.value.entries.length === 0) return undefined;
        if (fresh.value.digest !== item.digest) return { ...item, state: "changed", preview: fresh.value };
        for (const { name, bytes } of command.files?.(item.input) ?? []) {
          if (!sealed.has(name)) sealed.set(name, await sealAttachment(session, files, name, [bytes]));
        }
        const receipts = new Map<string, Receipt>([...sealed].map(([name, { receipt }]) => [name, receipt]));
        const decided = await command.decide(session, item.input, receipts);
        if (!decided.ok) return { ...item, state: "refused", refusal: decided.refusal };
        if (digestOf(decided.value.drafts) !== item.digest) {
          // The books grew between the two questions; if it never settles, a person has to look.
          if (attempt >= attemptsMax) return { ...item, state: "changed", preview: fresh.value };
          continue;
        }
        try {
          await session.append(attachFiles(decided.value.drafts, sealed.values()), {
            onSigned: async ([first]) => {
              if (first === undefined) return;
              signed = [...signed, toBase64Url(first)];
              await this.#keep(item.id, { ...keptOf(item), signed });
              this.#replace(item, { ...item, signed });
            },
          });
          return await this.#finish();
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== "stale-head" || attempt >= attemptsMax)
            throw error;
        }
      }
    } finally {
      // Once an entry that names them was sent, nobody here knows that it did not arrive: an orphan is harmless, a hole is not.
      if (signed.length === 0)
        for (const { reference } of sealed.values())
          await files.delete(reference.stored).catch(() => undefined);
    }
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

  async #runJob(job: Job<unknown>, input: unknown): Promise<unknown> {
    const { session } = this.#deps;
    for (let attempt = 1; ; attempt++) {
      await session.refresh();
      try {
        return await job.run(session, input);
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

function keptOf({ command, title, input, digest, at, signed }: Kept): Kept {
  return { command, title, input, digest, at, ...(signed !== undefined && { signed }) };
}

/** Too many requests for now, or storage that does not answer for now. */
function isBusy(error: unknown): boolean {
  const status = error instanceof Failure ? error.details["status"] : undefined;
  return status === 429 || status === 503;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  return { code: "bug", message: error instanceof Error ? error.message : String(error) };
}
