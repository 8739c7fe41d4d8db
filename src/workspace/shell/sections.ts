import type { IconName } from "#workspace/ui/icons.tsx";
import type { ThreeTexts } from "./subject.ts";

export type SectionId =
  | "overview"
  | "import"
  | "matching"
  | "appeals"
  | "posts"
  | "spending"
  | "accounts"
  | "periods"
  | "dossiers"
  | "members"
  | "activity"
  | "search"
  /** Screens that no entry of the rail leads to. */
  | "elsewhere";

export type Section = {
  readonly id: SectionId;
  readonly path: string;
  readonly icon: IconName;
  readonly title: ThreeTexts;
  /** Second key after "g". */
  readonly key: string;
};

/** In the order of the rail: the day's work, the books, the proof, the people. */
export const sectionGroups: readonly (readonly Section[])[] = [
  [
    {
      id: "overview",
      path: "/",
      icon: "overview",
      key: "o",
      title: { kk: "Шолу", ru: "Обзор", en: "Overview" },
    },
    {
      id: "import",
      path: "/import",
      icon: "import",
      key: "i",
      title: { kk: "Импорт", ru: "Импорт", en: "Import" },
    },
    {
      id: "matching",
      path: "/matching",
      icon: "matching",
      key: "m",
      title: { kk: "Жатқызу", ru: "Отнесение", en: "Matching" },
    },
  ],
  [
    {
      id: "appeals",
      path: "/appeals",
      icon: "appeals",
      key: "a",
      title: { kk: "Жинақтар", ru: "Сборы", en: "Appeals" },
    },
    {
      id: "posts",
      path: "/posts",
      icon: "posts",
      key: "p",
      title: { kk: "Жарияланымдар", ru: "Публикации", en: "Posts" },
    },
    {
      id: "spending",
      path: "/spending",
      icon: "spending",
      key: "s",
      title: { kk: "Шығыстар", ru: "Расходы", en: "Spending" },
    },
    {
      id: "accounts",
      path: "/accounts",
      icon: "accounts",
      key: "c",
      title: { kk: "Шоттар", ru: "Счета", en: "Accounts" },
    },
    {
      id: "periods",
      path: "/periods",
      icon: "periods",
      key: "e",
      title: { kk: "Кезеңдер", ru: "Периоды", en: "Periods" },
    },
  ],
  [
    {
      id: "dossiers",
      path: "/dossiers",
      icon: "dossiers",
      key: "d",
      title: { kk: "Досьелер", ru: "Досье", en: "Dossiers" },
    },
    {
      id: "members",
      path: "/members",
      icon: "members",
      key: "u",
      title: { kk: "Мүшелер", ru: "Участники", en: "Members" },
    },
    {
      id: "activity",
      path: "/activity",
      icon: "activity",
      key: "t",
      title: { kk: "Әрекеттер", ru: "События", en: "Activity" },
    },
    {
      id: "search",
      path: "/search",
      icon: "search",
      key: "f",
      title: { kk: "Іздеу", ru: "Поиск", en: "Search" },
    },
  ],
];

/** What stands in the bar of a phone, beside "more"; the rest is in the drawer. */
export const phoneSections: readonly SectionId[] = ["overview", "matching", "appeals", "spending"];
