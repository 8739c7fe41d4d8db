import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Шолу", ru: "Обзор", en: "Overview" };

export const overview: Subject = {
  section: "overview",
  screens: [{ path: "/", title, screen: screen(() => import("./OverviewScreen.tsx")) }],
};
