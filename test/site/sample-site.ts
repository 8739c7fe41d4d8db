import { CloseBooks } from "#domain/funds/close-books.ts";
import { decideClose } from "#domain/funds/decide-close.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { parseEntry } from "#record/entry.ts";
import { expectOk } from "#record/result.ts";
import { openSite, type Site, type SiteParts } from "#site/site.ts";
import type { Books } from "#test/books/books.ts";
import { sampleBooks } from "#test/dossier/sample-books.ts";
import { SignedLog } from "#test/dossier/signed-books.ts";

export const origin = "https://fund.example";

/** Closes the weeks given, each after the other, as an accountant does on Mondays. */
export function closeWeeks(books: Books, weeks: readonly string[], today = "2026-01-01"): void {
  for (const week of weeks) {
    const closes = new CloseBooks();
    for (const entry of books.entries) closes.see(entry);
    books.appendAll(decideClose(books.state, closes, { week, today }));
  }
}

/** A log of signed entries, and a site that has taken each of them: nothing of it was opened for the site. */
export class PublicLog {
  readonly log = new SignedLog();
  readonly site: Site;

  constructor(parts?: SiteParts) {
    this.site = openSite(parts);
  }

  append(draft: Parameters<SignedLog["append"]>[0]): string {
    const { jwt } = this.log.append(draft);
    this.site.take(expectOk(parseEntry(jwt)), this.log.entries.length - 1);
    return jwt;
  }

  /** An entry of public fields alone. */
  say(type: string, pub: JsonObject, stream = "funds"): void {
    this.append({ type, pub, stream });
  }

  page(path: string): string {
    return this.site.respond(path, { origin })?.body ?? "";
  }
}

/** Signs what the books hold. Entries name each other by other hashes then, which no public figure looks at. */
export function publish(books: Books, parts?: SiteParts): PublicLog {
  const published = new PublicLog(parts);
  for (const { type, stream, pub, hidden, items } of books.entries) {
    if (type === "genesis") published.log.genesis("Үлгі", "KZT");
    else {
      published.append({
        type,
        stream: stream?.id,
        pub,
        hidden,
        ...(items.length > 0 && { items: openItems(items) }),
      });
      continue;
    }
    const { jwt = "" } = published.log.entries[0] ?? {};
    published.site.take(expectOk(parseEntry(jwt)), 0);
  }
  return published;
}

function openItems(items: Books["entries"][number]["items"]) {
  return items.flatMap((item) => (item === undefined ? [] : [item]));
}

/** The sample foundation with its weeks closed, a correction, and what its people know. */
export async function sampleSite(parts?: SiteParts): Promise<{ books: Books; published: PublicLog }> {
  const books = await sampleBooks();
  closeWeeks(books, ["2025-W10", "2025-W18", "2025-W24"]);
  return { books, published: publish(books, parts) };
}

/** Every address that the site offers in its own pages, found by following them from the front pages. */
export function everyAddress({ site }: PublicLog): Map<string, string> {
  const found = new Map<string, string>();
  const waiting = ["/kk/", "/ru/", "/en/", "/sitemap.xml", "/robots.txt"];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const answer = site.respond(path, { origin });
    if (answer?.status !== 200) continue;
    const { body } = answer;
    found.set(path, body);
    for (const [, link = ""] of body.matchAll(/(?:href="|<loc>)(?:https:\/\/fund\.example)?(\/[^"#<]*)/gu))
      waiting.push(link);
  }
  return found;
}
