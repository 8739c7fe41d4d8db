/**
 * A secret that does not print: in logs, errors, JSON and inspection it reads `<redacted>`. It guards against
 * accidents, not against code that means to read it.
 */
const shown = "<redacted>";

export class Redacted<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The secret itself. Call it where the secret is used, and do not keep the result. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  // Node's console and assertion messages ask for this symbol before anything else.
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return shown;
  }

  // A template literal or `+` would otherwise be the easy way out.
  [Symbol.toPrimitive](): string {
    return shown;
  }
}

/** Wraps a secret: `redacted(seed)`. */
export function redacted<T>(value: T): Redacted<T> {
  return new Redacted(value);
}
