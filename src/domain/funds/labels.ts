import type { Cover, EndReason, Language } from "./entries.ts";

export type Label = { readonly [language in Language]: string };

/**
 * Words of the books in the three languages, shared by command line, dossier and pages. One word per thing: a жинақ or сбор
 * is an appeal, never a post. `isConfirmed: false` marks words of law that a lawyer has yet to confirm.
 */
export const entryLabels: Readonly<Record<string, Label>> = {
  "funds.policy": { kk: "Қаражат ережесі", ru: "Правила учёта средств", en: "Policy of the funds" },
  appeal: { kk: "Жинақ", ru: "Сбор", en: "Appeal" },
  "appeal.ended": { kk: "Жинақ аяқталды", ru: "Сбор завершён", en: "Appeal ended" },
  "appeal.reopened": { kk: "Жинақ қайта ашылды", ru: "Сбор открыт снова", en: "Appeal opened again" },
  post: { kk: "Жарияланым", ru: "Публикация", en: "Post" },
  "case.share": { kk: "Істің үлесі", ru: "Доля дела", en: "Share of a case" },
  account: { kk: "Шот", ru: "Счёт", en: "Account" },
  "statement.lines": { kk: "Үзінді көшірменің жолдары", ru: "Строки выписки", en: "Rows of a statement" },
  statement: { kk: "Банк үзінді көшірмесі", ru: "Банковская выписка", en: "Bank statement" },
  attribution: { kk: "Түсімді жатқызу", ru: "Отнесение поступления", en: "Attribution" },
  "attribution.moved": { kk: "Қайта жатқызу", ru: "Перенос поступления", en: "Attribution moved" },
  decision: { kk: "Күтіп тұрған шешім", ru: "Решение, ожидающее строки", en: "Decision that waits" },
  refund: { kk: "Қайтару", ru: "Возврат", en: "Refund" },
  "refund.matched": {
    kk: "Қайтарудың түсімі табылды",
    ru: "Найдено поступление для возврата",
    en: "Refund matched to its gift",
  },
  spending: { kk: "Шығыс", ru: "Расход", en: "Payment" },
  "spending.reserved": { kk: "Шығысқа сақталды", ru: "Зарезервировано", en: "Payment reserved" },
  "spending.approved": { kk: "Шығыс мақұлданды", ru: "Расход одобрен", en: "Payment approved" },
  "spending.paid": { kk: "Төленді", ru: "Оплачено", en: "Paid" },
  "spending.voided": { kk: "Шығыс жойылды", ru: "Расход отменён", en: "Payment voided" },
  confirmation: { kk: "Растау", ru: "Подтверждение", en: "Confirmation" },
  "cover.given": {
    kk: "Жалпы қаражаттан жабылды",
    ru: "Покрыто из общих средств",
    en: "Covered from general funds",
  },
  "cover.repaid": {
    kk: "Жалпы қаражатқа қайтарылды",
    ru: "Возвращено в общие средства",
    en: "Repaid to general funds",
  },
  rate: { kk: "Валюта бағамы", ru: "Курс валюты", en: "Exchange rate" },
  "account.frozen": { kk: "Шот бұғатталды", ru: "Счёт заблокирован", en: "Account frozen" },
  "account.released": { kk: "Шот босатылды", ru: "Счёт разблокирован", en: "Account released" },
  "fund.close": { kk: "Апта қорытындысы", ru: "Итог недели", en: "Weekly close" },
  correction: { kk: "Түзету", ru: "Исправление", en: "Correction" },
};

/** Columns of every statement about an appeal, in the order in which they are printed. */
export const figureLabels: Readonly<Record<string, Label>> = {
  asked: { kk: "Сұралды", ru: "Запрошено", en: "Asked" },
  askedOnce: {
    kk: "Сұралды (қайталаусыз)",
    ru: "Запрошено (без повторов)",
    en: "Asked, repeats counted once",
  },
  targetsAddedUp: {
    kk: "Жарияланымдардағы сомалардың қосындысы",
    ru: "Сумма целей всех публикаций",
    en: "Targets of all posts added up",
  },
  raised: { kk: "Түсті", ru: "Поступило", en: "Received" },
  refunded: { kk: "Қайтарылды", ru: "Возвращено жертвователям", en: "Returned" },
  spent: { kk: "Жұмсалды", ru: "Израсходовано", en: "Spent" },
  coveredFromGeneral: {
    kk: "Жалпы қаражаттан жабылды",
    ru: "Покрыто из общих средств",
    en: "Covered from general funds",
  },
  balance: { kk: "Қалдық", ru: "Остаток", en: "Left" },
  general: { kk: "Жалпы қаражат", ru: "Общие средства", en: "General funds" },
  notYetKnown: { kk: "Әзірге белгісіз", ru: "Назначение пока не известно", en: "Not yet known" },
  donations: { kk: "Түсім саны", ru: "Поступлений", en: "Gifts" },
  payments: { kk: "Төлем саны", ru: "Платежей", en: "Payments" },
  confirmedByBoth: { kk: "Екеуі де растады", ru: "Подтверждено обоими", en: "Confirmed by both" },
  distinctLines: { kk: "Банк жолдары", ru: "Строк банка", en: "Bank rows" },
  total: { kk: "Барлығы", ru: "Всего", en: "Total" },
  frozen: { kk: "Бұғатталған", ru: "Заблокирован", en: "Frozen" },
  unmatched: { kk: "Сәйкесі жоқ", ru: "Без пары", en: "Unmatched" },
};

/** Of the sample and of common use; a category that is not here is printed as it was written. */
export const categoryLabels: Readonly<Record<string, Label>> = {
  lawyer: { kk: "Адвокат", ru: "Адвокат", en: "Lawyer" },
  flight: { kk: "Әуе билеті", ru: "Авиабилеты", en: "Flights" },
  hotel: { kk: "Қонақүй", ru: "Гостиница", en: "Hotel" },
  ground_travel: { kk: "Жол жүру", ru: "Проезд", en: "Travel by land" },
  medical: { kk: "Емдеу", ru: "Лечение", en: "Medical care" },
  shelter: { kk: "Баспана", ru: "Убежище", en: "Shelter" },
  court_fee: { kk: "Мемлекеттік баж", ru: "Государственная пошлина", en: "Court fees" },
  expert_opinion: { kk: "Сараптама", ru: "Экспертиза", en: "Expert opinion" },
  salary: { kk: "Жалақы", ru: "Заработная плата", en: "Salary" },
  bank_fee: { kk: "Банк комиссиясы", ru: "Комиссия банка", en: "Bank fees" },
};

/** Why a row counts where it counts. */
export const groundLabels: Readonly<Record<string, Label>> = {
  code: {
    kk: "төлем мақсатындағы код",
    ru: "код в назначении платежа",
    en: "reference code in the payment's purpose",
  },
  hashtag: {
    kk: "төлем мақсатындағы хештег",
    ru: "хештег в назначении платежа",
    en: "hashtag in the payment's purpose",
  },
  decision: {
    kk: "аты көрсетілген адамның шешімі",
    ru: "решение названного лица",
    en: "decision of a named person",
  },
  policy: {
    kk: "белгісі жоқ түсім туралы ереже",
    ru: "правило о поступлениях без указания",
    en: "policy for gifts without a sign",
  },
  ambiguous: {
    kk: "белгілер бір-біріне қайшы",
    ru: "указания противоречат друг другу",
    en: "signs contradict each other",
  },
  payment: { kk: "шығысты төлеу", ru: "оплата расхода", en: "settles a payment" },
  refund: { kk: "қайтарымды төлеу", ru: "выплата возврата", en: "settles a refund" },
  fee: { kk: "банк комиссиясы", ru: "комиссия банка", en: "bank fee" },
  "own-transfer": {
    kk: "өз шоттары арасындағы аударым",
    ru: "перевод между своими счетами",
    en: "transfer between own accounts",
  },
  none: { kk: "түсіндірілмеген", ru: "не объяснено", en: "not explained" },
};

export const roleLabels: Readonly<Record<string, Label>> = {
  lawyer: { kk: "адвокат", ru: "адвокат", en: "lawyer" },
  beneficiary: { kk: "көмек алушы", ru: "получатель помощи", en: "beneficiary" },
};

/** Only the first two are proof; a statement never shows the third as one. */
export const confirmationLabels: Readonly<Record<string, Label>> = {
  signed: { kk: "өзі қол қойған", ru: "подписано этим лицом", en: "signed by that person" },
  attested: { kk: "құжатпен расталған", ru: "подтверждено документом", en: "attested by a document" },
  recorded: {
    kk: "біз жазып алған (дәлел емес)",
    ru: "записано нами (не доказательство)",
    en: "recorded by us (no proof)",
  },
};

export const approvalLabels: Readonly<Record<string, Label>> = {
  outside: { kk: "жүйеден тыс мақұлданған", ru: "одобрено вне системы", en: "approved outside" },
  members: {
    kk: "мүшелердің кілттерімен мақұлданған",
    ru: "одобрено ключами участников",
    en: "approved by members' keys",
  },
};

/** On what ground general funds bridged an appeal, or got the bridge back. */
export const coverGroundLabels: Readonly<Record<Cover["ground"], Label>> = {
  policy: { kk: "ереже бойынша", ru: "по правилу", en: "by the policy" },
  decision: { kk: "шешім бойынша", ru: "по решению", en: "by a decision" },
};

/** Why a row was moved, where the program wrote it; a person's own reason stands in her own words. */
export const moveReasonLabels: Readonly<Record<string, Label>> = {
  settled: { kk: "төлеммен жабылды", ru: "закрыто платежом", en: "settled by a payment" },
  decision: { kk: "шешім бойынша", ru: "по решению", en: "by a decision" },
};

/** Why an appeal ended. */
export const endReasonLabels: Readonly<Record<EndReason, Label>> = {
  "goal-reached": { kk: "мақсатқа жетті", ru: "цель достигнута", en: "its goal was reached" },
  "need-fell-away": {
    kk: "көмек қажет болмай қалды",
    ru: "помощь больше не нужна",
    en: "the help is no longer needed",
  },
  other: { kk: "басқа себеп", ru: "другая причина", en: "another reason" },
};

export const relatedLabels: Readonly<Record<string, Label>> = {
  staff: { kk: "қызметкер", ru: "сотрудник", en: "staff" },
  officer: { kk: "лауазымды тұлға", ru: "должностное лицо", en: "officer" },
  relative: { kk: "туысы", ru: "родственник", en: "relative" },
};

/** Words of law. Each stays unconfirmed until a lawyer has read it. */
export const legalLabels: Readonly<Record<string, Label & { readonly isConfirmed: boolean }>> = {
  "F.017.00": {
    kk: "шетелден ақша алу туралы хабарлама (017.00 нысаны)",
    ru: "уведомление о получении денег из иностранного источника (форма 017.00)",
    en: "notice of money received from abroad (form 017.00)",
    isConfirmed: false,
  },
  "F.018.00": {
    kk: "шетелден алынған ақшаны алу және жұмсау туралы мәліметтер (018.00 нысаны)",
    ru: "сведения о получении и расходовании денег из иностранного источника (форма 018.00)",
    en: "report on money received from abroad and its use (form 018.00)",
    isConfirmed: false,
  },
  unconfirmed: {
    kk: "мерзімін заңгер растауы керек",
    ru: "срок должен подтвердить юрист",
    en: "to be confirmed by a lawyer",
    isConfirmed: false,
  },
};

/** The word in the language asked for; the code itself where there is none, so that nothing is ever printed empty. */
export function labelOf(labels: Readonly<Record<string, Label>>, code: string, language: Language): string {
  return labels[code]?.[language] ?? code;
}
