import { toBase64Url } from "#record/bytes.ts";
import { foundationName } from "../pages/layout.ts";
import type { PublicBooks } from "../public-books.ts";
import type { Reader } from "../reader.ts";
import { entryName, feedItems } from "./feed-items.ts";

export type FeedFile = { readonly type: string; readonly body: string };

/** `feed.xml` (Atom, RFC 4287) and `feed.json` (JSON Feed 1.1) of one language; undefined for any other name. */
export function feedFile(books: PublicBooks, name: string, reader: Reader): FeedFile | undefined {
  if (name === "feed.xml") return { type: "application/atom+xml; charset=utf-8", body: atom(books, reader) };
  if (name === "feed.json")
    return { type: "application/feed+json; charset=utf-8", body: jsonFeed(books, reader) };
  return undefined;
}

function atom(books: PublicBooks, reader: Reader): string {
  const { words, language, origin } = reader;
  const name = foundationName(books, reader).text;
  const items = feedItems(books, reader);
  const entries = items.map(
    ({ id, title, link, at, content }) => `<entry>
<id>${xml(id)}</id>
<title>${xml(title)}</title>
<link rel="alternate" type="text/html" href="${xml(link)}"/>
<updated>${time(at)}</updated>
<content type="html">${xml(content)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${xml(feedName(books, language))}</id>
<title>${xml(words.feedTitle(name))}</title>
<updated>${time(items[0]?.at ?? books.lastAt)}</updated>
<author><name>${xml(name)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`${origin}/${language}/feed.xml`)}"/>
<link rel="alternate" type="text/html" hreflang="${language}" href="${xml(`${origin}/${language}/`)}"/>
${entries.join("\n")}
</feed>
`;
}

function jsonFeed(books: PublicBooks, reader: Reader): string {
  const { words, language, origin } = reader;
  const name = foundationName(books, reader).text;
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: words.feedTitle(name),
    home_page_url: `${origin}/${language}/`,
    feed_url: `${origin}/${language}/feed.json`,
    language,
    authors: [{ name, url: `${origin}/${language}/` }],
    items: feedItems(books, reader).map(({ id, title, link, at, content }) => ({
      id,
      url: link,
      title,
      content_html: content,
      date_published: time(at),
    })),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** The feed is named after the log, not after its address; each language is a feed of its own. */
function feedName(books: PublicBooks, language: string): string {
  return `${entryName(books.genesis === undefined ? "" : toBase64Url(books.genesis))}?lang=${language}`;
}

/** RFC 3339. An author's clock may be nonsense; a year that no calendar has is shown as the beginning of time. */
function time(at: number): string {
  return new Date(at <= 253_402_300_799 ? at * 1000 : 0).toISOString().replace(".000Z", "Z");
}

/** Text in XML. Control characters, which XML cannot carry even escaped, become the sign for something unreadable. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
