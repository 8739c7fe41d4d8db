import { countWith } from "#language/plural.ts";
import type { SearchKind } from "./documents.ts";

const en = {
  title: "Search",
  lead: "In everything that you may read, on this device. Forms of words and alphabets do not matter.",
  field: "Search for",
  placeholder: "A name, a sum, a reference, a word of a payment's purpose",
  building: "Reading the record for the search",
  kinds: {
    appeal: "Appeals",
    post: "Posts",
    payment: "Payments",
    row: "Bank rows",
    refund: "Refunds",
    decision: "Decisions",
    account: "Accounts",
    member: "Members",
    entry: "Other entries",
  } satisfies Record<SearchKind, string>,
  only: "Only",
  found: (count: number, shown: number) =>
    count > shown
      ? `${countWith("en")(count, { one: "result", other: "results" })}, the best ${shown} are shown`
      : countWith("en")(count, { one: "result", other: "results" }),
  someWords: "Nothing holds all of these words. This holds some of them:",
  noneTitle: "Nothing found",
  noneText: "Try fewer or other words, the beginning of a word, or a sum without spaces, such as 20300.",
  startTitle: "What are you looking for?",
  startText:
    "Type a name as you heard it, in any alphabet; a sum; a day such as 2025-03-09; or the reference of a payment.",
  searched: (count: string) => `${count} documents on this device`,
};

const ru: typeof en = {
  title: "Поиск",
  lead: "По всему, что вам можно читать, на этом устройстве. Формы слов и алфавит не важны.",
  field: "Что найти",
  placeholder: "Имя, сумма, ссылка, слово из назначения платежа",
  building: "Журнал читается для поиска",
  kinds: {
    appeal: "Сборы",
    post: "Публикации",
    payment: "Платежи",
    row: "Строки банка",
    refund: "Возвраты",
    decision: "Решения",
    account: "Счета",
    member: "Участники",
    entry: "Другие записи",
  },
  only: "Только",
  found: (count, shown) => {
    const results = countWith("ru")(count, {
      one: "результат",
      few: "результата",
      many: "результатов",
      other: "результата",
    });
    return count > shown ? `${results}, показаны лучшие ${shown}` : results;
  },
  someWords: "Всех этих слов вместе нет нигде. Здесь есть некоторые из них:",
  noneTitle: "Ничего не найдено",
  noneText: "Попробуйте меньше слов или другие, начало слова или сумму без пробелов, например 20300.",
  startTitle: "Что вы ищете?",
  startText:
    "Введите имя, как услышали, любым алфавитом; сумму; день, например 2025-03-09; или ссылку платежа.",
  searched: (count) => `Документов на этом устройстве: ${count}`,
};

const kk: typeof en = {
  title: "Іздеу",
  lead: "Сіз оқи алатынның бәрінен, осы құрылғыда. Сөздің тұлғасы мен әліпбиі маңызды емес.",
  field: "Не ізделеді",
  placeholder: "Аты-жөні, сома, сілтеме, төлем мақсатындағы сөз",
  building: "Журнал іздеу үшін оқылуда",
  kinds: {
    appeal: "Жинақтар",
    post: "Жарияланымдар",
    payment: "Төлемдер",
    row: "Банк жолдары",
    refund: "Қайтарымдар",
    decision: "Шешімдер",
    account: "Шоттар",
    member: "Мүшелер",
    entry: "Басқа жазбалар",
  },
  only: "Тек",
  found: (count, shown) => {
    const results = countWith("kk")(count, { other: "нәтиже" });
    return count > shown ? `${results}, ең жақын ${shown} көрсетілген` : results;
  },
  someWords: "Бұл сөздердің бәрі бірге еш жерде жоқ. Мұнда кейбірі бар:",
  noneTitle: "Ештеңе табылмады",
  noneText: "Аз не басқа сөзбен, сөздің басымен немесе аралықсыз сомамен іздеп көріңіз, мысалы 20300.",
  startTitle: "Не іздейсіз?",
  startText:
    "Атын естігеніңізше кез келген әліпбимен жазыңыз; сома; 2025-03-09 сияқты күн; немесе төлем сілтемесі.",
  searched: (count) => `Осы құрылғыдағы құжаттар: ${count}`,
};

export const searchWords = { en, ru, kk };
