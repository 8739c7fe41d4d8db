import { utf8 } from "#record/bytes.ts";
import { Failure } from "#session/refusals/failure.ts";
import { memberCalled, readPeople } from "#session/keys/people.ts";
import { withheldIn } from "#session/keys/withheld.ts";
import type { Session } from "#session/session.ts";
import { isOffline } from "./http-record.ts";
import type { LocalStore } from "./local-store.ts";
import { openValue, sealValue } from "./sealed-text.ts";
import type { Turns } from "./turns.ts";

/** Whose books the screens show; `name` is null where the record gives none to this reader. */
type Maker = { readonly member: string; name: string | null };

/** `checking`: they are somebody's word until `done` is `total`. `differs`: they were wrong, and are no longer shown. */
export type TakenOver =
  | (Maker & { readonly state: "checking"; readonly done: number; readonly total: number })
  | (Maker & { readonly state: "differs" });

type Deps = {
  readonly session: Session;
  readonly local: LocalStore;
  readonly turns: Turns;
  readonly tell: (taken: TakenOver | undefined) => void;
  /** The books are others now, or what waited may go out. */
  readonly onSettled: () => void;
};

const slot = "left-wrong";
const purpose = "aigaq/left-wrong/1";
const tellEveryMs = 250;
const retryMs = 3_000;
/** Where something is wrong with the log, asking often mends nothing. */
const retryMsMax = 60_000;
/** Nothing is left for newcomers before the first screens have what they ask for. */
const offerAfterMs = 10_000;

/**
 * What a desk does about books that were opened elsewhere first: checks those that it took over from a colleague's device, entry by
 * entry and behind the screens, and leaves its own for whoever comes next.
 */
export class Newcomer {
  readonly #deps: Deps;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;

  private constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Before anything that waits is sent: it may have been confirmed on figures that turned out wrong, in an earlier tab. */
  static async open(deps: Deps): Promise<Newcomer> {
    const newcomer = new Newcomer(deps);
    const kept = await newcomer.#kept();
    if (kept === undefined) return newcomer;
    deps.session.holdUntilRead();
    deps.tell({ ...kept, state: "differs" });
    return newcomer;
  }

  /** Once the desk is open. Ends when there is nothing more to check. */
  async begin(): Promise<void> {
    const { session, tell } = this.#deps;
    // Nearly every screen asks for the books first: they are opened while it is drawn. Where they do not open, it says why.
    await session.books().catch(() => undefined);
    const member = session.takenFrom;
    if (member === undefined) {
      if (!session.hasBooksToLeave) return;
      await this.#sleep(offerAfterMs);
      return this.offer();
    }
    const maker: Maker = { member, name: null };
    tell({ ...maker, state: "checking", done: 0, total: session.size });
    maker.name = await this.#nameOf(member);
    const verdict = await this.#check(maker);
    if (verdict === undefined || this.#isClosed) return;
    if (verdict === "differs") {
      tell({ ...maker, state: "differs" });
      // Without room for it, it is said in this tab; nothing else fails because of it.
      await this.#keep(maker).catch(() => undefined);
    } else tell(undefined);
    this.#deps.onSettled();
    // On a slow line this takes a while, and nobody need wait for it.
    await session.saveBooks().catch(() => undefined);
    if (verdict === "differs") await this.offer(true);
  }

  async #check(maker: Maker): Promise<"same" | "differs" | undefined> {
    const { session, turns, tell } = this.#deps;
    let told = Number.NEGATIVE_INFINITY;
    let isStopped = false;
    let waitMs = retryMs;
    const onProgress = (done: number, total: number) => {
      if (session.isStopped) return;
      if (isStopped) {
        // It came further than what was wrong: the screens ask again.
        isStopped = false;
        waitMs = retryMs;
        this.#deps.onSettled();
      }
      const now = session.now();
      if (now - told < tellEveryMs || this.#isClosed) return;
      told = now;
      tell({ ...maker, state: "checking", done, total });
    };
    onProgress(0, session.size);
    const pause = async () => {
      await turns.pause();
      if (this.#isClosed) throw new Closed();
    };
    while (!this.#isClosed) {
      try {
        return await session.checkTaken({ pause, onProgress });
      } catch (error) {
        if (error instanceof Closed) return undefined;
        if (isForNow(error)) {
          await this.#sleep(retryMs);
          continue;
        }
        // Something is wrong with the log itself, or one answer was spoilt: the screens say what, nothing is sent, and what was
        // taken over is compared all the same as soon as it can be.
        session.stopAt(error);
        isStopped = true;
        tell(undefined);
        this.#deps.onSettled();
        await this.#sleep(waitMs);
        waitMs = Math.min(2 * waitMs, retryMsMax);
      }
    }
    return undefined;
  }

  /** Leaves this member's books for newcomers, where there are none or old ones. */
  async offer(isForced = false): Promise<void> {
    const { session, turns } = this.#deps;
    await turns.pause();
    if (this.#isClosed) return;
    // Full, offline, asked too often: whoever opens the books next leaves hers.
    await session.offerToRoom({ isForced }).catch(() => undefined);
  }

  /** She has read that the books she was shown first were wrong. */
  async read(): Promise<void> {
    this.#deps.session.readDifference();
    await this.#deps.local.keepSnapshot(slot, utf8(""));
    this.#deps.tell(undefined);
    this.#deps.onSettled();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#wake?.();
    this.#deps.tell(undefined);
  }

  async #nameOf(member: string): Promise<string | null> {
    try {
      return memberCalled(await readPeople(this.#deps.session), member)?.name ?? null;
    } catch {
      return null; // whatever somebody left there, the check goes on
    }
  }

  async #keep({ member, name }: Maker): Promise<void> {
    const { session, local } = this.#deps;
    const sealed = await sealValue(session.keyring, purpose, { member, name }, session.randomBytes);
    await local.keepSnapshot(slot, sealed);
  }

  /** What nobody has read yet: the tab may have been closed before. */
  async #kept(): Promise<Maker | undefined> {
    const { session, local } = this.#deps;
    const sealed = await local.snapshot(slot);
    if (sealed === undefined || sealed.length === 0) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this class under the member's own key
    return (await openValue(session.keyring, purpose, sealed)) as Maker | undefined;
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#isClosed) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, ms);
    });
  }
}

class Closed extends Error {}

/** No connection, a server that fails or asks for patience, a key still to come: the check goes on later from where it stands. */
function isForNow(error: unknown): boolean {
  const status = error instanceof Failure ? error.details["status"] : undefined;
  const isServers = typeof status === "number" && (status === 429 || status >= 500);
  return isOffline(error) || withheldIn(error) !== undefined || isServers;
}
