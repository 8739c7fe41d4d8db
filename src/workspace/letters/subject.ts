import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Хаттар", ru: "Письма", en: "Letters" };
const ask = { kk: "Растауын сұрау", ru: "Попросить подтвердить", en: "Ask for confirmation" };

export const letters: Subject = {
  section: "spending",
  screens: [
    { path: "/letters", title, screen: screen(() => import("./LettersScreen.tsx")) },
    { path: "/letters/new", title: ask, screen: screen(() => import("./NewLetterScreen.tsx")) },
  ],
  actions: [{ id: "letters", title, also: "confirmation подтверждение растау link ссылка", act: "/letters" }],
};
