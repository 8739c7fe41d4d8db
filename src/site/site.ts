import { pickLanguage, isLanguage, type Language } from "#language/language.ts";
import type { ParsedEntry } from "#record/entry.ts";
import { allFigures, appealFigures } from "./figures.ts";
import { appealPage } from "./pages/appeal.ts";
import { appealsPage } from "./pages/appeal-cards.ts";
import { checkPage } from "./pages/check.ts";
import { correctionsPage } from "./pages/corrections.ts";
import { freezesPage } from "./pages/freezes.ts";
import { frontPage } from "./pages/front.ts";
import { layout, type Page } from "./pages/layout.ts";
import { notFoundPage } from "./pages/not-found.ts";
import { PublicBooks } from "./public-books.ts";
import { readerOf } from "./reader.ts";
import { statementDocument } from "./pdf/statement.ts";
import type { TypstDocument } from "./pdf/typst.ts";
import { icon, stylePath, styleSheet } from "./style.ts";
import { dataFile } from "./data/files.ts";
import { feedFile } from "./feeds/feeds.ts";

/** What a browser asked with, as far as the site needs it. `origin` is the address under which people reach the server. */
export type SiteRequest = { readonly acceptLanguage?: string | undefined; readonly origin: string };

export type SiteAnswer = {
  readonly status: 200 | 302 | 308 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type PdfAnswer = {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/**
 * The public site over one log. Pure: the same entries and the same question give the same bytes, and nothing is known here
 * that is not public.
 */
export type Site = {
  /** Takes the next entry of the log; `index` counts from 0 without a gap. Disclosures are never needed. */
  take(parsed: ParsedEntry, index: number): void;
  /** The answer to GET of a path (with its query cut off); undefined: not an address of the site. */
  respond(path: string, request: SiteRequest): SiteAnswer | undefined;
  /** The statement of an appeal, `/ru/appeals/A-2025-003/statement.pdf`; undefined: not the address of one. */
  pdf(path: string, request: SiteRequest): Promise<PdfAnswer | undefined>;
};

export type SiteParts = {
  /** Typesets a statement, best in another thread: it takes a tenth of a second. Without it there are no statements, and no links to them. */
  readonly makePdf?: (document: TypstDocument) => Promise<Uint8Array>;
};

/**
 * Opens an empty site. Feed it the log, then ask.
 *
 * @example
 * const site = openSite();
 * for await (const { jwt, index } of store.entries(0, size)) { const parsed = parseEntry(jwt); if (parsed.ok) site.take(parsed.value, index); }
 * site.respond("/kk/", { origin: "https://fund.example" })?.body
 */
export function openSite({ makePdf }: SiteParts = {}): Site {
  const books = new PublicBooks();
  return {
    take: (parsed, index) => books.take(parsed, index),
    respond(path, request) {
      if (path === "/")
        return redirect(302, `/${pickLanguage(request.acceptLanguage, preferred(request))}/`, true);
      return answerTo(books, path, request.origin, makePdf !== undefined);
    },
    async pdf(path, request) {
      const document = documentAt(books, path, request.origin);
      if (document === undefined || makePdf === undefined) return undefined;
      const body = await makePdf(document);
      return { status: 200, headers: { "content-type": "application/pdf", "cache-control": freshly }, body };
    },
  };
}

/** Nobody said what he reads: in Kazakhstan the state language. Whoever asks for other languages only gets English. */
function preferred({ acceptLanguage }: SiteRequest): Language {
  const asks = acceptLanguage?.trim() ?? "";
  return asks === "" || asks === "*" ? "kk" : "en";
}

/** A page may change with the next entry, and then a reader must not be shown the old one. */
const freshly = "no-cache";

const statementPath = /^\/(kk|ru|en)\/appeals\/([^/]+)\/statement\.pdf$/u;

function documentAt(books: PublicBooks, path: string, origin: string): TypstDocument | undefined {
  const [, language, id = ""] = statementPath.exec(path) ?? [];
  const appeal = books.now.appeals.get(decoded(id));
  if (!isLanguage(language) || appeal === undefined) return undefined;
  return statementDocument(books, appealFigures(books, appeal), readerOf(language, origin));
}

function answerTo(books: PublicBooks, path: string, origin: string, hasPdf: boolean): SiteAnswer | undefined {
  if (path === stylePath)
    return file(styleSheet, "text/css; charset=utf-8", "public, max-age=31536000, immutable");
  if (path === "/icon.svg") return file(icon, "image/svg+xml", "public, max-age=86400");
  const found = dataFile(books, path, origin);
  if (found !== undefined) return file(found.body, found.type);
  const [, first = "", ...rest] = path.split("/");
  if (!isLanguage(first) || (hasPdf && documentAt(books, path, origin) !== undefined)) return undefined;
  const language = first;
  if (rest.length === 0) return redirect(308, `/${language}/`);
  const last = rest.at(-1);
  if (rest.length > 1 && last === "") return redirect(308, path.replace(/\/+$/u, ""));
  const reader = readerOf(language, origin, hasPdf);
  const feed = feedFile(books, rest.join("/"), reader);
  if (feed !== undefined) return file(feed.body, feed.type);
  const page = pageOf(books, rest, reader);
  const body = layout(books, reader, page);
  return {
    ...file(body, "text/html; charset=utf-8"),
    status: page.isMissing === true ? 404 : 200,
    headers: {
      ...file(body, "text/html; charset=utf-8").headers,
      "content-language": language,
      "content-security-policy": pagePolicy,
    },
  };
}

/** Nothing runs, nothing is fetched from elsewhere, nobody frames the page. JSON-LD is data and needs no permission. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function pageOf(books: PublicBooks, rest: readonly string[], reader: ReturnType<typeof readerOf>): Page {
  const [name = "", id, ...more] = rest;
  if (id === undefined) {
    if (name === "") return frontPage(books, allFigures(books), reader);
    if (name === "appeals") return appealsPage(books, allFigures(books), reader);
    if (name === "corrections") return correctionsPage(books, reader);
    if (name === "freezes") return freezesPage(books, reader);
    if (name === "check") return checkPage(books, reader);
  }
  if (name === "appeals" && id !== undefined && more.length === 0) {
    const appeal = books.now.appeals.get(decoded(id));
    if (appeal !== undefined) return appealPage(books, appealFigures(books, appeal), reader);
  }
  return notFoundPage(reader);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}

function file(body: string, type: string, caching = freshly): SiteAnswer {
  return {
    status: 200,
    headers: {
      "content-type": type,
      "cache-control": caching,
    },
    body,
  };
}

function redirect(status: 302 | 308, location: string, dependsOnLanguage = false): SiteAnswer {
  return {
    status,
    headers: {
      location,
      "cache-control": dependsOnLanguage ? "no-store" : "public, max-age=86400",
      ...(dependsOnLanguage ? { vary: "Accept-Language" } : {}),
    },
    body: "",
  };
}
