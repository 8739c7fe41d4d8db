import { Tooltip } from "@mantine/core";
import { TourButton } from "#workspace/tour/TourButton.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { ConnectionState } from "./ConnectionState.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { Notices } from "./Notices.tsx";
import { useWords } from "./language.tsx";
import { usePreferences } from "./preferences.tsx";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

type TopBarProps = { readonly onPalette: () => void; readonly onHelp: () => void };

/** Above every screen: go anywhere, how things stand with the server, and what is the person's own. */
export function TopBar({ onPalette, onHelp }: TopBarProps) {
  const words = useWords(shellWords);
  const { foundation } = useSignedIn();
  const { areNamesHidden, hideNames } = usePreferences();
  const eyeLabel = areNamesHidden ? words.showNames : words.hideNames;
  return (
    <header className="top-bar">
      <span className="top-name">{foundation.name}</span>
      <button type="button" className="top-search" onClick={onPalette}>
        <Icon name="search" size={18} />
        <span className="top-search-text">{words.findOrDo}</span>
        <kbd aria-hidden="true">{isApple ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <div className="top-tools">
        <TourButton />
        <ConnectionState />
        <Notices />
        <Tooltip label={`${eyeLabel} · F8`}>
          <button
            type="button"
            className="tool"
            aria-pressed={areNamesHidden}
            aria-label={words.hideNames}
            onClick={() => hideNames(!areNamesHidden)}
          >
            <Icon name={areNamesHidden ? "eyeOff" : "eye"} />
          </button>
        </Tooltip>
        <LanguageMenu />
        <AccountMenu onHelp={onHelp} />
      </div>
    </header>
  );
}

const isApple = /Mac|iPhone|iPad/u.test(navigator.userAgent);
