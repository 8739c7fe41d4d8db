import { Spotlight, spotlight } from "@mantine/spotlight";
import { useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { foldText, latinSkeleton } from "#language/fold.ts";
import { languageNames } from "#language/language.ts";
import { Icon, type IconName } from "#workspace/ui/icons.tsx";
import { actions } from "./actions.ts";
import { useLanguage, useWords } from "./language.tsx";
import { usePreferences } from "./preferences.tsx";
import { shownGroups } from "./routes.tsx";
import { useFound } from "./search-source.ts";
import { useSignedIn } from "./signed-in.ts";
import type { ThreeTexts } from "./subject.ts";
import { shellWords } from "./words.ts";

type Entry = {
  readonly id: string;
  readonly label: string;
  /** All three languages and further words: whoever thinks in another language finds it too. */
  readonly known: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly act: () => void;
};

/** Ctrl+K: go to any screen, do anything, find anything, without the mouse. */
export default function Palette({ onHelp }: { readonly onHelp: () => void }) {
  const words = useWords(shellWords);
  const { language, speak } = useLanguage();
  const [, navigate] = useLocation();
  const { areNamesHidden, hideNames } = usePreferences();
  const { isSample, leave } = useSignedIn();
  const [query, setQuery] = useState("");
  const found = useFound(query);
  // The program was loaded because somebody pressed the keys: open at once.
  useEffect(() => spotlight.open(), []);

  const known = ({ kk, ru, en }: ThreeTexts, also = "") => [kk, ru, en, also].join(" ");
  const screens: readonly Entry[] = shownGroups.flat().map(({ id, title, icon, key, path }) => ({
    id: `go-${id}`,
    label: title[language],
    known: known(title),
    icon,
    keys: `g ${key}`,
    act: () => navigate(path),
  }));
  const deeds: readonly Entry[] = [
    ...actions.map(({ id, title, also, keys, act }) => ({
      id,
      label: title[language],
      known: known(title, also),
      ...(keys !== undefined && { keys }),
      act: () => (typeof act === "string" ? navigate(act) : act()),
    })),
    own("hide", areNamesHidden ? "showNames" : "hideNames", areNamesHidden ? "eye" : "eyeOff", "F8", () =>
      hideNames(!areNamesHidden),
    ),
    own("help", "shortcuts", "keyboard", "?", onHelp),
    ...(isSample ? [] : [own("lock", "lock", "lock", "F9", () => void leave(true))]),
    own("sign-out", isSample ? "leaveSample" : "signOut", "signOut", undefined, () => void leave(false)),
    ...(["kk", "ru", "en"] as const)
      .filter((one) => one !== language)
      .map((one) => ({
        id: `speak-${one}`,
        label: languageNames[one],
        known: `${languageNames[one]} ${shellWords.en.language} ${shellWords.ru.language} ${shellWords.kk.language}`,
        icon: "globe" as const,
        act: () => speak(one),
      })),
  ];

  const matches = useMemo(() => matcher(query), [query]);
  const groups = [
    { label: words.goTo, entries: screens.filter(({ known }) => matches(known)) },
    { label: words.doThis, entries: deeds.filter(({ known }) => matches(known)) },
    {
      label: words.found,
      entries: found.map(({ id, title, path }) => ({
        id: `found-${id}`,
        label: title,
        icon: "search" as const,
        act: () => navigate(path),
      })),
    },
    {
      label: words.everywhere,
      entries:
        query.trim() === "" || !hasSearch
          ? []
          : [
              {
                id: "search-all",
                label: words.searchEverything(query.trim()),
                icon: "search" as const,
                act: () => navigate("/search", { state: { query: query.trim() } }),
              },
            ],
    },
  ].filter(({ entries }) => entries.length > 0);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      title={words.findOrDo}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={600}
    >
      <Spotlight.Search
        placeholder={words.findOrDo}
        aria-label={words.findOrDo}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, entries }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {entries.map((entry) => (
              <Spotlight.Action key={entry.id} onClick={entry.act} className="palette-action">
                {entry.icon !== undefined && <Icon name={entry.icon} size={18} />}
                <span className="palette-label">{entry.label}</span>
                {"keys" in entry && entry.keys !== undefined && (
                  <span className="palette-keys">
                    {entry.keys.split(" ").map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </span>
                )}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{words.noneFound}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );

  function own(
    id: string,
    key: "showNames" | "hideNames" | "shortcuts" | "lock" | "leaveSample" | "signOut",
    icon: IconName,
    keys: string | undefined,
    act: () => void,
  ): Entry {
    const title = { kk: shellWords.kk[key], ru: shellWords.ru[key], en: shellWords.en[key] };
    return {
      id,
      label: title[language],
      known: known(title),
      icon,
      ...(keys !== undefined && { keys }),
      act,
    };
  }
}

const hasSearch = shownGroups.flat().some(({ id }) => id === "search");

/** Every word typed must begin a word that is known, in whichever alphabet it was typed. */
function matcher(query: string): (known: string) => boolean {
  const typed = wordsOf(query);
  return (known) => {
    const words = wordsOf(known);
    return typed.every((one) => words.some((word) => word.startsWith(one)));
  };
}

const wordsOf = (text: string): readonly string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => latinSkeleton(word));
