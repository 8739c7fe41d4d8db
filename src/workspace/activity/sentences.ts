import { categoryLabels, entryLabels, roleLabels } from "#domain/funds/labels.ts";
import { organisationLabels } from "#domain/organisation/labels.ts";
import { formatWeek } from "#language/dates.ts";
import type { Language } from "#language/language.ts";
import { countWith } from "#language/plural.ts";
import { formatSum } from "#language/sums.ts";
import type { Facts } from "./facts.ts";

/** The facts as texts of one language; "" for what is not known. */
type Said = {
  readonly id: string;
  readonly appeal: string;
  readonly sum: string;
  readonly count: number;
  readonly name: string;
  readonly account: string;
  readonly week: string;
  readonly member: string;
  readonly room: string;
};

type Sentences = Readonly<Record<string, (said: Said) => string>>;

/** What happened, in one sentence without its end: "Statement kzt-1.1c.txt taken in, 1 204 rows". */
export function sentenceOf(type: string, facts: Facts, language: Language): string {
  const label = (of: Readonly<Record<string, Readonly<Record<Language, string>>>>, name: string) =>
    of[name]?.[language];
  const name = facts.name ?? "";
  const sentence = sentences[language][type];
  const title = label(entryLabels, type) ?? label(organisationLabels, type) ?? type;
  const said: Said = {
    id: facts.id ?? "",
    appeal: facts.appeal ?? "",
    sum: facts.sum === undefined ? "" : formatSum(facts.sum.minor, facts.sum.currency, language),
    count: facts.count ?? 0,
    name: label(categoryLabels, name) ?? label(roleLabels, name) ?? name,
    account: facts.account ?? "",
    week: facts.week === undefined ? "" : formatWeek(facts.week, language),
    member: facts.member ?? "",
    room: label(roomTitles, facts.room ?? "") ?? facts.room ?? "",
  };
  const text = sentence?.(said) ?? title;
  // What is not known leaves holes: "for , " reads like a mistake.
  return text
    .replaceAll(/\s+([,:·])/gu, "$1")
    .replaceAll(/(?:[,:·]\s*)+(?=[,:·]|$)/gu, "")
    .replaceAll(/\s{2,}/gu, " ")
    .trim();
}

const roomTitles: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  finance: { kk: "Қаржы", ru: "Финансы", en: "Finance" },
  editorial: { kk: "Редакция", ru: "Редакция", en: "Editorial" },
  intake: { kk: "Қабылдау", ru: "Приём", en: "Intake" },
  defence: { kk: "Қорғау", ru: "Защита", en: "Defence" },
  staff: { kk: "Қызметкерлер", ru: "Сотрудники", en: "Staff" },
};

const rows = {
  en: (n: number) => countWith("en")(n, { one: "bank row", other: "bank rows" }),
  ru: (n: number) =>
    countWith("ru")(n, {
      one: "строка банка",
      few: "строки банка",
      many: "строк банка",
      other: "строки банка",
    }),
  kk: (n: number) => countWith("kk")(n, { other: "банк жолы" }),
};
const gifts = {
  en: (n: number) => countWith("en")(n, { one: "gift", other: "gifts" }),
  ru: (n: number) =>
    countWith("ru")(n, {
      one: "пожертвование",
      few: "пожертвования",
      many: "пожертвований",
      other: "пожертвования",
    }),
  kk: (n: number) => countWith("kk")(n, { other: "түсім" }),
};

const en: Sentences = {
  genesis: ({ name }) => `The record of ${name} began`,
  "key.add": ({ member }) => `Key of ${member} added`,
  "key.revoke": ({ member }) => `Key of ${member} revoked`,
  "key.appoint": ({ member }) =>
    `Trustees brought ${member} back, as an officer: new key, earlier keys of hers revoked`,
  "key.rotate": () => "Root keys and recovery key replaced; the old sheets have no word any more",
  "room.epoch": ({ room }) => `New key of the room ${room}`,
  "funds.policy": () => "Rules for gifts and shortfalls set",
  appeal: ({ id }) => `Appeal ${id} opened`,
  "appeal.ended": ({ appeal }) => `Appeal ${appeal} ended`,
  "appeal.reopened": ({ appeal }) => `Appeal ${appeal} opened again`,
  post: ({ id, appeal, sum }) => `Post ${id} for ${appeal}, asks for ${sum}`,
  "case.share": ({ appeal }) => `Share of a case in ${appeal}`,
  account: ({ account }) => `Account ${account} recorded`,
  statement: ({ name, account, count }) => `Statement ${name} taken in, ${account}, ${rows.en(count)}`,
  "statement.lines": ({ count }) => `${rows.en(count)} of a statement`,
  attribution: ({ count }) => `${rows.en(count)} attributed`,
  "attribution.moved": () => "A bank row attributed anew",
  decision: ({ appeal }) => `Decision for ${appeal}, waits for its bank row`,
  refund: ({ id, sum }) => `Refund ${id}, ${sum}`,
  "refund.matched": ({ id }) => `Refund ${id} matched to its gift`,
  spending: ({ id, appeal, sum, name }) => `Payment ${id} for ${appeal}: ${sum}, ${name}`,
  "spending.reserved": ({ id, appeal, sum, name }) => `Payment ${id} reserved for ${appeal}: ${sum}, ${name}`,
  "spending.approved": ({ id, appeal }) => `Payment ${id} approved, ${appeal}`,
  "spending.paid": ({ id, appeal }) => `Payment ${id} paid, ${appeal}`,
  "spending.voided": ({ id, appeal }) => `Payment ${id} given up, ${appeal}`,
  confirmation: ({ id, name }) => `Payment ${id} confirmed: ${name}`,
  "cover.given": ({ appeal, sum }) => `${sum} from general funds to ${appeal}`,
  "cover.repaid": ({ appeal, sum }) => `${sum} back to general funds from ${appeal}`,
  rate: () => "Exchange rate recorded",
  "account.frozen": ({ account }) => `Account ${account} frozen`,
  "account.released": ({ account }) => `Account ${account} released`,
  "fund.close": ({ appeal, week, sum, count }) => `Close of ${appeal}, ${week}: ${sum}, ${gifts.en(count)}`,
  correction: () => "An entry corrected",
};

const ru: Sentences = {
  genesis: ({ name }) => `Начат журнал: ${name}`,
  "key.add": ({ member }) => `Добавлен ключ участника ${member}`,
  "key.revoke": ({ member }) => `Отозван ключ участника ${member}`,
  "key.appoint": ({ member }) =>
    `Доверенные лица вернули ${member}, теперь это должностное лицо: ключ новый, прежние ключи отозваны`,
  "key.rotate": () => "Корневые ключи и ключ восстановления заменены; старые листы больше не действуют",
  "room.epoch": ({ room }) => `Новый ключ комнаты «${room}»`,
  "funds.policy": () => "Заданы правила для пожертвований и нехватки",
  appeal: ({ id }) => `Открыт сбор ${id}`,
  "appeal.ended": ({ appeal }) => `Сбор ${appeal} завершён`,
  "appeal.reopened": ({ appeal }) => `Сбор ${appeal} открыт снова`,
  post: ({ id, appeal, sum }) => `Публикация ${id} для ${appeal}, цель ${sum}`,
  "case.share": ({ appeal }) => `Доля дела в сборе ${appeal}`,
  account: ({ account }) => `Записан счёт ${account}`,
  statement: ({ name, account, count }) => `Загружена выписка ${name}, ${account}, ${rows.ru(count)}`,
  "statement.lines": ({ count }) => `${rows.ru(count)} из выписки`,
  attribution: ({ count }) => `Отнесено: ${rows.ru(count)}`,
  "attribution.moved": () => "Строка банка отнесена заново",
  decision: ({ appeal }) => `Решение для ${appeal}, ждёт своей строки банка`,
  refund: ({ id, sum }) => `Возврат ${id}, ${sum}`,
  "refund.matched": ({ id }) => `Для возврата ${id} найдено пожертвование`,
  spending: ({ id, appeal, sum, name }) => `Платёж ${id} по ${appeal}: ${sum}, ${name}`,
  "spending.reserved": ({ id, appeal, sum, name }) =>
    `Зарезервирован платёж ${id} по ${appeal}: ${sum}, ${name}`,
  "spending.approved": ({ id, appeal }) => `Одобрен платёж ${id}, ${appeal}`,
  "spending.paid": ({ id, appeal }) => `Оплачен платёж ${id}, ${appeal}`,
  "spending.voided": ({ id, appeal }) => `Отменён платёж ${id}, ${appeal}`,
  confirmation: ({ id, name }) => `Платёж ${id} подтверждён: ${name}`,
  "cover.given": ({ appeal, sum }) => `${sum} из общих средств на ${appeal}`,
  "cover.repaid": ({ appeal, sum }) => `${sum} возвращено в общие средства, ${appeal}`,
  rate: () => "Записан курс валюты",
  "account.frozen": ({ account }) => `Заблокирован счёт ${account}`,
  "account.released": ({ account }) => `Разблокирован счёт ${account}`,
  "fund.close": ({ appeal, week, sum, count }) =>
    `Итог недели ${appeal}, ${week}: ${sum}, ${gifts.ru(count)}`,
  correction: () => "Исправлена запись",
};

const kk: Sentences = {
  "key.rotate": () => "Түбір кілттер мен қалпына келтіру кілті ауыстырылды; ескі парақтардың күші жоқ",
  genesis: ({ name }) => `Журнал басталды: ${name}`,
  "key.add": ({ member }) => `${member} мүшесінің кілті қосылды`,
  "key.revoke": ({ member }) => `${member} мүшесінің кілті қайтарып алынды`,
  "key.appoint": ({ member }) =>
    `Сенім білдірілген адамдар ${member} мүшесін қайтарды, енді ол лауазымды тұлға: кілті жаңа, бұрынғылары қайтарып алынды`,
  "room.epoch": ({ room }) => `«${room}» бөлмесінің жаңа кілті`,
  "funds.policy": () => "Түсімдер мен жетпеген сомаға ереже қойылды",
  appeal: ({ id }) => `${id} жинағы ашылды`,
  "appeal.ended": ({ appeal }) => `${appeal} жинағы аяқталды`,
  "appeal.reopened": ({ appeal }) => `${appeal} жинағы қайта ашылды`,
  post: ({ id, appeal, sum }) => `${id} жарияланымы, ${appeal} үшін, мақсаты ${sum}`,
  "case.share": ({ appeal }) => `Істің ${appeal} жинағындағы үлесі`,
  account: ({ account }) => `${account} шоты жазылды`,
  statement: ({ name, account, count }) =>
    `${name} үзінді көшірмесі енгізілді, ${account}, ${rows.kk(count)}`,
  "statement.lines": ({ count }) => `Үзінді көшірменің ${rows.kk(count)}`,
  attribution: ({ count }) => `Жатқызылды: ${rows.kk(count)}`,
  "attribution.moved": () => "Банк жолы қайта жатқызылды",
  decision: ({ appeal }) => `${appeal} үшін шешім, банк жолын күтіп тұр`,
  refund: ({ id, sum }) => `${id} қайтарымы, ${sum}`,
  "refund.matched": ({ id }) => `${id} қайтарымының түсімі табылды`,
  spending: ({ id, appeal, sum, name }) => `${id} төлемі, ${appeal}: ${sum}, ${name}`,
  "spending.reserved": ({ id, appeal, sum, name }) =>
    `${id} төлемі сақтап қойылды, ${appeal}: ${sum}, ${name}`,
  "spending.approved": ({ id, appeal }) => `${id} төлемі мақұлданды, ${appeal}`,
  "spending.paid": ({ id, appeal }) => `${id} төлемі төленді, ${appeal}`,
  "spending.voided": ({ id, appeal }) => `${id} төлемінің күші жойылды, ${appeal}`,
  confirmation: ({ id, name }) => `${id} төлемі расталды: ${name}`,
  "cover.given": ({ appeal, sum }) => `Жалпы қаражаттан ${appeal} жинағына ${sum}`,
  "cover.repaid": ({ appeal, sum }) => `${appeal} жинағынан жалпы қаражатқа ${sum} қайтарылды`,
  rate: () => "Валюта бағамы жазылды",
  "account.frozen": ({ account }) => `${account} шоты бұғатталды`,
  "account.released": ({ account }) => `${account} шоты босатылды`,
  "fund.close": ({ appeal, week, sum, count }) =>
    `${appeal} апта қорытындысы, ${week}: ${sum}, ${gifts.kk(count)}`,
  correction: () => "Жазба түзетілді",
};

/** For each type of the catalogue one sentence in each language; a test counts them. */
export const sentences: Readonly<Record<Language, Sentences>> = { en, ru, kk };

type NoticeText = {
  readonly refused: (title: string) => string;
  readonly changed: (title: string) => string;
  readonly approve: (member: string, sentence: string) => string;
  readonly answer: string;
};

export const noticeText: Readonly<Record<Language, NoticeText>> = {
  en: {
    refused: (title) => `Not recorded: ${title}`,
    changed: (title) => `Look again before it is recorded: ${title}`,
    approve: (member, sentence) => `${member} asks you to approve. ${sentence}`,
    answer: "A letter was answered",
  },
  ru: {
    refused: (title) => `Не записано: ${title}`,
    changed: (title) => `Посмотрите ещё раз, прежде чем это запишется: ${title}`,
    approve: (member, sentence) => `${member} просит вас одобрить. ${sentence}`,
    answer: "Пришёл ответ на письмо",
  },
  kk: {
    refused: (title) => `Жазылмады: ${title}`,
    changed: (title) => `Жазылмас бұрын қайта қараңыз: ${title}`,
    approve: (member, sentence) => `${member} сізден мақұлдауды сұрайды. ${sentence}`,
    answer: "Хатқа жауап келді",
  },
};
