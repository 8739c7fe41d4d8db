/**
 * What stops a command because of something a person can mend. `main.ts` prints it, in words and with what to
 * do, and exits with `exitCode`. Anything else that is thrown is our own bug and prints as such.
 */
export class Failure extends Error {
  readonly code: string;
  readonly exitCode: number;
  /** Machine-readable details for `--json`, e.g. `{ line: 12 }`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { exitCode?: number; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.code = code;
    this.exitCode = options.exitCode ?? exitCodes.refused;
    this.details = options.details ?? {};
  }
}

/** Exit statuses, the same for every command; stated in `aigaq help`. */
export const exitCodes = { done: 0, broken: 1, refused: 2, couldNotCheck: 3, bug: 70 } as const;
