import { lazy } from "react";
import type { Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Іздеу", ru: "Поиск", en: "Search" };

export const search: Subject = {
  section: "search",
  screens: [{ path: "/search", title, screen: lazy(() => import("./SearchScreen.tsx")) }],
};
