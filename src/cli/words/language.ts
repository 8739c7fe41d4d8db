import type { Language } from "#language/language.ts";
import type { en } from "./en.ts";

export type { Language };
/** Each message by name; a missing one in `kk.ts` or `ru.ts` is a type error. */
export type Words = typeof en;

const isLanguage = (text: string | undefined): text is Language =>
  text === "kk" || text === "ru" || text === "en";

/** `--lang kk`, else AIGAQ_LANG, else the terminal's locale, else English. */
export function chooseLanguage(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const flag = argv.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const asked = flag === -1 ? undefined : (argv[flag]?.split("=")[1] ?? argv[flag + 1]);
  if (isLanguage(asked)) return asked;
  const fromEnvironment = environment["AIGAQ_LANG"];
  if (isLanguage(fromEnvironment)) return fromEnvironment;
  const locale = (environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? "").slice(
    0,
    2,
  );
  return isLanguage(locale) ? locale : "en";
}

export async function loadWords(language: Language): Promise<Words> {
  switch (language) {
    case "kk":
      return (await import("./kk.ts")).kk;
    case "ru":
      return (await import("./ru.ts")).ru;
    case "en":
      return (await import("./en.ts")).en;
  }
}
