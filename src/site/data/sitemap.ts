import { languages } from "#language/language.ts";
import { xml } from "../feeds/feeds.ts";
import type { PublicBooks } from "../public-books.ts";

/** All pages with their other languages (sitemaps.org 0.9, hreflang alternates). */
export function sitemap(books: PublicBooks, origin: string): string {
  const paths = [
    "",
    "appeals",
    "check",
    "corrections",
    "freezes",
    ...[...books.now.appeals.keys()].map((id) => `appeals/${encodeURIComponent(id)}`),
  ];
  const at = (language: string, path: string) => xml(`${origin}/${language}/${path}`);
  const urls = paths.flatMap((path) =>
    languages.map(
      (language) =>
        `<url><loc>${at(language, path)}</loc>${languages
          .map((of) => `<xhtml:link rel="alternate" hreflang="${of}" href="${at(of, path)}"/>`)
          .join("")}</url>`,
    ),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join("\n")}
</urlset>
`;
}
