import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Жинақтар", ru: "Сборы", en: "Appeals" };
const open = { kk: "Жинақ ашу", ru: "Открыть сбор", en: "Open an appeal" };

export const appeals: Subject = {
  section: "appeals",
  screens: [
    { path: "/appeals", title, screen: screen(() => import("./AppealsScreen.tsx")) },
    { path: "/appeals/new", title: open, screen: screen(() => import("./OpenAppealScreen.tsx")) },
    { path: "/appeals/:id", title, screen: screen(() => import("./AppealScreen.tsx")) },
  ],
  actions: [
    { id: "appeal.open", title: open, also: "new сбор жинақ appeal", act: "/appeals/new", keys: "n a" },
  ],
};
