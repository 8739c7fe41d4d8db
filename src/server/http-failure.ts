import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refusal } from "#record/result.ts";

/**
 * Why a request was not done, with a stable code and a sentence. Thrown by the handlers and turned into
 * `{error: {code, message, …}}` in one place (`app.ts`), so that no handler can answer in another form. What is thrown and
 * is not one of these is our own bug.
 */
export class HttpFailure extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    more: { details?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = "HttpFailure";
    this.status = status;
    this.code = code;
    this.details = more.details ?? {};
    this.headers = more.headers ?? {};
  }
}

/** The failure of a request that the kernel, the sequencer or a storage refused. */
export function failureOf(status: ContentfulStatusCode, refusal: Refusal): HttpFailure {
  const { code, message, ...details } = refusal;
  return new HttpFailure(status, code, message, { details });
}

export function notFound(what: string): HttpFailure {
  return new HttpFailure(404, "not-found", `There is no such ${what}.`);
}
