import { languages } from "#language/language.ts";
import type { PublicBooks } from "../public-books.ts";
import { appealCsv, appealJson } from "./appeal-data.ts";
import { giving360 } from "./giving360.ts";
import { sitemap } from "./sitemap.ts";

export type DataFile = { readonly type: string; readonly body: string };

/** What stands under no language: figures as data, and the files that robots read. */
export function dataFile(books: PublicBooks, path: string, origin: string): DataFile | undefined {
  if (path === "/sitemap.xml")
    return { type: "application/xml; charset=utf-8", body: sitemap(books, origin) };
  if (path === "/robots.txt") return { type: "text/plain; charset=utf-8", body: robots(origin) };
  if (path === "/data/360giving.json") return json(giving360(books, origin));
  const found = /^\/data\/appeals\/([^/]+)\.(csv|json)$/u.exec(path);
  if (found === null) return undefined;
  const [, segment = "", kind] = found;
  const appeal = [...books.now.appeals.values()].find(
    ({ id }) => encodeURIComponent(id) === segment || id === segment,
  );
  if (appeal === undefined) return undefined;
  if (kind === "csv") return { type: "text/csv; charset=utf-8", body: appealCsv(books, appeal) };
  return json(appealJson(books, appeal, origin));
}

function json(body: string): DataFile {
  return { type: "application/json; charset=utf-8", body };
}

/** Public pages are there to be found; the staff's program and its interface are not pages. */
function robots(origin: string): string {
  return `User-agent: *
Disallow: /app/
Disallow: /api/
Disallow: /tile/
Allow: /
${languages.map((language) => `Allow: /${language}/`).join("\n")}
Sitemap: ${origin}/sitemap.xml
`;
}
