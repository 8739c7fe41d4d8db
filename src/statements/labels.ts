/** Words for the codes of problems and refusals, in Kazakh, Russian and English. Codes are public and stable. */

export type Words = { readonly kk: string; readonly ru: string; readonly en: string };

export const problemLabels: Readonly<Record<string, Words>> = {
  "account-differs": {
    kk: "Файлдағы шот нөмірі көрсетілген шотпен сәйкес келмейді",
    ru: "Номер счёта в файле не совпадает с указанным",
    en: "The account in the file is not the one given",
  },
  "account-unknown": {
    kk: "Жазбаның қай шотқа тиесілі екені көрсетілмеген",
    ru: "Не указано, к какому счёту относится запись",
    en: "The record does not name its account",
  },
  "amount-contradicts": {
    kk: "Бір жазбада екі түрлі сома тұр",
    ru: "В одной записи стоят две разные суммы",
    en: "One record prints two different sums",
  },
  "amount-too-fine": {
    kk: "Сомада валютада жоқ ұсақ бөлшек бар",
    ru: "В сумме больше знаков после запятой, чем есть в этой валюте",
    en: "The sum has more decimals than its currency",
  },
  "amount-unreadable": {
    kk: "Соманы оқу мүмкін емес",
    ru: "Сумму невозможно прочитать",
    en: "The sum cannot be read",
  },
  "balance-contradicts": {
    kk: "Соңғы қалдық екі түрлі жазылған",
    ru: "Исходящий остаток напечатан дважды и по-разному",
    en: "Two different closing balances are printed",
  },
  "balance-differs": {
    kk: "Кіріс қалдық пен қозғалыстар соңғы қалдықты бермейді",
    ru: "Входящий остаток и обороты не дают исходящего остатка",
    en: "Opening balance and rows do not give the closing balance",
  },
  "balance-unreadable": {
    kk: "Басылған қалдықты немесе айналымды оқу мүмкін емес",
    ru: "Напечатанный остаток или оборот невозможно прочитать",
    en: "A printed balance or turnover cannot be read",
  },
  "chain-broken": {
    kk: "Келесі беттің кіріс қалдығы алдыңғысының соңғы қалдығына тең емес",
    ru: "Входящий остаток не равен исходящему остатку предыдущей части",
    en: "A part does not open with the balance the one before it closed with",
  },
  "count-differs": {
    kk: "Жолдар саны банк көрсеткен саннан өзгеше",
    ru: "Число строк не совпадает с указанным банком",
    en: "The number of rows is not the one printed",
  },
  "credit-count-differs": {
    kk: "Түсімдер саны банк көрсеткен саннан өзгеше",
    ru: "Число поступлений не совпадает с указанным банком",
    en: "The number of credits is not the one printed",
  },
  "credit-turnover-differs": {
    kk: "Түсімдердің қосындысы банк көрсеткен айналымнан өзгеше",
    ru: "Сумма поступлений не совпадает с оборотом, указанным банком",
    en: "The credits do not add up to the printed turnover",
  },
  "currency-mixed": {
    kk: "Бір үзіндіде бірнеше валюта бар",
    ru: "В одной выписке стоят разные валюты",
    en: "One statement holds several currencies",
  },
  "currency-unknown": {
    kk: "Жолда валюта көрсетілмеген",
    ru: "В строке не указана валюта",
    en: "The row names no currency",
  },
  "date-outside-period": {
    kk: "Жолдың күні үзінді кезеңіне кірмейді",
    ru: "Дата строки вне периода выписки",
    en: "The row is dated outside the printed period",
  },
  "date-unreadable": {
    kk: "Күнді оқу мүмкін емес",
    ru: "Дату невозможно прочитать",
    en: "The date cannot be read",
  },
  "debit-count-differs": {
    kk: "Шығыстар саны банк көрсеткен саннан өзгеше",
    ru: "Число списаний не совпадает с указанным банком",
    en: "The number of debits is not the one printed",
  },
  "debit-turnover-differs": {
    kk: "Шығыстардың қосындысы банк көрсеткен айналымнан өзгеше",
    ru: "Сумма списаний не совпадает с оборотом, указанным банком",
    en: "The debits do not add up to the printed turnover",
  },
  "direction-contradicts": {
    kk: "Шот пен операция түрі екі түрлі бағытты көрсетеді",
    ru: "Счёт и вид операции указывают на разные направления",
    en: "Account and kind of operation name different sides",
  },
  "direction-unknown": {
    kk: "Түсім екені не шығыс екені белгісіз",
    ru: "Неизвестно, поступление это или списание",
    en: "Credit or debit cannot be told",
  },
  "end-missing": {
    kk: "Файлдың соңы жоқ: ол үзіліп қалған болуы мүмкін",
    ru: "Нет конца файла: возможно, он обрезан",
    en: "The end is missing: the file may be cut off",
  },
  "entry-not-booked": {
    kk: "Банк бұл операцияны әлі өткізбеген",
    ru: "Банк ещё не провёл эту операцию",
    en: "The bank has not booked this entry yet",
  },
  "fields-too-many": {
    kk: "Жолда тақырыптағыдан көп баған бар",
    ru: "В строке больше полей, чем в заголовке",
    en: "The row has more fields than the headings",
  },
  "kind-sum-differs": {
    kk: "Операция түрі бойынша қосынды қысқаша мазмұнмен сәйкес келмейді",
    ru: "Сумма по виду операции не совпадает с кратким содержанием",
    en: "The rows of a kind do not add up to the summary",
  },
  "line-unreadable": {
    kk: "Жолды түсіну мүмкін емес",
    ru: "Строку файла невозможно разобрать",
    en: "A line of the file cannot be understood",
  },
  "more-pages": {
    kk: "Үзіндінің жалғасы басқа файлда",
    ru: "Продолжение выписки находится в другом файле",
    en: "The statement goes on in another file",
  },
  "problems-unlisted": {
    kk: "Қалған ақаулар тізімге сыймады",
    ru: "Остальные ошибки не перечислены",
    en: "Further problems are not listed",
  },
  "quote-unclosed": {
    kk: "Тырнақша жабылмаған",
    ru: "Кавычка не закрыта",
    en: "A quotation mark is not closed",
  },
  "record-incomplete": {
    kk: "Жазба аяқталмаған",
    ru: "Запись не закончена",
    en: "A record is incomplete",
  },
  "row-after-closing": {
    kk: "Жол соңғы қалдықтан кейін тұр",
    ru: "Строка стоит после исходящего остатка",
    en: "A row stands after the closing balance",
  },
  "row-unreadable": {
    kk: "Операция жолын оқу мүмкін емес",
    ru: "Строку операции невозможно прочитать",
    en: "A row cannot be read",
  },
  "running-balance-differs": {
    kk: "Жолдан кейінгі қалдық есептелгеннен өзгеше",
    ru: "Остаток после строки не совпадает с расчётным",
    en: "The balance after a row does not follow from the one before",
  },
  "section-differs": {
    kk: "Бөлімнің қалдықтары мен айналымдары өзара сәйкес келмейді",
    ru: "Остатки и обороты раздела не сходятся между собой",
    en: "Balances and turnovers of a section contradict each other",
  },
  "section-unclosed": {
    kk: "Шот бөлімі жабылмаған",
    ru: "Раздел счёта не закрыт",
    en: "An account section is not closed",
  },
  "text-garbled": {
    kk: "Жолдардағы әріптер бүлінген",
    ru: "Буквы в строках испорчены",
    en: "Letters in some rows are destroyed",
  },
  "turnover-differs": {
    kk: "Жалпы айналым жолдардың қосындысынан өзгеше",
    ru: "Общий оборот не равен сумме строк",
    en: "The rows do not add up to the total turnover",
  },
  "xml-malformed": {
    kk: "XML құрылымы бұзылған",
    ru: "Структура XML нарушена",
    en: "The XML is broken",
  },
};

export const refusalLabels: Readonly<Record<string, Words>> = {
  "account-unknown": {
    kk: "Қай шот өз шотымыз екені белгісіз",
    ru: "Неизвестно, какой счёт свой",
    en: "The own account is not known",
  },
  "binary-file": {
    kk: "Бұл мәтіндік файл емес",
    ru: "Это не текстовый файл",
    en: "This is a binary file",
  },
  "broken-file": {
    kk: "Файл бүлінген немесе үзіліп қалған",
    ru: "Файл повреждён или обрезан",
    en: "The file is damaged or cut off",
  },
  "columns-unknown": {
    kk: "Күн мен сома бағандары танылмады",
    ru: "Не распознаны столбцы даты и суммы",
    en: "The columns of date and sum were not recognised",
  },
  "cut-off": {
    kk: "Файл алғашқы жолға жетпей үзілген",
    ru: "Файл обрывается до первой строки",
    en: "The file is cut off before its first row",
  },
  "empty-file": { kk: "Файл бос", ru: "Файл пуст", en: "The file is empty" },
  "html-page": {
    kk: "Бұл — үзінді емес, веб-бет",
    ru: "Это веб-страница, а не выписка",
    en: "This is a web page, not a statement",
  },
  "map-invalid": {
    kk: "--map параметрі қате",
    ru: "Параметр --map задан неверно",
    en: "The --map option is wrong",
  },
  "no-rows": {
    kk: "Файлда бірде-бір жол жоқ",
    ru: "В файле нет ни одной строки",
    en: "The file holds no row",
  },
  "no-statement": {
    kk: "Файлда үзінді жоқ",
    ru: "В файле нет выписки",
    en: "The file holds no statement",
  },
  "not-a-statement": {
    kk: "Бұл — банк үзіндісі емес",
    ru: "Это не банковская выписка",
    en: "This is not a bank statement",
  },
  "password-or-old-excel": {
    kk: "Excel файлы құпиясөзбен қорғалған немесе ескі пішімде",
    ru: "Файл Excel защищён паролем или сохранён в старом формате",
    en: "The Excel file has a password or is in the old form",
  },
  "password-protected": {
    kk: "Файл құпиясөзбен қорғалған",
    ru: "Файл защищён паролем",
    en: "The file is protected by a password",
  },
  "pdf-unknown": {
    kk: "Бұл PDF — Kaspi Gold үзіндісі емес",
    ru: "Этот PDF не является выпиской Kaspi Gold",
    en: "This PDF is not a Kaspi Gold statement",
  },
  "scanned-pdf": {
    kk: "PDF-те мәтін жоқ, тек сурет бар",
    ru: "В PDF нет текста, только изображения",
    en: "The PDF holds pictures and no text",
  },
  "too-large": { kk: "Файл тым үлкен", ru: "Файл слишком большой", en: "The file is too large" },
  "wrong-encoding": {
    kk: "Әріптер қате кодтаудан бүлінген",
    ru: "Буквы испорчены неверной кодировкой",
    en: "The letters were destroyed by a wrong encoding",
  },
};
