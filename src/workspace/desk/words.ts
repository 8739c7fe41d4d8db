import { countWith } from "#language/plural.ts";
import type { Language } from "#language/language.ts";
import type { SessionWords } from "#session/words.ts";

const en: SessionWords = {
  language: "en",
  line: (line) => (line === null ? "" : `line ${line}: `),
  notInRoom: (room) => `You are not in the room "${room}", so you cannot read it. An officer can add you.`,
  diskFull:
    "The server's disk is full. Nothing was recorded; what waits stays here. Tell whoever runs the server.",
  openingBooks: "Opening the books",
  recomputing: "Opening every box and counting again",
  cacheStale: "A stored total did not match the entries and was thrown away; it is computed anew.",
  readingFile: "Reading the file",
  recordingLines: "Recording bank rows",
  attributing: "Attributing credits",
  makingDossier: "Making the dossier",
  someBankFile: "a bank file",
  incompleteImport: (file) =>
    `The import of ${file} was cut short. Import the same file again to complete it; until then these figures are provisional.`,
  statementProblems: (count) =>
    `${countWith("en")(count, { one: "problem", other: "problems" })} in this file. Nothing was imported. Look at each; if the file is all there is, accept it with your name and the reason.`,
  statementNoAccount: (file) =>
    `${file}: the file does not say whose account it is. Type the account's number.`,
  appealUnknown: (appeal, known) => `There is no appeal "${appeal}" on the record. Known: ${known}.`,
  noAppeals: "There are no appeals yet. Open the first one on the page Appeals.",
  postUnknown: (post) => `There is no post "${post}" on the record.`,
  caseUnknown: (id) => `No post and no share names the case "${id}".`,
};

const ru: SessionWords = {
  language: "ru",
  line: (line) => (line === null ? "" : `строка ${line}: `),
  notInRoom: (room) =>
    `Вы не входите в комнату «${room}» и не можете её читать. Вас может добавить должностное лицо фонда.`,
  diskFull:
    "Диск сервера заполнен. Ничего не записано; то, что ждёт отправки, остаётся здесь. Скажите тому, кто ведёт сервер.",
  openingBooks: "Открытие книг",
  recomputing: "Все конверты открываются и пересчитываются",
  cacheStale: "Сохранённый итог не совпал с записями и отброшен; он вычислен заново.",
  readingFile: "Чтение файла",
  recordingLines: "Запись строк банка",
  attributing: "Распределение поступлений",
  makingDossier: "Составление досье",
  someBankFile: "одного из файлов банка",
  incompleteImport: (file) =>
    `Загрузка ${file} оборвалась. Загрузите тот же файл ещё раз, чтобы её завершить; до этого цифры предварительные.`,
  statementProblems: (count) =>
    `${countWith("ru")(count, { one: "ошибка", few: "ошибки", many: "ошибок", other: "ошибки" })} в этом файле. Ничего не загружено. Посмотрите каждую; если другого файла нет, примите этот, указав себя и причину.`,
  statementNoAccount: (file) => `${file}: в файле не сказано, чей это счёт. Введите номер счёта.`,
  appealUnknown: (appeal, known) => `Сбора «${appeal}» в журнале нет. Есть: ${known}.`,
  noAppeals: "Сборов пока нет. Откройте первый на странице «Сборы».",
  postUnknown: (post) => `Публикации «${post}» в журнале нет.`,
  caseUnknown: (id) => `Дело «${id}» не названо ни в одной публикации и ни в одной доле.`,
};

const kk: SessionWords = {
  language: "kk",
  line: (line) => (line === null ? "" : `${line}-жол: `),
  notInRoom: (room) =>
    `Сіз «${room}» бөлмесінде жоқсыз, сондықтан оны оқи алмайсыз. Сізді қордың лауазымды тұлғасы қоса алады.`,
  diskFull:
    "Сервердің дискісінде орын қалмады. Ештеңе жазылған жоқ; жіберуді күткендер осында қалады. Серверді жүргізетін адамға айтыңыз.",
  openingBooks: "Кітаптар ашылуда",
  recomputing: "Барлық хатқалта ашылып, қайта саналуда",
  cacheStale: "Сақталған қорытынды жазбаларға сәйкес келмей, алып тасталды; ол қайта есептелді.",
  readingFile: "Файл оқылуда",
  recordingLines: "Банк жолдары жазылуда",
  attributing: "Түсімдер жатқызылуда",
  makingDossier: "Досье жасалуда",
  someBankFile: "Банк",
  incompleteImport: (file) =>
    `${file} файлын енгізу үзіліп қалды. Аяқтау үшін сол файлды қайта енгізіңіз; оған дейін бұл сандар түпкілікті емес.`,
  statementProblems: (count) =>
    `Бұл файлда ${countWith("kk")(count, { other: "ақау" })} бар. Ештеңе енгізілмеді. Әрқайсысын қараңыз; басқа файл болмаса, атыңыз бен себебін жазып, осыны қабылдаңыз.`,
  statementNoAccount: (file) => `${file}: файлда кімнің шоты екені жазылмаған. Шот нөмірін теріңіз.`,
  appealUnknown: (appeal, known) => `Журналда «${appeal}» жинағы жоқ. Барлары: ${known}.`,
  noAppeals: "Әзірге жинақ жоқ. Біріншісін «Жинақтар» бетінде ашыңыз.",
  postUnknown: (post) => `Журналда «${post}» жарияланымы жоқ.`,
  caseUnknown: (id) => `«${id}» ісі ешбір жарияланымда және ешбір үлесте аталмаған.`,
};

/** What work with the record says to a person in the workspace. */
export const deskWords: { readonly [language in Language]: SessionWords } = { en, ru, kk };
