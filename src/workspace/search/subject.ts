import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Іздеу", ru: "Поиск", en: "Search" };

export const search: Subject = {
  section: "search",
  screens: [{ path: "/search", title, screen: screen(() => import("./SearchScreen.tsx")) }],
};
