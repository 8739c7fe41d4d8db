import { lazy } from "react";
import type { Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Жинақтар", ru: "Сборы", en: "Appeals" };
const open = { kk: "Жинақ ашу", ru: "Открыть сбор", en: "Open an appeal" };

export const appeals: Subject = {
  section: "appeals",
  screens: [
    { path: "/appeals", title, screen: lazy(() => import("./AppealsScreen.tsx")) },
    { path: "/appeals/new", title: open, screen: lazy(() => import("./OpenAppealScreen.tsx")) },
    { path: "/appeals/:id", title, screen: lazy(() => import("./AppealScreen.tsx")) },
  ],
  actions: [
    { id: "appeal.open", title: open, also: "new сбор жинақ appeal", act: "/appeals/new", keys: "n a" },
  ],
};
