import { screen, type Subject } from "#workspace/shell/subject.ts";

const title = { kk: "Шығыстар", ru: "Расходы", en: "Spending" };
const add = { kk: "Жаңа төлем", ru: "Новый платёж", en: "New payment" };
const approvals = { kk: "Мақұлдау", ru: "Одобрения", en: "Approvals" };

export const spending: Subject = {
  section: "spending",
  screens: [
    { path: "/spending", title, screen: screen(() => import("./SpendingScreen.tsx")) },
    { path: "/spending/new", title: add, screen: screen(() => import("./NewPaymentScreen.tsx")) },
    { path: "/spending/approvals", title: approvals, screen: screen(() => import("./ApprovalsScreen.tsx")) },
    { path: "/spending/:id", title, screen: screen(() => import("./PaymentScreen.tsx")) },
  ],
  actions: [
    {
      id: "spending.new",
      title: add,
      also: "расход чек receipt түбіртек",
      act: "/spending/new",
      keys: "n s",
    },
    {
      id: "spending.approvals",
      title: approvals,
      also: "approve одобрить мақұлдау",
      act: "/spending/approvals",
    },
  ],
};
