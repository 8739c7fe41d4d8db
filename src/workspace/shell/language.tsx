import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { isLanguage, pickLanguage, type Language } from "#language/language.ts";

/** The messages of one subject: the same keys in each language, or it does not compile. */
export type Words<Messages> = Readonly<Record<Language, Messages>>;

type Speaking = { readonly language: Language; speak(language: Language): void };
const Context = createContext<Speaking | undefined>(undefined);
const storageKey = "aigaq-language";

/** Remembers the language on this device: the choice before a sign-in must hold after it. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = useCallback((next: Language) => {
    setLanguage(next);
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // A browser that keeps nothing still speaks the language until the tab is closed.
    }
  }, []);
  const speaking = useMemo(() => ({ language, speak }), [language, speak]);
  return <Context value={speaking}>{children}</Context>;
}

function firstLanguage(): Language {
  try {
    const kept = localStorage.getItem(storageKey);
    if (isLanguage(kept)) return kept;
  } catch {
    // As above.
  }
  return pickLanguage(navigator.languages.join(","), "ru");
}

/** The language on the screen and the way to change it. */
export function useLanguage(): Speaking {
  const speaking = useContext(Context);
  if (speaking === undefined) throw new Error("bug: words outside of LanguageProvider");
  return speaking;
}

/**
 * The messages of the language on the screen.
 *
 * @example const words = useWords(appealWords); <h1>{words.title}</h1>
 */
export function useWords<Messages>(words: Words<Messages>): Messages {
  return words[useLanguage().language];
}
