import type { Language } from "#language/language.ts";

const en = {
  week: "Week",
  day: "Day",
  name: "Name",
  sum: "Sum",
  count: "Number",
  total: "Total",
  plan: "Planned",
  actual: "Actual",
  done: "Share of plan",
  balance: "Balance",
  asTable: "Show as a table",
  nothing: "Nothing to show yet",
  greatest: (name: string, value: string) => `Greatest: ${name}, ${value}`,
  inAll: (value: string) => `In all: ${value}`,
  ofPlan: (actual: string, plan: string) => `${actual} of ${plan}`,
  fromTo: (first: string, last: string) => `From ${first} to ${last}`,
};

const kk: typeof en = {
  week: "Апта",
  day: "Күні",
  name: "Атауы",
  sum: "Сомасы",
  count: "Саны",
  total: "Барлығы",
  plan: "Жоспар",
  actual: "Іс жүзінде",
  done: "Жоспардың орындалуы",
  balance: "Қалдық",
  asTable: "Кесте түрінде көрсету",
  nothing: "Әзірге көрсетілетін дерек жоқ",
  greatest: (name, value) => `Ең көбі: ${name}, ${value}`,
  inAll: (value) => `Барлығы: ${value}`,
  ofPlan: (actual, plan) => `${plan} ішінен ${actual}`,
  fromTo: (first, last) => `Басында ${first}, соңында ${last}`,
};

const ru: typeof en = {
  week: "Неделя",
  day: "День",
  name: "Название",
  sum: "Сумма",
  count: "Количество",
  total: "Всего",
  plan: "План",
  actual: "Факт",
  done: "Выполнение плана",
  balance: "Остаток",
  asTable: "Показать таблицей",
  nothing: "Показывать пока нечего",
  greatest: (name, value) => `Больше всего: ${name}, ${value}`,
  inAll: (value) => `Всего: ${value}`,
  ofPlan: (actual, plan) => `${actual} из ${plan}`,
  fromTo: (first, last) => `В начале ${first}, в конце ${last}`,
};

/** The few words that charts add to what they are given. */
export const chartWords: Readonly<Record<Language, typeof en>> = { kk, ru, en };
