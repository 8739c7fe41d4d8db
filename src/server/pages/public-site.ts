/**
 * The public site, straight from Node's own listener: what is public is the same for everyone until the log grows, so a page is
 * made and compressed once and then only sent.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import type { Site } from "#site/site.ts";
import type { LogHost } from "../entries/log-host.ts";
import { isReadySoon } from "../until-ready.ts";
import { compress, encodingFor, isCompressible, type Encoding } from "./compressed.ts";

type SiteAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

type Prepared = {
  readonly status: number;
  /** Name, value, name, value: the form that Node writes out without looking at it again. */
  readonly headers: readonly string[];
  readonly etag: string;
  readonly body: Uint8Array;
};

/** Statements as PDF that may wait to be made: each takes the whole process for some tens of milliseconds. */
const pdfsWaitingMax = 16;
const preparedMax = 4_000;
const preparedBytesMax = 64 * 1024 * 1024;

/** What others answer, and what is the same whatever the log says. */
const needsNoBooks = /^\/(?:health|checkpoint|tile\/.*|verify\.html|icon\.svg)$/u;

/** No script at all, and nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

export class PublicPages {
  readonly #site: Site;
  readonly #origin: string | undefined;
  readonly #host: Pick<LogHost, "size" | "isReady" | "ready">;
  readonly #report: (problem: string) => void;
  readonly #mayMakePdf: (request: IncomingMessage) => boolean;
  readonly #prepared = new Map<string, Prepared>();
  #lastPdf: Promise<unknown> = Promise.resolve();
  #pdfsWaiting = 0;
  #preparedAt = -1;
  #preparedBytes = 0;

  /** `origin`: the site's address where it is set; else what the reader typed. */
  constructor(parts: {
    site: Site;
    origin: string | undefined;
    host: Pick<LogHost, "size" | "isReady" | "ready">;
    report: (problem: string) => void;
    mayMakePdf: (request: IncomingMessage) => boolean;
  }) {
    this.#site = parts.site;
    this.#origin = parts.origin;
    this.#host = parts.host;
    this.#report = parts.report;
    this.#mayMakePdf = parts.mayMakePdf;
  }

  /** Answers if it is a public page; false leaves the request to the rest of the server. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = "/", headers } = request;
    if (method !== "GET" && method !== "HEAD") return false;
    const question = url.indexOf("?");
    const path = question < 0 ? url : url.slice(0, question);
    if (path.startsWith("/api/") || path.startsWith("/app")) return false;
    const { size, isReady } = this.#host;
    if (size === 0) {
      if (path !== "/") return false;
      send(request, response, toWorkspace);
      return true;
    }
    if (!isReady && !needsNoBooks.test(path)) {
      void this.#answerLater(request, response);
      return true;
    }
    if (size !== this.#preparedAt) this.#forget(size);
    const encoding = encodingFor(headers["accept-encoding"]);
    const origin = this.#origin ?? `http://${hostOf(headers.host)}`;
    // Only the front page asks which language the reader has; all others have it in their address.
    const language = path === "/" ? (headers["accept-language"] ?? "").slice(0, 64) : "";
    const key = `${encoding}\n${origin}\n${language}\n${path}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) {
      send(request, response, known);
      return true;
    }
    const answer = this.#site.respond(path, { origin, ...(language !== "" && { acceptLanguage: language }) });
    if (answer !== undefined) {
      send(request, response, this.#keep(key, prepare(answer, encoding, origin)));
      return true;
    }
    if (!path.endsWith(".pdf")) return false;
    void this.#answerPdf(request, response, path, origin, key);
    return true;
  }

  /** A page with some of its figures would be worse than one that comes in a few seconds. */
  async #answerLater(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!(await isReadySoon(this.#host))) send(request, response, busy);
    else if (!this.answer(request, response)) send(request, response, missing);
  }

  async #answerPdf(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    origin: string,
    key: string,
  ): Promise<void> {
    if (this.#pdfsWaiting >= pdfsWaitingMax || !this.#mayMakePdf(request)) {
      send(request, response, busy);
      return;
    }
    this.#pdfsWaiting++;
    // One after the other, and whoever asks for the same waits for the same.
    const turn = this.#lastPdf.then(async () => {
      const known = this.#prepared.get(key);
      if (known !== undefined) return known;
      const pdf = await this.#site.pdf(path, { origin });
      return pdf === undefined ? missing : this.#keep(key, prepare(pdf, "identity", origin));
    });
    this.#lastPdf = turn.catch(() => undefined);
    try {
      send(request, response, await turn);
    } catch (cause) {
      this.#report(`bug: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      send(request, response, failed);
    } finally {
      this.#pdfsWaiting--;
    }
  }

  #forget(size: number): void {
    this.#prepared.clear();
    this.#preparedBytes = 0;
    this.#preparedAt = size;
  }

  /** Keeps a page for the next reader. What does not exist is not kept: its addresses are endless. */
  #keep(key: string, prepared: Prepared): Prepared {
    const { length } = prepared.body;
    if (prepared.status >= 400 || length > preparedBytesMax) return prepared;
    // Hosts and languages that nobody has can be sent too: the oldest go, so that they cannot fill the place of real ones.
    for (const [oldest, { body }] of this.#prepared) {
      if (this.#prepared.size < preparedMax && this.#preparedBytes + length <= preparedBytesMax) break;
      this.#prepared.delete(oldest);
      this.#preparedBytes -= body.length;
    }
    this.#preparedBytes += length - (this.#prepared.get(key)?.body.length ?? 0);
    this.#prepared.set(key, prepared);
    return prepared;
  }
}

function send(request: IncomingMessage, response: ServerResponse, prepared: Prepared): void {
  if (prepared.etag !== "" && request.headers["if-none-match"] === prepared.etag) {
    response.writeHead(304, { ETag: prepared.etag, "Cache-Control": "no-cache" }).end();
    return;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node does not change it
  response.writeHead(prepared.status, prepared.headers as string[]);
  if (request.method === "HEAD") response.end();
  else response.end(prepared.body);
}

function prepare(answer: SiteAnswer, accepted: Encoding, origin: string): Prepared {
  const plain = typeof answer.body === "string" ? utf8(answer.body) : answer.body;
  const headers = new Headers(common);
  // One by one: both spell the names differently, and two values of one name would be joined.
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  if (origin.startsWith("https:")) headers.set("Strict-Transport-Security", "max-age=31536000");
  const isWorth = answer.status < 400 && plain.length > 0;
  const encoding = isWorth && isCompressible(headers.get("content-type") ?? "") ? accepted : "identity";
  const body = compress(plain, encoding);
  const etag = `"${toBase64Url(sha256(body).subarray(0, 12))}"`;
  headers.set("Content-Length", String(body.length));
  if (plain.length > 0) headers.set("ETag", etag);
  else headers.delete("Content-Type");
  if (encoding !== "identity") headers.set("Content-Encoding", encoding);
  return { status: answer.status, headers: [...headers].flat(), etag: plain.length > 0 ? etag : "", body };
}

const common: Readonly<Record<string, string>> = {
  "Content-Security-Policy": policy,
  "X-Frame-Options": "DENY",
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-cache",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "interest-cohort=()",
  Vary: "Accept-Encoding, Accept-Language",
};

const toWorkspace: Prepared = {
  status: 302,
  headers: ["Location", "/app/", "Content-Length", "0", "Cache-Control", "no-store"],
  etag: "",
  body: new Uint8Array(0),
};

const missing = plainly(404, "Not found");
const failed = plainly(500, "Something went wrong in the server");
const busy = plainly(503, "Busy; try again in a few seconds");

function plainly(status: number, text: string): Prepared {
  const body = utf8(`${text}\n`);
  const type = "text/plain; charset=utf-8";
  const headers = ["Content-Type", type, "Content-Length", String(body.length), "Cache-Control", "no-store"];
  return { status, headers: status === 503 ? [...headers, "Retry-After", "5"] : headers, etag: "", body };
}

/** A host as it may stand in a link; what else is sent as one must not get into a page that is kept for others. */
function hostOf(host: string | undefined): string {
  return host !== undefined && /^[A-Za-z0-9.[\]:-]{1,255}$/u.test(host) ? host.toLowerCase() : "localhost";
}
