import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { actions } from "./actions.ts";
import { usePreferences } from "./preferences.tsx";
import { shownGroups } from "./routes.tsx";
import { useSignedIn } from "./signed-in.ts";

type Openers = { readonly openPalette: () => void; readonly openHelp: () => void };

/** The second key of a pair is waited for this long. */
const pairMs = 1200;

/**
 * The keys of the whole app. Read by their place on the keyboard and not by their letter: "g a" must work while the
 * Kazakh or Russian layout is on. Plain keys are silent in text fields and can be switched off (WCAG 2.1.4).
 */
export function useShortcuts({ openPalette, openHelp }: Openers): void {
  const [, navigate] = useLocation();
  const { areNamesHidden, hideNames, hasPlainKeys } = usePreferences();
  const { isSample, leave } = useSignedIn();
  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  const first = useRef<{ key: string; at: number } | undefined>(undefined);

  useEffect(() => {
    onKey.current = (event) => {
      if (event.isComposing || event.repeat) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK")
        return take(event, openPalette);
      if (event.code === "F8") return take(event, () => hideNames(!areNamesHidden));
      if (event.code === "F9" && !isSample) return take(event, () => void leave(true));
      if (!hasPlainKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?" || (event.shiftKey && event.code === "Slash")) return take(event, openHelp);
      const key = /^Key([A-Z])$/u.exec(event.code)?.[1]?.toLowerCase();
      if (key === undefined || event.shiftKey) return;
      const before = first.current;
      const pair =
        before !== undefined && Date.now() - before.at < pairMs ? `${before.key} ${key}` : undefined;
      first.current = { key, at: Date.now() };
      if (pair === undefined) return;
      const section = shownGroups.flat().find(({ key }) => `g ${key}` === pair);
      const act = section?.path ?? actions.find(({ keys }) => keys === pair)?.act;
      if (act === undefined) return;
      first.current = undefined;
      take(event, () => (typeof act === "string" ? navigate(act) : act()));
    };
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null);
