import { html } from "hono/html";
import type { Reader } from "../reader.ts";
import type { Page } from "./layout.ts";

export function notFoundPage(reader: Reader): Page {
  const { words, language } = reader;
  return {
    name: "other",
    path: "",
    isMissing: true,
    title: words.notFound,
    description: words.notFound,
    body: html`<h1>${words.notFound}</h1>
      <p class="lead">${words.notFoundText}</p>
      <p><a href="/${language}/">${words.notFoundBack}</a></p>`,
  };
}
