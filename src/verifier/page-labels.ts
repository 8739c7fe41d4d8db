import type { CheckCode } from "#dossier/check-list.ts";
import type { Lang } from "#dossier/statement/labels.ts";

/** Words of `verify.html`. `checks`: what is checked, as a sentence that is true when it held. */
type PageLabels = {
  readonly title: string;
  readonly lead: string;
  readonly offline: string;
  readonly choose: string;
  readonly folder: string;
  readonly drop: string;
  readonly working: string;
  readonly again: string;
  readonly verdicts: {
    readonly [verdict in "held" | "broken" | "could-not-check"]: readonly [string, string];
  };
  readonly claim: string;
  readonly found: string;
  readonly agrees: string;
  readonly differs: string;
  readonly figures: string;
  readonly trust: string;
  readonly trustNote: string;
  readonly witnessed: string;
  readonly list: string;
  readonly result: string;
  readonly marks: { readonly [verdict in "held" | "broken" | "could-not-check"]: string };
  readonly checks: { readonly [code in CheckCode]: string };
};

const en: PageLabels = {
  title: "Check a dossier",
  lead: "This page checks a dossier from beginning to end: signatures, the log, every bank line, every figure.",
  offline: "Everything happens on your device. Nothing is sent anywhere, and no network is needed.",
  choose: "Choose the zip file",
  folder: "or the unpacked folder",
  drop: "or drop it here",
  working: "Checking …",
  again: "Check another dossier",
  verdicts: {
    held: [
      "Everything held",
      "The dossier is what was recorded then, and its figures follow from the entries.",
    ],
    broken: ["Broken", "Something in this dossier was changed or does not fit. Do not rely on it."],
    "could-not-check": [
      "Could not be checked in full",
      "Nothing was found to be wrong, but something that is needed is not shown.",
    ],
  },
  claim: "Claimed",
  found: "The entries say",
  agrees: "The claim agrees with the entries.",
  differs: "The claim does not agree with the entries.",
  figures: "Figures, computed here from the entries",
  trust: "Whose log this is",
  trustNote:
    "Compare these with what the foundation has published elsewhere: this page cannot know whose log it ought to be.",
  witnessed: "Witnesses",
  list: "What was checked",
  result: "The result for programs (JSON)",
  marks: { held: "held", broken: "broken", "could-not-check": "not checked" },
  checks: {
    "bag.zip": "The archive can be read in one way only",
    "bag.form": "The bag has the form of BagIt 1.0",
    "bag.files": "Every file belongs here and none is missing",
    "bag.manifest": "Every file has the listed SHA-256",
    "policy.form": "The policy names one log",
    "checkpoint.form": "The state of the log can be read",
    "checkpoint.signature": "The log signed its state",
    "policy.quorum": "As many witnesses signed as the policy asks for",
    "entry.included": "Every entry is in the log",
    "log.whole": "All entries of the log are here, to its end",
    "entry.form": "Every entry has the strict form",
    "entry.genesis": "Every entry belongs to this log",
    "entry.key": "Every author was allowed to sign at that place",
    "entry.signature": "Every signature is right",
    "stream.chain": "No numbered stream has a gap",
    anchor: "No entry names a state of the log that there never was",
    "disclosure.digest": "What is opened is what was recorded",
    "entry.fields": "Every entry about money says what its type must say",
    "statement.parts": "Bank statements are complete",
    "nullifier.once": "Every bank row counts once",
    "line.once": "Every line of a statement counts once",
    "attribution.opened": "Where every bank row went is shown",
    "attribution.sum": "What was attributed adds up to the bank’s lines",
    "payment.once": "No payment is settled by more than one bank row",
    "refund.opened": "Every refund is shown, and is of the appeals of its gift",
    "cover.opened": "Every cover of the appeal from general funds is shown",
    "close.restated": "Weekly closes add up",
    "statement.form": "The statement can be read in one way only",
    "figures.foundation": "Foundation and log are the named ones",
    "figures.log": "State and number of entries are as stated",
    "figures.witnesses": "The witnesses are the stated ones",
    "figures.asked": "What was asked for is as stated",
    "figures.totals": "The totals follow from the entries",
    "figures.appeals": "The figures of each appeal follow from the entries",
    "figures.spending": "Payments and confirmations are as stated",
    "figures.hidden": "What is shown and hidden is as stated",
    "statement.text": "The pages to read say what the figures say",
    claim: "The claim was compared with the figures",
  },
};

const ru: PageLabels = {
  title: "Проверка досье",
  lead: "Эта страница проверяет досье целиком: подписи, журнал, каждую строку банка, каждую цифру.",
  offline: "Всё происходит на вашем устройстве. Ничего никуда не отправляется, сеть не нужна.",
  choose: "Выбрать zip-файл",
  folder: "или распакованную папку",
  drop: "или перетащите его сюда",
  working: "Идёт проверка …",
  again: "Проверить другое досье",
  verdicts: {
    held: ["Всё подтвердилось", "Досье — то, что было записано тогда, и его цифры следуют из записей."],
    broken: ["Нарушено", "Что-то в этом досье изменено или не сходится. Полагаться на него нельзя."],
    "could-not-check": [
      "Проверено не полностью",
      "Ошибок не найдено, но не показано что-то нужное для проверки.",
    ],
  },
  claim: "Утверждается",
  found: "По записям",
  agrees: "Утверждение совпадает с записями.",
  differs: "Утверждение не совпадает с записями.",
  figures: "Цифры, вычисленные здесь из записей",
  trust: "Чей это журнал",
  trustNote:
    "Сверьте это с тем, что фонд опубликовал в другом месте: сама страница не может знать, чей журнал должен здесь быть.",
  witnessed: "Свидетели",
  list: "Что проверено",
  result: "Результат для программ (JSON)",
  marks: { held: "верно", broken: "нарушено", "could-not-check": "не проверено" },
  checks: {
    "bag.zip": "Архив читается только одним способом",
    "bag.form": "Пакет имеет форму BagIt 1.0",
    "bag.files": "Все файлы на месте, лишних нет",
    "bag.manifest": "У каждого файла указанный SHA-256",
    "policy.form": "Правила называют один журнал",
    "checkpoint.form": "Состояние журнала читается",
    "checkpoint.signature": "Журнал подписал своё состояние",
    "policy.quorum": "Подписей свидетелей столько, сколько требуют правила",
    "entry.included": "Каждая запись есть в журнале",
    "log.whole": "Здесь все записи журнала, до последней",
    "entry.form": "Каждая запись имеет строгую форму",
    "entry.genesis": "Каждая запись — из этого журнала",
    "entry.key": "Каждый автор имел право подписи на этом месте",
    "entry.signature": "Все подписи верны",
    "stream.chain": "В нумерованных потоках нет пропусков",
    anchor: "Ни одна запись не ссылается на состояние, которого не было",
    "disclosure.digest": "Раскрыто то, что было записано",
    "entry.fields": "В записях о деньгах есть всё, что требует их вид",
    "statement.parts": "Банковские выписки полны",
    "nullifier.once": "Каждая строка банка учтена один раз",
    "line.once": "Каждая строка выписки учтена один раз",
    "attribution.opened": "Показано, куда отнесена каждая строка банка",
    "attribution.sum": "Отнесённое сходится со строками банка",
    "payment.once": "Ни один платёж не подтверждён больше чем одной строкой банка",
    "refund.opened": "Каждый возврат показан и относится к сборам своего пожертвования",
    "cover.opened": "Показано каждое покрытие сбора из общих средств",
    "close.restated": "Недельные итоги сходятся",
    "statement.form": "Справка читается только одним способом",
    "figures.foundation": "Фонд и журнал — названные",
    "figures.log": "Состояние и число записей — как указано",
    "figures.witnesses": "Свидетели — указанные",
    "figures.asked": "Просили столько, сколько указано",
    "figures.totals": "Итоги следуют из записей",
    "figures.appeals": "Цифры каждого сбора следуют из записей",
    "figures.spending": "Платежи и подтверждения — как указано",
    "figures.hidden": "Показанное и скрытое — как указано",
    "statement.text": "Страницы для чтения говорят то же, что цифры",
    claim: "Утверждение сопоставлено с цифрами",
  },
};

const kk: PageLabels = {
  title: "Досьені тексеру",
  lead: "Бұл бет досьені толық тексереді: қолтаңбаларды, журналды, банктің әр жолын, әр санды.",
  offline: "Бәрі сіздің құрылғыңызда орындалады. Ешқайда ештеңе жіберілмейді, желі қажет емес.",
  choose: "Zip файлды таңдау",
  folder: "немесе ашылған қалтаны",
  drop: "немесе осында сүйреп әкеліңіз",
  working: "Тексерілуде …",
  again: "Басқа досьені тексеру",
  verdicts: {
    held: ["Бәрі расталды", "Досье сол кезде жазылғанмен бірдей, сандары жазбалардан шығады."],
    broken: ["Бұзылған", "Бұл досьеде бірдеңе өзгертілген немесе сәйкес келмейді. Оған сенуге болмайды."],
    "could-not-check": [
      "Толық тексерілмеді",
      "Қате табылған жоқ, бірақ тексеруге керек нәрсе көрсетілмеген.",
    ],
  },
  claim: "Мәлімделгені",
  found: "Жазбалар бойынша",
  agrees: "Мәлімдеме жазбаларға сәйкес келеді.",
  differs: "Мәлімдеме жазбаларға сәйкес келмейді.",
  figures: "Осында жазбалардан есептелген сандар",
  trust: "Бұл кімнің журналы",
  trustNote:
    "Мұны қордың басқа жерде жариялағанымен салыстырыңыз: журналдың кімдікі болуға тиіс екенін бұл бет біле алмайды.",
  witnessed: "Куәлер",
  list: "Не тексерілді",
  result: "Бағдарламаларға арналған нәтиже (JSON)",
  marks: { held: "дұрыс", broken: "бұзылған", "could-not-check": "тексерілмеді" },
  checks: {
    "bag.zip": "Мұрағат тек бір жолмен оқылады",
    "bag.form": "Қапшық BagIt 1.0 пішінінде",
    "bag.files": "Барлық файл орнында, артығы жоқ",
    "bag.manifest": "Әр файлдың SHA-256 мәні көрсетілгендей",
    "policy.form": "Ереже бір журналды атайды",
    "checkpoint.form": "Журналдың күйі оқылады",
    "checkpoint.signature": "Журнал өз күйіне қол қойған",
    "policy.quorum": "Куәлердің қолтаңбасы ереже талап еткендей",
    "entry.included": "Әр жазба журналда бар",
    "log.whole": "Журналдың барлық жазбасы соңғысына дейін осында",
    "entry.form": "Әр жазба қатаң пішінде",
    "entry.genesis": "Әр жазба осы журналдікі",
    "entry.key": "Әр автордың сол жерде қол қоюға құқығы болған",
    "entry.signature": "Барлық қолтаңба дұрыс",
    "stream.chain": "Нөмірленген ағындарда үзіліс жоқ",
    anchor: "Ешбір жазба журналда болмаған күйді атамайды",
    "disclosure.digest": "Ашылғаны — сол кезде жазылғаны",
    "entry.fields": "Ақша туралы жазбаларда түріне қажеттінің бәрі бар",
    "statement.parts": "Банк үзінділері толық",
    "nullifier.once": "Банктің әр жолы бір рет есептелген",
    "line.once": "Үзіндінің әр жолы бір рет есептелген",
    "attribution.opened": "Банктің әр жолының қайда жатқызылғаны көрсетілген",
    "attribution.sum": "Жатқызылғаны банк жолдарымен тең",
    "payment.once": "Бірде-бір төлем банктің бірден көп жолымен расталмаған",
    "refund.opened": "Әр қайтарым көрсетілген және өз қайырымдылығының жинақтарына жатады",
    "cover.opened": "Жинақты жалпы қаражаттан жабудың әрқайсысы көрсетілген",
    "close.restated": "Апталық қорытындылар сәйкес",
    "statement.form": "Анықтама тек бір жолмен оқылады",
    "figures.foundation": "Қор мен журнал аталғандай",
    "figures.log": "Күйі мен жазба саны көрсетілгендей",
    "figures.witnesses": "Куәлер көрсетілгендей",
    "figures.asked": "Сұралғаны көрсетілгендей",
    "figures.totals": "Жиынтықтар жазбалардан шығады",
    "figures.appeals": "Әр жинақтың сандары жазбалардан шығады",
    "figures.spending": "Төлемдер мен растаулар көрсетілгендей",
    "figures.hidden": "Көрсетілгені мен жасырылғаны айтылғандай",
    "statement.text": "Оқуға арналған беттер сандармен бірдей айтады",
    claim: "Мәлімдеме сандармен салыстырылды",
  },
};

export const pageLabels: Readonly<Record<Lang, PageLabels>> = { kk, ru, en };
