import { screen, type Subject } from "#workspace/shell/subject.ts";

export const matching: Subject = {
  section: "matching",
  screens: [
    {
      path: "/matching",
      title: { kk: "Жатқызу", ru: "Отнесение", en: "Matching" },
      screen: screen(() => import("./MatchingScreen.tsx")),
    },
  ],
  actions: [
    {
      id: "matching",
      title: {
        kk: "Сәйкесі жоқтарды шешу",
        ru: "Разобрать оставшееся без пары",
        en: "Decide what is unmatched",
      },
      also: "unmatched decision решение шешім refund возврат қайтару split разделить бөлу",
      act: "/matching",
    },
  ],
};
