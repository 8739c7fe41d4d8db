import { countWith } from "#language/plural.ts";
import type { Words } from "#workspace/shell/language.tsx";

const en = {
  title: "Overview",
  needs: "Needs somebody now",
  nothing: "Nothing waits. Everything is matched, approved and closed.",
  kinds: {
    unfinished: (_: number, files: string) => `The import of ${files} was cut short`,
    approve: (count: number) =>
      `${countWith("en")(count, { one: "payment waits", other: "payments wait" })} for your approval`,
    pay: (count: number) =>
      `${countWith("en")(count, { one: "approved payment is", other: "approved payments are" })} not yet paid`,
    credits: (count: number) =>
      `${countWith("en")(count, { one: "gift names", other: "gifts name" })} more than one appeal`,
    debits: (count: number) =>
      `${countWith("en")(count, { one: "bank debit is", other: "bank debits are" })} explained by no payment`,
    payments: (count: number) =>
      `${countWith("en")(count, { one: "payment is", other: "payments are" })} not seen in the bank`,
    refunds: (count: number) =>
      `${countWith("en")(count, { one: "return waits", other: "returns wait" })} for its bank row`,
    unknown: (count: number) =>
      `${countWith("en")(count, { one: "gift has", other: "gifts have" })} no known purpose`,
    close: (count: number, week: string) =>
      `${countWith("en")(count, { one: "week can", other: "weeks can" })} be closed, the first: ${week}`,
    unconfirmed: (count: number) =>
      `${countWith("en")(count, { one: "payment lacks", other: "payments lack" })} a confirmation by lawyer or beneficiary`,
    recovery: () => "The recovery was not rehearsed. Do it before the first real case",
    answers: (count: number) =>
      `${countWith("en")(count, { one: "letter has", other: "letters have" })} an answer`,
  },
  open: "Open",
  firstSteps: "Three steps to the first answer",
  firstStepsLead: "After them one click answers how much was raised, and proves it.",
  stepAppeal: "Open an appeal",
  stepAppealText: "What money is collected for, and the code by which gifts find it.",
  stepPost: "Add the post that asked for it",
  stepPostText: "When it was published and which sum it asked for.",
  stepBank: "Import a bank file",
  stepBankText: "A statement from your bank, as it is. Every gift finds its appeal, with the ground for it.",
  stepAnswer: "See the answer",
  done: "done",
  received: "Received for appeals",
  spent: "Spent",
  covered: "Covered from general funds",
  general: "General funds received",
  gifts: (count: number) => countWith("en")(count, { one: "gift", other: "gifts" }),
  payments: (count: number) => countWith("en")(count, { one: "payment", other: "payments" }),
  byWeek: "Money by week",
  plan: "Asked and received, by appeal",
  byCategory: "Where the money went",
  latest: "Latest on the record",
  allActivity: "All activity",
  entry: (index: number) => `entry ${index}`,
  times: (count: number) => countWith("en")(count, { one: "entry", other: "entries" }),
};

const ru: typeof en = {
  title: "Обзор",
  needs: "Что нужно сделать",
  nothing: "Ничего не ждёт: всё отнесено, одобрено и закрыто.",
  kinds: {
    unfinished: (_, files) => `Загрузка файла ${files} оборвалась`,
    approve: (count) =>
      `${countWith("ru")(count, { one: "платёж ждёт", few: "платежа ждут", many: "платежей ждут", other: "платежа ждёт" })} вашего одобрения`,
    pay: (count) =>
      `${countWith("ru")(count, { one: "одобренный платёж", few: "одобренных платежа", many: "одобренных платежей", other: "одобренного платежа" })} ещё не оплачено`,
    credits: (count) =>
      `${countWith("ru")(count, { one: "пожертвование указывает", few: "пожертвования указывают", many: "пожертвований указывают", other: "пожертвования указывает" })} на несколько сборов`,
    debits: (count) =>
      `${countWith("ru")(count, { one: "списание", few: "списания", many: "списаний", other: "списания" })} без платежа`,
    payments: (count) =>
      `${countWith("ru")(count, { one: "платёж не виден", few: "платежа не видны", many: "платежей не видны", other: "платежа не видно" })} в выписке`,
    refunds: (count) =>
      `${countWith("ru")(count, { one: "возврат ждёт", few: "возврата ждут", many: "возвратов ждут", other: "возврата ждёт" })} своей строки банка`,
    unknown: (count) =>
      `У ${countWith("ru")(count, { one: "пожертвования", few: "пожертвований", many: "пожертвований", other: "пожертвования" })} назначение пока не известно`,
    close: (count, week) =>
      `Можно закрыть ${countWith("ru")(count, { one: "неделю", few: "недели", many: "недель", other: "недели" })}, первая: ${week}`,
    unconfirmed: (count) =>
      `${countWith("ru")(count, { one: "платёж", few: "платежа", many: "платежей", other: "платежа" })} без подтверждения адвоката или получателя помощи`,
    recovery: () => "Восстановление ещё не проверяли. Сделайте это до первого настоящего дела",
    answers: (count) =>
      `${countWith("ru")(count, { one: "письмо с ответом", few: "письма с ответом", many: "писем с ответом", other: "письма с ответом" })}`,
  },
  open: "Открыть",
  firstSteps: "Три шага до первого ответа",
  firstStepsLead: "После них одно нажатие отвечает, сколько собрали, и доказывает это.",
  stepAppeal: "Откройте сбор",
  stepAppealText: "На что собирают деньги и по какому коду они его находят.",
  stepPost: "Добавьте публикацию, в которой о нём просили",
  stepPostText: "Когда она вышла и какую сумму назвала.",
  stepBank: "Загрузите файл банка",
  stepBankText: "Выписку, как её дал банк. Каждое пожертвование найдёт свой сбор, с основанием.",
  stepAnswer: "Увидеть ответ",
  done: "готово",
  received: "Поступило на сборы",
  spent: "Израсходовано",
  covered: "Покрыто из общих средств",
  general: "Поступило в общие средства",
  gifts: (count) =>
    countWith("ru")(count, {
      one: "пожертвование",
      few: "пожертвования",
      many: "пожертвований",
      other: "пожертвования",
    }),
  payments: (count) =>
    countWith("ru")(count, { one: "платёж", few: "платежа", many: "платежей", other: "платежа" }),
  byWeek: "Деньги по неделям",
  plan: "Запрошено и поступило, по сборам",
  byCategory: "На что ушли деньги",
  latest: "Последнее в журнале",
  allActivity: "Все события",
  entry: (index) => `запись ${index}`,
  times: (count) =>
    countWith("ru")(count, { one: "запись", few: "записи", many: "записей", other: "записи" }),
};

const kk: typeof en = {
  title: "Шолу",
  needs: "Не істеу керек",
  nothing: "Күтіп тұрған ештеңе жоқ: бәрі жатқызылған, мақұлданған, жабылған.",
  kinds: {
    unfinished: (_, files) => `${files} файлын енгізу үзіліп қалды`,
    approve: (count) => `${countWith("kk")(count, { other: "төлем" })} сіздің мақұлдауыңызды күтіп тұр`,
    pay: (count) => `Мақұлданған ${countWith("kk")(count, { other: "төлем" })} әлі төленбеген`,
    credits: (count) => `${countWith("kk")(count, { other: "түсім" })} бірнеше жинақты көрсетеді`,
    debits: (count) => `${countWith("kk")(count, { other: "шығын" })} ешбір төлеммен түсіндірілмеген`,
    payments: (count) => `${countWith("kk")(count, { other: "төлем" })} үзінді көшірмеде көрінбейді`,
    refunds: (count) => `${countWith("kk")(count, { other: "қайтарым" })} өзінің банк жолын күтіп тұр`,
    unknown: (count) => `${countWith("kk")(count, { other: "түсімнің" })} мақсаты әзірге белгісіз`,
    close: (count, week) =>
      `${countWith("kk")(count, { other: "аптаны" })} жабуға болады, біріншісі: ${week}`,
    unconfirmed: (count) =>
      `${countWith("kk")(count, { other: "төлемді" })} адвокат немесе көмек алушы растамаған`,
    recovery: () => "Қалпына келтіру әлі тексерілмеген. Алғашқы нақты іске дейін тексеріңіз",
    answers: (count) => `${countWith("kk")(count, { other: "хатқа" })} жауап келді`,
  },
  open: "Ашу",
  firstSteps: "Алғашқы жауапқа дейін үш қадам",
  firstStepsLead: "Содан кейін бір рет басу қанша жиналғанына жауап береді және оны дәлелдейді.",
  stepAppeal: "Жинақ ашыңыз",
  stepAppealText: "Ақша неге жиналады және оны қай код арқылы табады.",
  stepPost: "Оны сұраған жарияланымды қосыңыз",
  stepPostText: "Қашан шықты және қандай соманы атады.",
  stepBank: "Банк файлын енгізіңіз",
  stepBankText: "Банк берген үзінді көшірмені сол күйінде. Әр түсім өз жинағын негізімен табады.",
  stepAnswer: "Жауапты көру",
  done: "дайын",
  received: "Жинақтарға түсті",
  spent: "Жұмсалды",
  covered: "Жалпы қаражаттан жабылды",
  general: "Жалпы қаражатқа түсті",
  gifts: (count) => countWith("kk")(count, { other: "түсім" }),
  payments: (count) => countWith("kk")(count, { other: "төлем" }),
  byWeek: "Апта бойынша ақша",
  plan: "Сұралғаны мен түскені, жинақ бойынша",
  byCategory: "Ақша неге жұмсалды",
  latest: "Журналдағы соңғы жазбалар",
  allActivity: "Барлық әрекет",
  entry: (index) => `${index}-жазба`,
  times: (count) => countWith("kk")(count, { other: "жазба" }),
};

export const overviewWords: Words<typeof en> = { en, ru, kk };
