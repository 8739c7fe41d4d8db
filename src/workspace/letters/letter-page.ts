/**
 * The page of a letter. Whoever opens it may have an old phone, little time and much fear: no framework, three large buttons,
 * and what happens to the answer in plain words.
 */
import "./letter-page.css";
import { formatDay } from "#language/dates.ts";
import { isLanguage, languageNames, languages, pickLanguage, type Language } from "#language/language.ts";
import { fetchLetter, sendAnswer, type FetchedLetter, type Trouble } from "./letter-client.ts";
import type { LetterAnswer } from "./letter.ts";
import { sampleFetch } from "./sample-fetch.ts";
import { pageWords } from "./page-words.ts";

type Given = Pick<LetterAnswer, "answer" | "text" | "name">;

type Stage =
  | { readonly at: "opening" }
  | { readonly at: "trouble"; readonly trouble: Trouble }
  | { readonly at: "question" }
  | { readonly at: "wrong" }
  | { readonly at: "sending" }
  | { readonly at: "failed"; readonly trouble: Trouble; readonly given: Given }
  | { readonly at: "sent"; readonly answer: LetterAnswer["answer"] };

/** A letter of the sample lies in the tab that it was written in. */
const isSample = location.search === "?sample";
const fetcher: typeof fetch = isSample ? sampleFetch : fetch;

let language: Language = pickLanguage(navigator.languages.join(","), "ru");
let letter: FetchedLetter | undefined;
let stage: Stage = { at: "opening" };
let [text, name] = ["", ""];

const place = document.getElementById("letter");
if (place === null) throw new Error("bug: the page has no place for the letter");
const root: HTMLElement = place;

void open();

async function open(): Promise<void> {
  show({ at: "opening" });
  const fetched = await fetchLetter(fetcher, location.hash);
  if (typeof fetched === "string") return show({ at: "trouble", trouble: fetched });
  letter = fetched;
  language = fetched.content.language;
  show({ at: "question" });
}

async function send(given: Given): Promise<void> {
  if (letter === undefined) return;
  show({ at: "sending" });
  const trouble = await sendAnswer(fetcher, letter, given);
  show(trouble === undefined ? { at: "sent", answer: given.answer } : { at: "failed", trouble, given });
}

function show(next: Stage): void {
  stage = next;
  draw();
  // Whoever listens to the page hears what it says now.
  document.querySelector<HTMLElement>("h1")?.focus();
}

function draw(): void {
  const words = pageWords[language];
  document.documentElement.lang = language;
  document.title = words.title;
  const note = isSample ? [element("p", { class: "soft" }, words.sample)] : [];
  root.replaceChildren(languageBar(), element("main", {}, ...note, ...contents()));
}

function contents(): Node[] {
  const words = pageWords[language];
  switch (stage.at) {
    case "opening":
      return [heading(words.opening)];
    case "sending":
      return [heading(words.sending)];
    case "trouble": {
      const { trouble } = stage;
      const isWorthRetry = trouble === "offline" || trouble === "busy" || trouble === "failed";
      return [
        heading(words[trouble]),
        ...(isWorthRetry ? [button(words.again, "main", () => void open())] : []),
      ];
    }
    case "failed": {
      const { given, trouble } = stage;
      return [
        heading(words[trouble]),
        button(words.again, "main", () => void send(given)),
        button(words.back, "quiet", () => show({ at: "question" })),
      ];
    }
    case "sent": {
      const said = { yes: words.yes, no: words.no, declined: words.declined }[stage.answer];
      return [
        heading(stage.answer === "declined" ? words.sentDeclined : words.sent),
        element("p", {}, words.youSaid(said)),
        element("p", { class: "soft" }, words.closePage),
        button(words.change, "quiet", () => show({ at: "question" })),
      ];
    }
    case "wrong":
      return [
        heading(words.no),
        field("textarea", words.wrongLabel, text, (value) => (text = value)),
        button(words.send, "main", () => void send({ answer: "no", text, name })),
        button(words.back, "quiet", () => show({ at: "question" })),
      ];
    case "question":
      return question();
  }
}

function question(): Node[] {
  const words = pageWords[language];
  if (letter === undefined) return [];
  const { foundation, question: asked, facts, role, expires } = letter.content;
  const day = formatDay(new Date(expires).toISOString().slice(0, 10), language);
  return [
    element("p", { class: "soft" }, words.from(foundation)),
    // The question is in the language of the letter, whatever the buttons speak.
    element("h1", { tabindex: "-1", lang: letter.content.language }, asked),
    element(
      "dl",
      { lang: letter.content.language },
      ...facts.map(({ name: term, value }) =>
        element("div", {}, element("dt", {}, term), element("dd", {}, value)),
      ),
    ),
    ...(role === "lawyer" ? [field("input", words.nameLabel, name, (value) => (name = value))] : []),
    button(words.yes, "main", () => void send({ answer: "yes", text: "", name })),
    button(words.no, "plain", () => show({ at: "wrong" })),
    button(words.declined, "quiet", () => void send({ answer: "declined", text: "", name: "" })),
    element("p", { class: "soft" }, words.free),
    element(
      "section",
      { class: "who" },
      element("h2", {}, words.whoTitle),
      element("p", {}, words.who(foundation)),
      element("p", {}, role === "lawyer" ? words.whoLawyer : words.whoBeneficiary),
      element("p", { class: "soft" }, words.until(day)),
    ),
  ];
}

function languageBar(): HTMLElement {
  const words = pageWords[language];
  return element(
    "nav",
    { "aria-label": words.language },
    ...languages.map((one) => {
      const choice = element("button", { type: "button", lang: one }, languageNames[one]);
      if (one === language) choice.setAttribute("aria-pressed", "true");
      choice.addEventListener("click", () => {
        if (isLanguage(one)) language = one;
        draw();
      });
      return choice;
    }),
  );
}

function heading(said: string): HTMLElement {
  return element("h1", { tabindex: "-1" }, said);
}

function button(label: string, kind: "main" | "plain" | "quiet", act: () => void): HTMLElement {
  const made = element("button", { type: "button", class: kind }, label);
  made.addEventListener("click", act);
  return made;
}

function field(
  tag: "input" | "textarea",
  label: string,
  value: string,
  onInput: (value: string) => void,
): HTMLElement {
  const made = document.createElement(tag);
  made.value = value;
  made.maxLength = tag === "input" ? 200 : 4000;
  made.autocomplete = "off";
  made.addEventListener("input", () => onInput(made.value));
  return element("label", {}, label, made);
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
