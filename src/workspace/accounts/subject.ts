import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Шоттар", ru: "Счета", en: "Accounts" };

export const accounts: Subject = {
  section: "accounts",
  screens: [
    { path: "/accounts", title, screen: screen(() => import("./AccountsScreen.tsx")) },
    { path: "/accounts/:id", title, screen: screen(() => import("./AccountScreen.tsx")) },
  ],
  actions: [
    {
      id: "accounts",
      title: {
        kk: "Шоттар, жабу және бағамдар",
        ru: "Счета, покрытие и курсы",
        en: "Accounts, covers and rates",
      },
      also: "freeze блокировка бұғаттау cover покрытие rate курс бағам balance остаток қалдық",
      act: "/accounts",
    },
  ],
};
