import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Әрекеттер", ru: "События", en: "Activity" };
const entry = { kk: "Жазба", ru: "Запись", en: "Entry" };
const check = { kk: "Журналды тексеру", ru: "Проверить журнал", en: "Check the record" };

export const activity: Subject = {
  section: "activity",
  screens: [
    { path: "/activity", title, screen: screen(() => import("./ActivityScreen.tsx")) },
    { path: "/activity/check", title: check, screen: screen(() => import("./CheckScreen.tsx")) },
    { path: "/activity/:index", title: entry, screen: screen(() => import("./EntryScreen.tsx")) },
  ],
  actions: [
    { id: "record.check", title: check, also: "verify log проверка журнал тексеру", act: "/activity/check" },
  ],
};
