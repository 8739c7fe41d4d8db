import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Кезеңдер", ru: "Периоды", en: "Periods" };

export const periods: Subject = {
  section: "periods",
  screens: [
    { path: "/periods", title, screen: screen(() => import("./PeriodsScreen.tsx")) },
    {
      path: "/periods/report",
      title: { kk: "Кезең есебі", ru: "Отчёт за период", en: "Report of a period" },
      screen: screen(() => import("./ReportScreen.tsx")),
    },
    { path: "/periods/:week", title, screen: screen(() => import("./WeekScreen.tsx")) },
  ],
  actions: [
    {
      id: "periods.close",
      title: { kk: "Аптаны жабу", ru: "Закрыть неделю", en: "Close a week" },
      also: "close week неделя апта итог",
      act: "/periods",
    },
    {
      id: "periods.report",
      title: { kk: "Кезең есебі", ru: "Отчёт за период", en: "Report of a period" },
      also: "report csv xlsx отчёт есеп",
      act: "/periods/report",
    },
  ],
};
