import { html } from "hono/html";
import { entryLabel } from "#domain/catalogue.ts";
import { endReasonLabels, labelOf } from "#domain/funds/labels.ts";
import { closedWeeks } from "../closed-weeks.ts";
import type { EntryRef } from "../entry-refs.ts";
import { weekText } from "../pages/parts.ts";
import type { PublicBooks } from "../public-books.ts";
import { sumText, told, type Html, type Reader } from "../reader.ts";

/** One thing that happened, in one language. `id` is the name of its entry (RFC 6920), so it stays when the address moves. */
export type FeedItem = {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** The author's clock. */
  readonly at: number;
  readonly content: string;
};

/** A feed is news, not the record: the record is whole elsewhere. */
const itemsMax = 50;

/** Newest first: closed weeks, appeals and their ends, posts, corrections, freezes and releases. */
export function feedItems(books: PublicBooks, reader: Reader): FeedItem[] {
  const { words, language, origin } = reader;
  const at = (path: string) => `${origin}/${language}/${path}`;
  const item = (entry: EntryRef, title: string, link: string, content: Html): FeedItem => ({
    id: entryName(entry.hash),
    title,
    link,
    at: entry.at,
    content: String(content),
  });
  const titleOf = (appeal: string) => {
    const found = books.now.appeals.get(appeal);
    return found === undefined ? appeal : told(reader, found.title, appeal).text;
  };
  const appealAt = (appeal: string) => at(`appeals/${encodeURIComponent(appeal)}`);
  const weeks = closedWeeks(books).map(({ entry, week, closes }) =>
    item(
      entry,
      words.feedClose(weekText(reader, { week })),
      at(""),
      html`<table>
        <thead>
          <tr>
            <th>${words.appeals}</th>
            <th>${words.count}</th>
            <th>${words.received}</th>
          </tr>
        </thead>
        <tbody>
          ${closes.map(
            (close) =>
              html`<tr>
                <td><a href="${appealAt(close.appeal)}">${titleOf(close.appeal)} (${close.appeal})</a></td>
                <td>${words.gifts(close.count)}</td>
                <td>${sumText(reader, close.minor, close.currency)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    ),
  );
  const appeals = [...books.now.appeals.keys()].flatMap((id) =>
    books.refsNow
      .of(id, "opened")
      .slice(0, 1)
      .map((entry) =>
        item(entry, words.feedAppeal(titleOf(id)), appealAt(id), html`<p>${words.code(id)}</p>`),
      ),
  );
  const ends = books.ends.map(({ entry, appeal, kind, text }) =>
    item(
      entry,
      kind === "ended" ? words.feedEnded(titleOf(appeal)) : words.feedReopened(titleOf(appeal)),
      appealAt(appeal),
      html`<p>${kind === "ended" ? labelOf(endReasonLabels, text, language) : text}</p>`,
    ),
  );
  const posts = [...books.now.appeals.keys()].flatMap((id) => {
    const refs = books.refsNow.of(id, "asked");
    const own = [...books.now.posts.values()].filter((post) => post.appeal === id);
    // Each post has one entry; where one was recorded twice the two lists differ, and the feed leaves it out.
    if (refs.length !== own.length) return [];
    return own.flatMap((post, i) => {
      const entry = refs[i];
      if (entry === undefined) return [];
      const title = post.kind === "repost" ? words.feedRepost(titleOf(id)) : words.feedPost(titleOf(id));
      return item(
        entry,
        title,
        appealAt(id),
        html`<p>${words.asked}: ${sumText(reader, post.target.minor, post.target.currency)}</p>`,
      );
    });
  });
  const corrections = books.corrections.map(({ entry, target, reason }) =>
    item(
      entry,
      words.feedCorrection,
      at(`corrections#e${entry.index}`),
      html`<p>
        ${target === undefined ? words.unknownEntry : entryLabel(target.type, language)}: ${reason}
      </p>`,
    ),
  );
  const freezes = books.freezes.map(({ entry, kind, detail }) =>
    item(
      entry,
      kind === "frozen" ? words.feedFrozen : words.feedReleased,
      at(`freezes#e${entry.index}`),
      html`<p>${detail}</p>`,
    ),
  );
  return [...weeks, ...appeals, ...ends, ...posts, ...corrections, ...freezes]
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : b.at - a.at))
    .slice(0, itemsMax);
}

/** The name of a thing by its hash, RFC 6920: `ni:///sha-256;…` with the hash in base64url, as entries are named anyway. */
export function entryName(hash: string): string {
  return `ni:///sha-256;${hash}`;
}
