/**
 * What the page of a letter does with the server. No cookie, no account; the key stays in this file's memory. The page passes
 * its own `fetch`.
 */
import { fromBase64Url, toBase64Url } from "#record/bytes.ts";
import { sealAnswer } from "#vault/keys/letter-answer.ts";
import { openLetter } from "#vault/open/letter.ts";
import { decodeLetter, encodeAnswer, type LetterAnswer, type LetterContent } from "./letter.ts";

export type Trouble = "incomplete" | "gone" | "damaged" | "offline" | "busy" | "full" | "failed";

export type FetchedLetter = { readonly content: LetterContent; readonly digest: string };

/** Reads `#<id>.<key>`; undefined when something of it is missing. */
export function readFragment(hash: string): { readonly id: string; readonly key: Uint8Array } | undefined {
  const [, id = "", text = ""] = /^#([A-Za-z0-9_-]{22,43})\.([A-Za-z0-9_-]{43})$/u.exec(hash) ?? [];
  const key = fromBase64Url(text);
  return key?.length === 32 ? { id, key } : undefined;
}

/** Fetches and opens the letter of a link. */
export async function fetchLetter(fetcher: typeof fetch, hash: string): Promise<FetchedLetter | Trouble> {
  const link = readFragment(hash);
  if (link === undefined) return "incomplete";
  const response = await request(fetcher, `/api/letters/${link.id}`);
  if (typeof response === "string") return response;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- opened under the key below, or not at all
  const { sealed } = (await response.json()) as { sealed?: string };
  const bytes = fromBase64Url(sealed ?? "");
  if (bytes === undefined) return "damaged";
  const opened = await openLetter(link.key, link.id, bytes);
  const content = opened.ok ? decodeLetter(opened.value) : undefined;
  if (!opened.ok || content === undefined || content.id !== link.id) return "damaged";
  return { content, digest: await digestOf(opened.value) };
}

/** Seals the answer for the room and leaves it with the server; undefined when it has arrived. */
export async function sendAnswer(
  fetcher: typeof fetch,
  { content, digest }: FetchedLetter,
  said: Pick<LetterAnswer, "answer" | "text" | "name">,
): Promise<Trouble | undefined> {
  const answer = encodeAnswer({
    v: 1,
    letter: content.id,
    question: digest,
    answer: said.answer,
    text: said.text,
    name: said.name,
    at: Math.floor(Date.now() / 1000),
  });
  const sealed = await sealAnswer(content.answerTo, answer);
  const response = await request(fetcher, `/api/letters/${content.id}/answers`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Aigaq": "1" },
    body: JSON.stringify({ sealed: toBase64Url(sealed) }),
  });
  return typeof response === "string" ? response : undefined;
}

/** By the browser itself: our own hashing would double the weight of the page. */
async function digestOf(letter: Uint8Array): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(letter))));
}

async function request(
  fetcher: typeof fetch,
  path: string,
  init: RequestInit = {},
): Promise<Response | Trouble> {
  try {
    const response = await fetcher(path, { ...init, credentials: "omit", cache: "no-store" });
    if (response.ok) return response;
    if (response.status === 404) return "gone";
    if (response.status === 409) return "full";
    if (response.status === 429) return "busy";
    return response.status >= 502 ? "offline" : "failed";
  } catch {
    return "offline";
  }
}
