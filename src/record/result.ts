/**
 * Two kinds of failure. What a person or a stranger's file can cause is a value with a stable code ({@link Result});
 * what only our own mistake can cause throws ({@link assert}).
 */
export type Result<T, R = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/**
 * Why something was not accepted. `code` is public and stable (`spec/` lists them all); `message` says in plain
 * English what is wrong with what was given, and may change. Further members give the place or the values compared.
 */
export type Refusal<C extends string = string> = {
  readonly code: C;
  readonly message: string;
  readonly [detail: string]: unknown;
};

/** A success: `ok(3).value === 3`. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A refusal: `refuse({ code: "tree-index-out-of-range", message: "…" })`. */
export function refuse<R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal };
}

/** Throws if `condition` is false. Only for what our own code alone can break; never for outside data. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}

/** The value of a result that cannot be a refusal unless our own code is wrong; throws with the refusal's code. */
export function expectOk<T, R extends Refusal>(result: Result<T, R>): T {
  if (result.ok) return result.value;
  throw new Error(`bug: refused with ${result.refusal.code}: ${result.refusal.message}`);
}
