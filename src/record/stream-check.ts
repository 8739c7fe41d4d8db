/**
 * Public streams without gaps: every entry of a stream carries its number in the stream and the hash of the entry
 * before it, so that leaving one out, or slipping one in, shows; `spec/entry.md`, streams. A Merkle tree alone cannot
 * show this: it proves what is in the log, not that nothing was left out of a series.
 */
import { equalBytes } from "./bytes.ts";
import type { StreamPlace } from "./entry.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";

/**
 * - `stream-gap`: numbers are missing before this entry. `stream-repeated`: its number was used before.
 * - `stream-previous-wrong`: the number follows, but it names another entry as the one before it.
 */
export type StreamRefusal = Refusal<"stream-gap" | "stream-repeated" | "stream-previous-wrong">;

/** The last entry of a stream: what the next one must continue. */
export type StreamTip = { readonly seq: number; readonly hash: Uint8Array };

/** Takes the entries of whole streams, in the order of the log, from their beginning. */
export class StreamCheck {
  #tips = new Map<string, StreamTip>();

  /** Last entry of the stream; undefined before its first. */
  tip(id: string): StreamTip | undefined {
    return this.#tips.get(id);
  }

  get ids(): readonly string[] {
    return [...this.#tips.keys()];
  }

  /** The same streams, to try entries on: what the copy takes leaves this one as it is. */
  copy(): StreamCheck {
    const copy = new StreamCheck();
    copy.#tips = new Map(this.#tips);
    return copy;
  }

  /** The place of the next entry of a stream. */
  next(id: string): StreamPlace {
    const tip = this.#tips.get(id);
    return { id, seq: tip === undefined ? 0 : tip.seq + 1, previous: tip === undefined ? null : tip.hash };
  }

  /**
   * Takes the next entry. After a refusal the stream goes on from the entry refused, so that one fault is reported
   * once and not for all that follow; a repeated number does not move the stream.
   */
  take(entry: { readonly hash: Uint8Array; readonly stream: StreamPlace }): Result<true, StreamRefusal> {
    const { id, seq, previous } = entry.stream;
    const expected = this.next(id);
    if (seq < expected.seq)
      return refuse({
        code: "stream-repeated",
        message: `Stream ${id} has had an entry ${seq} before; the next is ${expected.seq}.`,
        stream: id,
      });
    this.#tips.set(id, { seq, hash: entry.hash });
    if (seq > expected.seq)
      return refuse({
        code: "stream-gap",
        message: `Stream ${id} has entry ${seq} where entry ${expected.seq} should follow: ${seq - expected.seq} are missing.`,
        stream: id,
      });
    const follows =
      previous === null || expected.previous === null
        ? previous === expected.previous
        : equalBytes(previous, expected.previous);
    if (follows) return ok(true);
    return refuse({
      code: "stream-previous-wrong",
      message: `Entry ${seq} of stream ${id} does not follow the entry before it, but another one.`,
      stream: id,
    });
  }
}
