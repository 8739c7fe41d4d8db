import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";

type Density = "light" | "dense";

type Preferences = {
  /** Height of rows in tables. */
  readonly density: Density;
  setDensity(density: Density): void;
  /** Someone stands behind: names, phones and account numbers are blurred. */
  readonly areNamesHidden: boolean;
  hideNames(areHidden: boolean): void;
  /** Whether single letters are shortcuts; who speaks to her computer turns them off. */
  readonly hasPlainKeys: boolean;
  setPlainKeys(are: boolean): void;
};

const Context = createContext<Preferences | undefined>(undefined);

/** How this person likes her screen; kept on this device. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [density, setDensity] = useKept<Density>("aigaq-density", "light", (text) =>
    text === "dense" ? "dense" : "light",
  );
  const [hidden, setHidden] = useKept("aigaq-hide-names", "no", yesOrNo);
  const [plainKeys, setPlain] = useKept("aigaq-plain-keys", "yes", yesOrNo);
  useLayoutEffect(() => {
    document.documentElement.dataset["density"] = density;
    document.documentElement.dataset["hideNames"] = hidden;
  }, [density, hidden]);
  const hideNames = useCallback((areHidden: boolean) => setHidden(areHidden ? "yes" : "no"), [setHidden]);
  const setPlainKeys = useCallback((are: boolean) => setPlain(are ? "yes" : "no"), [setPlain]);
  const preferences = useMemo(
    () => ({
      density,
      setDensity,
      areNamesHidden: hidden === "yes",
      hideNames,
      hasPlainKeys: plainKeys === "yes",
      setPlainKeys,
    }),
    [density, setDensity, hidden, hideNames, plainKeys, setPlainKeys],
  );
  return <Context value={preferences}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (preferences === undefined) throw new Error("bug: outside of PreferencesProvider");
  return preferences;
}

type YesOrNo = "yes" | "no";
const yesOrNo = (text: string): YesOrNo => (text === "yes" ? "yes" : "no");

function useKept<T extends string>(
  key: string,
  first: T,
  read: (text: string) => T,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? first : read(kept);
    } catch {
      return first;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // A browser that keeps nothing forgets it with the tab.
      }
    },
    [key],
  );
  return [value, keep];
}
