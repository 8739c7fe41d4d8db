/**
 * The public site, straight from Node's own listener: what is public is the same for everyone until the log grows, so a page is
 * made and compressed once and then only sent.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ParsedEntry } from "#record/entry.ts";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { compress, encodingFor, isCompressible } from "./compressed.ts";

/** What `#site/site.ts` offers. */
export type PublicSite = {
  take(entry: ParsedEntry, index: number): void;
  respond(
    path: string,
    options: { readonly acceptLanguage?: string; readonly origin: string },
  ): SiteAnswer | undefined;
};

export type SiteAnswer = {
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

const preparedMax = 4_000;
const preparedBytesMax = 64 * 1024 * 1024;

/** No script at all, and nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export class PublicPages {
  readonly #site: PublicSite;
  readonly #origin: string | undefined;
  readonly #size: () => number;
  readonly #prepared = new Map<string, Prepared>();
  #preparedAt = -1;
  #preparedBytes = 0;

  /** `origin`: the site's address where it is set; else what the reader typed. `size`: of the log, at this moment. */
  constructor(parts: { site: PublicSite; origin: string | undefined; size: () => number }) {
    this.#site = parts.site;
    this.#origin = parts.origin;
    this.#size = parts.size;
  }

  /** Answers if it is a public page; false leaves the request to the rest of the server. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = "/" } = request;
    if (method !== "GET" && method !== "HEAD") return false;
    const { headers } = request;
    const question = url.indexOf("?");
    const path = question < 0 ? url : url.slice(0, question);
    if (path.startsWith("/api/") || path.startsWith("/app")) return false;
    const prepared = this.#prepare(path, headers);
    if (prepared === undefined) return false;
    if (headers["if-none-match"] === prepared.etag) {
      response.writeHead(304, { ETag: prepared.etag, "Cache-Control": "no-cache" }).end();
      return true;
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node does not change it
    response.writeHead(prepared.status, prepared.headers as string[]);
    if (method === "HEAD") response.end();
    else response.end(prepared.body);
    return true;
  }

  #prepare(path: string, headers: IncomingMessage["headers"]): Prepared | undefined {
    const size = this.#size();
    if (size === 0) return path === "/" ? toWorkspace : undefined;
    if (size !== this.#preparedAt) {
      this.#prepared.clear();
      this.#preparedBytes = 0;
      this.#preparedAt = size;
    }
    const encoding = encodingFor(headers["accept-encoding"]);
    const origin = this.#origin ?? `http://${hostOf(headers.host)}`;
    // Only the front page asks which language the reader has; all others have it in their address.
    const language = path === "/" ? (headers["accept-language"] ?? "").slice(0, 64) : "";
    const key = `${encoding}\n${origin}\n${language}\n${path}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;

    const answer = this.#site.respond(path, { origin, ...(language !== "" && { acceptLanguage: language }) });
    if (answer === undefined) return undefined;
    const plain = typeof answer.body === "string" ? utf8(answer.body) : answer.body;
    const type = headerOf(answer.headers, "content-type") ?? "text/html; charset=utf-8";
    const used = isCompressible(type) ? encoding : "identity";
    const body = compress(plain, used);
    const etag = `"${toBase64Url(sha256(body).subarray(0, 12))}"`;
    const merged = new Headers({ ...common, ETag: etag, ...answer.headers });
    merged.set("Content-Length", String(body.length));
    if (used !== "identity") merged.set("Content-Encoding", used);
    const prepared = { status: answer.status, headers: [...merged].flat(), etag, body };
    // What does not exist is not kept: its addresses are endless.
    if (answer.status < 400 && this.#prepared.size < preparedMax) {
      this.#preparedBytes += body.length;
      if (this.#preparedBytes <= preparedBytesMax) this.#prepared.set(key, prepared);
    }
    return prepared;
  }
}

const common: Readonly<Record<string, string>> = {
  "Content-Security-Policy": policy,
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

/** A host as it may stand in a link; what else is sent as one must not get into a page that is kept for others. */
function hostOf(host: string | undefined): string {
  return host !== undefined && /^[A-Za-z0-9.[\]:-]{1,255}$/u.test(host) ? host.toLowerCase() : "localhost";
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
