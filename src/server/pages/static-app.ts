/**
 * The built workspace: files of `dist/app` under `/app/`, in the compressed form that the build made beside them. Files with a
 * digest in their name are kept for ever by browsers; pages carry a fresh nonce each, for the styles that Mantine writes.
 */
import { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { Context, Hono } from "hono";
import { fromUtf8, toBase64, toBase64Url, utf8 } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { notFound } from "../http-failure.ts";
import type { Services, ServerEnv } from "../services.ts";
import { compress, encodingFor, isCompressible, type Encoding } from "./compressed.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".zip": "application/zip",
};

const noncePlace = "__NONCE__";

type StaticFile = {
  readonly stamp: string;
  readonly type: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
  /** The text where it has places for a nonce: such a page is made anew for each reader. */
  readonly page: string | undefined;
  readonly encoded: Map<Encoding, Uint8Array>;
};

export function staticAppRoutes(app: Hono<ServerEnv>, { settings, randomBytes }: Services): void {
  const files = new StaticFiles(settings.app);
  // Kept, for everyone may ask: compressing it anew each time would hold everybody else up.
  const verifiers = new StaticFiles("/");

  app.get("/app", (context) => context.redirect("/app/", 308));
  app.get("/app/*", (context) => {
    const path = context.req.path.slice("/app/".length);
    const file = files.at(path === "" ? "index.html" : path);
    // Addresses inside the workspace are its own: all begin with the one page.
    const found = file ?? (extname(path) === "" ? files.at("index.html") : undefined);
    if (found === undefined) throw notFound("page; the workspace may not be built yet");
    return found.page === undefined
      ? fileAnswer(context, found, path)
      : pageAnswer(context, found.page, toBase64(randomBytes(18)));
  });

  app.get("/verify.html", (context) => {
    const file = verifiers.at(settings.verifier.replace(/^\/+/u, ""));
    if (file === undefined) throw notFound("page; the verifier may not be built yet");
    // Its own policy stands in the page, with the digests of its script and style.
    return fileAnswer(context, file, "verify.html");
  });
}

function pageAnswer(context: Context, page: string, nonce: string): Response {
  const encoding = encodingFor(context.req.header("accept-encoding"));
  const bytes = compress(utf8(page.replaceAll(noncePlace, nonce)), encoding);
  return bodyOf(context, bytes, {
    "Content-Type": types[".html"] ?? "",
    "Content-Security-Policy": appPolicy(nonce),
    "Cache-Control": "no-cache",
    Vary: "Accept-Encoding",
    ...(encoding !== "identity" && { "Content-Encoding": encoding }),
  });
}

function fileAnswer(context: Context, file: StaticFile, path: string): Response {
  const encoding = isCompressible(file.type)
    ? encodingFor(context.req.header("accept-encoding"))
    : "identity";
  const headers: Record<string, string> = {
    "Content-Type": file.type,
    ETag: file.etag,
    "Cache-Control": path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    Vary: "Accept-Encoding",
    "Content-Security-Policy": filePolicy(file.type, path),
  };
  if (context.req.header("if-none-match") === file.etag) return context.body(null, 304, headers);
  if (encoding !== "identity") headers["Content-Encoding"] = encoding;
  let bytes = file.encoded.get(encoding);
  if (bytes === undefined) {
    bytes = compress(file.bytes, encoding);
    file.encoded.set(encoding, bytes);
  }
  return bodyOf(context, bytes, headers);
}

function bodyOf(context: Context, bytes: Uint8Array, headers: Record<string, string>): Response {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- never over shared memory
  return context.body(bytes as Uint8Array<ArrayBuffer>, 200, headers);
}

/**
 * What a page of the workspace may do: run our scripts and WebAssembly (Argon2id), speak to this server alone. What stands in
 * the page itself, the script before the first paint and style elements,
 * need the nonce; style attributes, which Mantine sets by the hundred, can at worst paint.
 */
function appPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function filePolicy(type: string, path: string): string {
  if (path === "verify.html") return "frame-ancestors 'none'; base-uri 'none'";
  // A worker takes its policy from its own answer, not from the page that started it.
  if (type.startsWith("text/javascript"))
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
  return type.startsWith("text/html") ? appPolicy("none") : "default-src 'none'";
}

class StaticFiles {
  readonly #folder: string;
  readonly #read = new Map<string, StaticFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file of this path, read again when it was built anew; undefined when there is none. */
  at(path: string): StaticFile | undefined {
    // Decoded paths come from strangers: only plain names, never a way up.
    if (!/^[A-Za-z0-9_@-][A-Za-z0-9._@-]*(?:\/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*$/u.test(path))
      return undefined;
    const full = join(this.#folder, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return undefined;
    const stamp = `${stat.mtimeMs} ${stat.size}`;
    const known = this.#read.get(path);
    if (known?.stamp === stamp) return known;
    const bytes = new Uint8Array(readFileSync(full));
    const type = types[extname(path)] ?? "application/octet-stream";
    const text = type.startsWith("text/html") ? fromUtf8(bytes) : undefined;
    const encoded = new Map<Encoding, Uint8Array>();
    for (const [encoding, suffix] of [
      ["br", ".br"],
      ["gzip", ".gz"],
    ] as const) {
      const beside = statSync(full + suffix, { throwIfNoEntry: false });
      // One that is older belongs to an earlier build.
      if (beside !== undefined && beside.mtimeMs >= stat.mtimeMs)
        encoded.set(encoding, new Uint8Array(readFileSync(full + suffix)));
    }
    const file = {
      stamp,
      type,
      bytes,
      etag: `"${toBase64Url(sha256(bytes).subarray(0, 12))}"`,
      page: text?.includes(noncePlace) === true ? text : undefined,
      encoded,
    };
    this.#read.set(path, file);
    return file;
  }
}
