import type { Refusal } from "#record/result.ts";

/**
 * What stops a command because of something a person can mend. `main.ts` prints it, in words and with what to
 * do, and exits with `exitCode`. Anything else that is thrown is our own bug and prints as such.
 */
export class Failure extends Error {
  /** The refusal behind it, when its English message is not yet in the reader's language; `main.ts` words it. */
  readonly refusal: PlacedRefusal | undefined;
  readonly code: string;
  readonly exitCode: number;
  /** Machine-readable details for `--json`, e.g. `{ line: 12 }`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: {
      exitCode?: number;
      details?: Record<string, unknown>;
      refusal?: PlacedRefusal;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.exitCode = options.exitCode ?? exitCodes.refused;
    this.details = options.details ?? {};
    this.refusal = options.refusal;
  }
}

/** A refusal, the line of the file, and the file it is about. */
export type PlacedRefusal = Refusal & { readonly line?: number | null; readonly where: string | null };

/** The failure of a command that was refused by a rule, a reader or the vault; `where`: the file it is about. */
export function refused(
  refusal: Refusal & { readonly line?: number | null },
  options: { where?: string; exitCode?: number } = {},
): Failure {
  const { code, message, ...details } = refusal;
  const { where = null, exitCode } = options;
  const line =
    typeof refusal.line !== "number" || message.startsWith("line ") ? "" : `line ${refusal.line}: `;
  return new Failure(code, `${where === null ? "" : `${where}: `}${line}${message}`, {
    details,
    refusal: { ...refusal, where },
    ...(exitCode !== undefined && { exitCode }),
  });
}

/** Exit statuses, the same for every command; stated in `aigaq help`. */
export const exitCodes = { done: 0, broken: 1, refused: 2, couldNotCheck: 3, bug: 70 } as const;
