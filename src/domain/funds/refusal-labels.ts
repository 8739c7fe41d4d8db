import type { Label } from "./labels.ts";

/** What each refusal code means, in general; the refusal's own message says what is wrong with what was given, and where. */
export const refusalLabels: Readonly<Record<string, Label>> = {
  "account-frozen": { kk: "Шот бұғатталған", ru: "Счёт заблокирован", en: "The account is frozen" },
  "account-unknown": { kk: "Мұндай шот жоқ", ru: "Такого счёта в учёте нет", en: "There is no such account" },
  "amount-malformed": {
    kk: "Сома дұрыс жазылмаған",
    ru: "Сумма записана неверно",
    en: "The sum is not written as a sum",
  },
  "amount-not-positive": {
    kk: "Сома нөлден үлкен болуы керек",
    ru: "Сумма должна быть больше нуля",
    en: "The sum must be positive",
  },
  "appeal-changed": {
    kk: "Жинақ басқаша тіркелген",
    ru: "Сбор записан иначе",
    en: "The appeal is recorded otherwise",
  },
  "appeal-ended": {
    kk: "Жинақ аяқталған",
    ru: "Сбор завершён",
    en: "The appeal has ended",
  },
  "appeal-not-ended": {
    kk: "Жинақ аяқталмаған",
    ru: "Сбор не завершён",
    en: "The appeal has not ended",
  },
  "day-to-come": {
    kk: "Бұл күн әлі келген жоқ",
    ru: "Этот день ещё не наступил",
    en: "That day is still to come",
  },
  "ended-before-reopened": {
    kk: "Жинақ қайта ашылғанға дейін аяқтала алмайды",
    ru: "Сбор не может завершиться раньше, чем его открыли снова",
    en: "An appeal cannot end before it was opened again",
  },
  "reopened-before-ended": {
    kk: "Жинақ аяқталғанға дейін қайта ашыла алмайды",
    ru: "Сбор нельзя открыть снова раньше, чем он завершился",
    en: "An appeal cannot be opened again before it ended",
  },
  "ended-before-opened": {
    kk: "Жинақ ашылғанға дейін аяқтала алмайды",
    ru: "Сбор не может завершиться до открытия",
    en: "An appeal cannot end before it was opened",
  },
  "end-reason-unknown": {
    kk: "Мұндай аяқталу себебі жоқ",
    ru: "Такой причины завершения нет",
    en: "There is no such reason for an end",
  },
  "leftover-missing": {
    kk: "Қалғаны не болатыны айтылмаған",
    ru: "Не сказано, что будет с остатком",
    en: "It is not said what happens with what is left",
  },
  "leftover-fixed": {
    kk: "Қалғаны не болатыны бұрын айтылған",
    ru: "Что будет с остатком, уже сказано",
    en: "What happens with what is left was said before",
  },
  "appeal-malformed": {
    kk: "Жинақтың сипаттамасы толық емес",
    ru: "Описание сбора неполно",
    en: "The appeal is not described as one",
  },
  "appeal-unknown": { kk: "Мұндай жинақ жоқ", ru: "Такого сбора нет", en: "There is no such appeal" },
  "approval-missing": { kk: "Мақұлдау жетіспейді", ru: "Не хватает одобрений", en: "Approvals are missing" },
  "approved-already": {
    kk: "Бұл мүше мақұлдап қойған",
    ru: "Этот участник уже одобрил",
    en: "This member has approved already",
  },
  "approver-is-proposer": {
    kk: "Ұсынған адам өзі мақұлдай алмайды",
    ru: "Предложивший не может одобрить сам",
    en: "Who proposed cannot approve",
  },
  "approver-unknown": {
    kk: "Кілт ешбір мүшеге тиесілі емес",
    ru: "Ключ не принадлежит ни одному участнику",
    en: "The key belongs to no member",
  },
  "approver-related": {
    kk: "Мақұлдаушы алушымен байланысты",
    ru: "Одобряющий связан с получателем",
    en: "The approver is related to the payee",
  },
  "case-malformed": {
    kk: "Істің үлесі дұрыс жазылмаған",
    ru: "Доля дела записана неверно",
    en: "The share of a case is malformed",
  },
  "cell-missing": { kk: "Ұяшық толтырылмаған", ru: "Ячейка не заполнена", en: "A cell is not filled in" },
  "close-blocked": {
    kk: "Апта жабылмайды: сәйкесі жоқ төлемдер бар",
    ru: "Неделю нельзя закрыть: есть платежи без пары",
    en: "The week cannot be closed: payments are unmatched",
  },
  "close-incomplete": {
    kk: "Барлық түсім ашылмаған",
    ru: "Открыты не все поступления",
    en: "Not every attribution was opened",
  },
  "close-out-of-order": {
    kk: "Кейінгі апта жабылып қойған",
    ru: "Более поздняя неделя уже закрыта",
    en: "A later week is closed already",
  },
  "column-missing": { kk: "Баған жетіспейді", ru: "Не хватает столбца", en: "A column is missing" },
  "confirmation-without-proof": {
    kk: "Растаудың құжаты көрсетілмеген",
    ru: "Не указан документ, подтверждающий это",
    en: "The confirming document is not named",
  },
  "currency-malformed": {
    kk: "Валюта коды дұрыс емес",
    ru: "Неверный код валюты",
    en: "The currency is not a code",
  },
  "date-malformed": { kk: "Күні дұрыс жазылмаған", ru: "Дата записана неверно", en: "The date is not a day" },
  "split-does-not-add-up": {
    kk: "Бөліктердің қосындысы банк жолына тең емес",
    ru: "Сумма частей не равна банковской строке",
    en: "The parts do not add up to the bank row",
  },
  "payment-does-not-fit": {
    kk: "Төлем бұл шығысқа сәйкес келмейді",
    ru: "Платёж не соответствует этому списанию",
    en: "The payment does not fit this debit",
  },
  "reference-unknown": {
    kk: "Бұл сілтеме бірде-бір үзіндіде жоқ",
    ru: "Такой ссылки нет ни в одной выписке",
    en: "No statement shows this reference",
  },
  "cover-by-policy": {
    kk: "Тапшылық ереже бойынша өзі жабылады",
    ru: "Нехватка покрывается сама, по принятому правилу",
    en: "Shortfalls are covered by the policy itself",
  },
  "cover-not-given": {
    kk: "Қайтаратын жабу жоқ",
    ru: "Такого покрытия не было: возвращать нечего",
    en: "No such cover was given",
  },
  "decision-conflicts": {
    kk: "Тіркелгенге қайшы шешім",
    ru: "Решение противоречит записанному",
    en: "The decision contradicts what stands",
  },
  "discrepancy-not-accepted": {
    kk: "Үзінді көшірме сандары сәйкес келмейді",
    ru: "Выписка не сходится",
    en: "The statement does not add up",
  },
  "event-malformed": {
    kk: "Оқиға түрі белгісіз",
    ru: "Неизвестное событие",
    en: "The event is neither frozen nor released",
  },
  "file-malformed": {
    kk: "Файлдың құрылымы басқа",
    ru: "Файл устроен иначе",
    en: "The file is not of this form",
  },
  "fund-below-zero": {
    kk: "Жинақтың қаражаты жетпейді",
    ru: "Средств сбора не хватает",
    en: "The fund would go below zero",
  },
  "how-malformed": {
    kk: "Растау тәсілі белгісіз",
    ru: "Неизвестный способ подтверждения",
    en: "The way of confirming is unknown",
  },
  "import-unfinished": {
    kk: "Алдыңғы импорт аяқталмаған",
    ru: "Предыдущий импорт не завершён",
    en: "An earlier import is unfinished",
  },
  "over-balance": {
    kk: "Жинақта мұнша бос қаражат жоқ",
    ru: "В сборе нет столько свободных средств",
    en: "The appeal has not so much left",
  },
  "policy-malformed": {
    kk: "Қаражат ережесі дұрыс жазылмаған",
    ru: "Правила учёта записаны неверно",
    en: "The policy is malformed",
  },
  "post-changed": {
    kk: "Жарияланым басқаша тіркелген",
    ru: "Публикация записана иначе",
    en: "The post is recorded otherwise",
  },
  "post-malformed": {
    kk: "Жарияланымның сипаттамасы толық емес",
    ru: "Описание публикации неполно",
    en: "The post is not described as one",
  },
  "rate-changed": {
    kk: "Бұл бағам басқаша тіркелген",
    ru: "Этот курс записан иначе",
    en: "The rate is recorded otherwise",
  },
  "rate-malformed": { kk: "Бағам дұрыс жазылмаған", ru: "Курс записан неверно", en: "The rate is malformed" },
  "reason-missing": { kk: "Себебі көрсетілмеген", ru: "Не указана причина", en: "A reason is missing" },
  "reference-ambiguous": {
    kk: "Бұл нөмір бірнеше жолда тұр",
    ru: "Этот номер стоит в нескольких строках",
    en: "The reference fits several bank rows",
  },
  "refund-currency": {
    kk: "Қайтару басқа валютада",
    ru: "Возврат в другой валюте",
    en: "The refund is in another currency",
  },
  "refund-exceeds-gift": {
    kk: "Берілгеннен көп қайтарылмақ",
    ru: "Возвращается больше, чем получено",
    en: "More would be returned than was given",
  },
  "related-malformed": {
    kk: "Байланыс түрі белгісіз",
    ru: "Неизвестный вид связи",
    en: "The relation is unknown",
  },
  "related-without-approver": {
    kk: "Байланысты тұлғаға төлемді мақұлдаған адам көрсетілмеген",
    ru: "Не указано, кто одобрил выплату связанному лицу",
    en: "A payment to a related person lacks its approver",
  },
  "role-malformed": {
    kk: "Растаушы адвокат та, көмек алушы да емес",
    ru: "Подтверждает не адвокат и не получатель",
    en: "The role is neither lawyer nor beneficiary",
  },
  "spending-changed": {
    kk: "Шығыс басқаша тіркелген",
    ru: "Расход записан иначе",
    en: "The payment is recorded otherwise",
  },
  "spending-id-malformed": {
    kk: "Шығыс нөмірі дұрыс емес",
    ru: "Неверный номер расхода",
    en: "The payment's id is malformed",
  },
  "spending-settled": {
    kk: "Шығыс банк арқылы төленген",
    ru: "Расход уже оплачен через банк",
    en: "A bank debit has paid it",
  },
  "spending-state": {
    kk: "Шығыстың күйі бұған жол бермейді",
    ru: "Состояние расхода этого не допускает",
    en: "The payment's state does not allow it",
  },
  "spending-twice": {
    kk: "Мұндай нөмірлі шығыс бар",
    ru: "Расход с таким номером уже есть",
    en: "There is a payment of that id",
  },
  "spending-unknown": { kk: "Мұндай шығыс жоқ", ru: "Такого расхода нет", en: "There is no such payment" },
  "week-malformed": {
    kk: "Апта дұрыс жазылмаған",
    ru: "Неделя записана неверно",
    en: "The week is malformed",
  },
  "week-not-over": {
    kk: "Апта әлі аяқталған жоқ",
    ru: "Неделя ещё не закончилась",
    en: "The week is not over",
  },
};

/** What does not add up in a statement beside the records already made. */
export const problemLabels: Readonly<Record<string, Label>> = {
  "merged-balance-differs": {
    kk: "Бұрынғы жолдармен бірге қорытынды қалдық шықпайды",
    ru: "Вместе с прежними строками не выходит конечный остаток",
    en: "With the earlier rows the closing balance is missed",
  },
  "overlap-ambiguous": {
    kk: "Жолдар бұрын тіркелген бе, белгісіз",
    ru: "Неясно, записаны ли строки раньше",
    en: "Rows may or may not be recorded already",
  },
  "overlap-conflict": {
    kk: "Бір күннің жолдары екі үзіндіде әртүрлі",
    ru: "Строки одного дня в двух выписках различаются",
    en: "Two statements show one day differently",
  },
};
