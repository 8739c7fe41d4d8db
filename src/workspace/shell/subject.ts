import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import type { Language } from "#language/language.ts";
import type { SectionId } from "./sections.ts";

/** A text that must be there before a subject's own words are loaded: names of screens, titles of actions. */
export type ThreeTexts = Readonly<Record<Language, string>>;

/** One address of the app. Its component reads parameters with `useParams()` of wouter. */
export type Screen = {
  /** Below `/app`, such as "/appeals/:id". Earlier screens win, so put "/appeals/new" before "/appeals/:id". */
  readonly path: string;
  /** For the tab, until the screen says more with `useTitle`. */
  readonly title: ThreeTexts;
  /** `screen(() => import("./AppealScreen.tsx"))`, made once at module level. */
  readonly screen: LazyScreen;
};

type LazyScreen = LazyExoticComponent<ComponentType> & { readonly load: () => Promise<unknown> };

/** A screen that is loaded when it is first opened, or a little earlier by its `load`. */
export function screen(load: () => Promise<{ readonly default: ComponentType }>): LazyScreen {
  return Object.assign(lazy(load), { load });
}

/** Something that can be done from the palette (Ctrl+K). */
export type Action = {
  readonly id: string;
  readonly title: ThreeTexts;
  /** Further words by which it is found, in any language, separated by blanks. */
  readonly also?: string;
  /** Path to go to, or what to do. */
  readonly act: string | (() => void);
  /** Shown beside it, such as "n a": pressed one after the other outside of text fields. */
  readonly keys?: string;
};

/**
 * What a folder of screens gives to the shell. It is loaded with the first screen, so it holds only names and lazy
 * imports; everything else stays behind them.
 */
export type Subject = {
  /** The entry of the rail that is lit while one of these screens is open. */
  readonly section: SectionId;
  readonly screens: readonly Screen[];
  readonly actions?: readonly Action[];
};
