import { html, raw } from "hono/html";
import { formatDay } from "#language/dates.ts";
import { languageNames, languages } from "#language/language.ts";
import { told, toldHtml, type Html, type Reader, type Told } from "../reader.ts";
import type { PublicBooks } from "../public-books.ts";
import { stylePath } from "../style.ts";

export type PageName = "home" | "appeals" | "corrections" | "freezes" | "check" | "other";

export type Page = {
  readonly name: PageName;
  /** After the language: "" for the front page, "appeals/A-2025-003". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly body: Html;
  /** Data for machines (schema.org); a browser does not run it, so no script is allowed for it. */
  readonly data?: readonly object[];
  /** A page that stands for no address of its own, so it names none. */
  readonly isMissing?: boolean;
};

/** The foundation's name as its policy gives it, else as its first entry does. */
export function foundationName(books: PublicBooks, reader: Reader): Told {
  const otherwise = books.now.name.trim() === "" ? reader.words.nameless : books.now.name;
  return told(reader, books.names, otherwise);
}

/** A whole page. The language switch leads to the same page in the other language. */
export function layout(books: PublicBooks, reader: Reader, page: Page): string {
  const { language, words, origin } = reader;
  const name = foundationName(books, reader);
  const at = (of: string) => `${origin}/${of}/${page.path}`;
  const title = page.title === name.text ? page.title : `${page.title} · ${name.text}`;
  const menu = [
    ["home", "", words.home],
    ["appeals", "appeals", words.appeals],
    ["check", "check", words.check],
  ] as const;
  const here = (is: boolean) => (is ? html` aria-current="page"` : "");
  const switchTo = page.isMissing === true ? "" : page.path;
  return String(
    html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>${title}</title>
          <meta name="description" content="${page.description}" />
          ${
            page.isMissing === true
              ? html`<meta name="robots" content="noindex" />`
              : html`<link rel="canonical" href="${at(language)}" />
                  ${languages.map((of) => html`<link rel="alternate" hreflang="${of}" href="${at(of)}" />`)}
                  <link
                    rel="alternate"
                    hreflang="x-default"
                    href="${origin}/${page.path === "" ? "" : `en/${page.path}`}"
                  />
                  <meta property="og:type" content="website" />
                  <meta property="og:title" content="${page.title}" />
                  <meta property="og:description" content="${page.description}" />
                  <meta property="og:site_name" content="${name.text}" />
                  <meta property="og:url" content="${at(language)}" />`
          }
          <link rel="stylesheet" href="${stylePath}" />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          <link
            rel="alternate"
            type="application/atom+xml"
            href="/${language}/feed.xml"
            title="${words.feedTitle(name.text)}"
          />
          <link
            rel="alternate"
            type="application/feed+json"
            href="/${language}/feed.json"
            title="${words.feedTitle(name.text)}"
          />
          ${(page.data ?? []).map(
            (one) =>
              html`<script type="application/ld+json">
                ${raw(scriptJson(one))}
              </script>`,
          )}
        </head>
        <body>
          <a class="skip" href="#main">${words.skip}</a>
          <header class="top">
            <div class="in">
              <a class="name" href="/${language}/">${toldHtml(name)}</a>
              <nav class="langs" aria-label="${words.languages}">
                <ul>
                  ${languages.map(
                    (of) =>
                      html`<li>
                        <a href="/${of}/${switchTo}" lang="${of}" hreflang="${of}" ${here(of === language)}
                          >${languageNames[of]}</a
                        >
                      </li>`,
                  )}
                </ul>
              </nav>
              <nav class="menu" aria-label="${words.menu}">
                <ul>
                  ${menu.map(
                    ([of, path, text]) =>
                      html`<li><a href="/${language}/${path}" ${here(of === page.name)}>${text}</a></li>`,
                  )}
                </ul>
              </nav>
            </div>
          </header>
          <main id="main" class="in" tabindex="-1">
            ${page.name === "freezes" ? "" : frozenNotice(books, reader)} ${page.body}
            <p class="print note">${words.printed}: ${at(language)}</p>
          </main>
          <footer>
            <div class="in">
              <ul>
                <li>
                  <a href="/${language}/corrections" ${here(page.name === "corrections")}
                    >${words.corrections}</a
                  >
                </li>
                <li><a href="/${language}/freezes" ${here(page.name === "freezes")}>${words.freezes}</a></li>
                <li><a href="/${language}/feed.xml">Atom</a></li>
                <li><a href="/${language}/feed.json">JSON Feed</a></li>
                <li><a href="/data/360giving.json">360Giving</a></li>
              </ul>
              <p>${words.footer}</p>
            </div>
          </footer>
        </body>
      </html> `,
  );
}

/** JSON in a script element ends at `</script` whatever is quoted around it, so no `<` stands in it. */
function scriptJson(data: object): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** Whoever is about to give must know at once that an account is frozen. */
function frozenNotice(books: PublicBooks, reader: Reader): Html | "" {
  const frozen = [...books.now.accounts.values()].flatMap(({ frozen: found }) => found ?? []);
  const first = frozen.map(({ date }) => date).toSorted()[0];
  if (first === undefined) return "";
  const { words, language } = reader;
  return html`<aside class="stop" aria-label="${words.freezes}">
    <p>
      <strong>${words.frozenNotice(formatDay(first, language))}</strong>
      <a href="/${language}/freezes">${words.frozenNoticeText}</a>
    </p>
  </aside>`;
}
