import { Menu } from "@mantine/core";
import { languageNames, languages } from "#language/language.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { useLanguage, useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** The language, inside the workspace: a menu, because the bar is narrow. */
export function LanguageMenu() {
  const { language, speak } = useLanguage();
  const words = useWords(shellWords);
  return (
    <Menu>
      <Menu.Target>
        <button
          type="button"
          className="tool tool-text tool-language"
          // Begins with what is seen, so that whoever speaks to her computer can name it.
          aria-label={`${language.toUpperCase()}, ${words.language}: ${languageNames[language]}`}
        >
          <Icon name="globe" />
          <span aria-hidden="true">{language.toUpperCase()}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.RadioItem
            key={one}
            value={one}
            lang={one}
            checked={one === language}
            checkIcon={<Icon name="check" size={16} />}
            closeMenuOnClick
            onChange={() => speak(one)}
          >
            {languageNames[one]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
