import { isLanguage, languages, type Language } from "#language/language.ts";

/** What was typed so far, without anything secret: it may outlive a reload inside the tab. */
export type Draft = {
  readonly step: number;
  readonly name: string;
  readonly currency: string;
  readonly languages: readonly Language[];
  readonly officerName: string;
  readonly lockKind: "passphrase" | "passkey";
  readonly trustees: readonly string[];
  readonly threshold: number;
};

/** The steps, in order. */
export const steps = ["foundation", "you", "trustees", "sheets", "start"] as const;

const storageKey = "aigaq-first-run";

export const emptyDraft = (language: Language): Draft => ({
  step: 0,
  name: "",
  currency: "KZT",
  languages: [language, ...languages.filter((one) => one !== language)],
  officerName: "",
  lockKind: "passphrase",
  trustees: ["", "", ""],
  threshold: 2,
});

/** The draft of this tab; undefined when there is none, or what is kept is not one. */
export function keptDraft(): Draft | undefined {
  try {
    return readDraft(JSON.parse(sessionStorage.getItem(storageKey) ?? "null"));
  } catch {
    return undefined;
  }
}

/** Whether the page was loaded anew after keys had been made: they were forgotten with it. */
export function lostKeys(): boolean {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    return typeof kept === "object" && kept !== null && "step" in kept && Number(kept.step) >= 3;
  } catch {
    return false;
  }
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing loses the words on a reload, and only those.
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // As above.
  }
}

/** Goes back at most to the step where secrets are typed: those were never kept. */
export function readDraft(value: unknown): Draft | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const at = new Map<string, unknown>(Object.entries(value));
  const texts = (name: string): string[] => {
    const list = at.get(name);
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
  };
  const text = (name: string): string => {
    const found = at.get(name);
    return typeof found === "string" ? found : "";
  };
  const step = at.get("step");
  const threshold = at.get("threshold");
  const trustees = texts("trustees").slice(0, trusteesMax);
  if (typeof step !== "number" || typeof threshold !== "number" || trustees.length < 2) return undefined;
  return {
    step: Math.max(0, Math.min(1, Math.trunc(step))),
    name: text("name"),
    currency: text("currency"),
    languages: texts("languages").filter((one) => isLanguage(one)),
    officerName: text("officerName"),
    lockKind: text("lockKind") === "passkey" ? "passkey" : "passphrase",
    trustees,
    threshold: Math.max(2, Math.min(trustees.length, Math.trunc(threshold))),
  };
}

export const trusteesMax = 9;
