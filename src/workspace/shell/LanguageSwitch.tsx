import { languageNames, languages } from "#language/language.ts";
import { useLanguage, useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** All three languages in their own words, one press each: whoever cannot read this page must find it. */
export function LanguageSwitch() {
  const { language, speak } = useLanguage();
  const words = useWords(shellWords);
  return (
    <div className="languages" role="group" aria-label={words.language}>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          className="languages-one"
          onClick={() => speak(one)}
        >
          {languageNames[one]}
        </button>
      ))}
    </div>
  );
}
