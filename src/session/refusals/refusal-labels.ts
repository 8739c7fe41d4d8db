/** Words for the refusals of storage, log and dossier, whose folders hold no labels of their own. `en` is never printed. */
export const storeAndDossierLabels: Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
> = {
  "data-folder-foreign": {
    kk: "Бұл қалтада басқа бағдарламаның дерекқоры бар. Басқа қалта таңдаңыз.",
    ru: "В этой папке база данных другой программы. Выберите другую папку.",
    en: "The folder holds a database of another program.",
  },
  "data-folder-newer": {
    kk: "Бұл қалтаға бағдарламаның жаңарақ нұсқасы жазған. Бағдарламаны жаңартыңыз.",
    ru: "В эту папку писала более новая версия программы. Обновите программу.",
    en: "The folder was written by a newer version.",
  },
  "data-folder-older": {
    kk: "Бұл қалтаға бағдарламаның ескірек нұсқасы жазған. Оны алдымен жазатын команда арқылы бір рет ашыңыз.",
    ru: "В эту папку писала более старая версия программы. Откройте её один раз командой, которая записывает.",
    en: "The folder was written by an older version.",
  },
  "data-folder-missing": {
    kk: "Бұл қалтада журнал жоқ. Жолын тексеріңіз немесе жаңасын жасаңыз: aigaq init.",
    ru: "В этой папке нет журнала. Проверьте путь или создайте новый: aigaq init.",
    en: "The folder holds no record.",
  },
  "data-folder-damaged": {
    kk: "Бұл қалтадағы дерекқор бүлінген. Оны сақтық көшірмеден қалпына келтіріңіз.",
    ru: "База данных в этой папке повреждена. Восстановите её из резервной копии.",
    en: "The database of the folder is damaged.",
  },
  "data-folder-unreadable": {
    kk: "Бұл қалтаны пайдалану мүмкін емес. Оның барын және оған рұқсатыңыз барын тексеріңіз.",
    ru: "Эту папку нельзя использовать. Проверьте, что она есть и доступна вам.",
    en: "The folder cannot be used.",
  },
  "settings-unreadable": {
    kk: "Баптаулар файлы оқылмайды",
    ru: "Файл настроек не читается",
    en: "The file of settings cannot be read",
  },
  "setting-unknown": {
    kk: "Мұндай баптау жоқ",
    ru: "Такой настройки нет",
    en: "There is no such setting",
  },
  "setting-wrong": {
    kk: "Баптаудың мәні жарамсыз",
    ru: "Недопустимое значение настройки",
    en: "The setting has a wrong value",
  },
  "log-key-missing": {
    kk: "Мұнда журнал бар, бірақ оның кілті жоқ. keys/log.key файлын орнына қойыңыз.",
    ru: "Журнал здесь есть, а его ключа нет. Верните на место файл keys/log.key.",
    en: "There is a record here, but not the key of its log.",
  },
  "log-key-malformed": {
    kk: "keys/log.key файлы журналдың кілті емес. Оны сақтық көшірмеден қалпына келтіріңіз.",
    ru: "Файл keys/log.key не похож на ключ журнала. Восстановите его из резервной копии.",
    en: "The file is no key of a log.",
  },
  "cannot-listen": {
    kk: "Бұл портты ашу мүмкін емес, оны басқа бағдарлама алған болуы мүмкін",
    ru: "Не удалось открыть порт, возможно, он занят другой программой",
    en: "Cannot listen on this port",
  },
  "database-url-wrong": {
    kk: "Бұл дерекқордың мекенжайы емес. Мекенжай мынадай болады: postgres://user@host/database.",
    ru: "Это не адрес базы данных. Он выглядит так: postgres://user@host/database.",
    en: "This is no address of a database.",
  },
  "database-unreachable": {
    kk: "Дерекқор сервері жауап бермейді. Оның іске қосылғанын және мекенжайды тексеріңіз.",
    ru: "Сервер базы данных не отвечает. Проверьте, что он запущен, и адрес.",
    en: "The database server does not answer.",
  },
  "database-denied": {
    kk: "Дерекқор бұл пайдаланушыны кіргізбейді. Атын, құпиясөзін және құқықтарын тексеріңіз.",
    ru: "База данных не пускает этого пользователя. Проверьте имя, пароль и права.",
    en: "The database does not let this user in.",
  },
  "database-missing": {
    kk: "Мұндай дерекқор жоқ немесе онда журнал жоқ. Атауын тексеріңіз.",
    ru: "Такой базы данных нет, или в ней нет журнала. Проверьте название.",
    en: "There is no such database, or no record in it.",
  },
  "database-foreign": {
    kk: "Бұл дерекқордағы aigaq сұлбасын басқа бағдарлама жасаған. Басқа дерекқор таңдаңыз.",
    ru: "Схему aigaq в этой базе данных создала другая программа. Выберите другую базу.",
    en: "The schema aigaq of the database belongs to another program.",
  },
  "database-newer": {
    kk: "Бұл дерекқорға бағдарламаның жаңарақ нұсқасы жазған. Бағдарламаны жаңартыңыз.",
    ru: "В эту базу данных писала более новая версия программы. Обновите программу.",
    en: "The database was written by a newer version.",
  },
  "database-older": {
    kk: "Бұл дерекқорға бағдарламаның ескірек нұсқасы жазған. Оны алдымен жазатын команда арқылы бір рет ашыңыз.",
    ru: "В эту базу данных писала более старая версия программы. Откройте её один раз командой, которая записывает.",
    en: "The database was written by an older version.",
  },
  "database-unfit": {
    kk: "Бұл дерекқор жарамайды: UTF8 кодтауы және PostgreSQL 13 немесе одан жаңа нұсқа керек.",
    ru: "Эта база данных не подходит: нужны кодировка UTF8 и PostgreSQL 13 или новее.",
    en: "The database is unfit: UTF8 and PostgreSQL 13 or later are needed.",
  },
  "database-not-durable": {
    kk: "Дерекқор сервері дискіге жазылғанын күтпейді: жарық өшсе, жазбалар жоғалады. fsync, full_page_writes және synchronous_commit мәндерін on етіп қойыңыз.",
    ru: "Сервер базы данных не ждёт записи на диск: при отключении питания записи пропадут. Включите fsync, full_page_writes и synchronous_commit (on).",
    en: "The database server does not wait for its disk.",
  },
  "database-read-only": {
    kk: "Бұл — тек оқуға арналған қосалқы сервер. Негізгі серверге қосылыңыз.",
    ru: "Это резервный сервер, доступный только для чтения. Подключитесь к основному.",
    en: "The database server is a standby.",
  },
  "store-parts-damaged": {
    kk: "Сақталған журнал файлы бүлінген немесе толық жүктелмеген.",
    ru: "Файл сохранённого журнала повреждён или загружен не полностью.",
    en: "The file of a saved record is damaged or cut short.",
  },
  "behind-witness": {
    kk: "Бұл қалта журналдың басқа жерде көрінген күйінен артта қалған. Жазба жасамаңыз: жаңарақ көшірмені қалпына келтіріңіз.",
    ru: "Эта папка отстаёт от состояния журнала, которое уже видели в другом месте. Ничего не записывайте: восстановите более новую копию.",
    en: "The folder is behind a state of the log seen elsewhere.",
  },
  "stale-head": {
    kk: "Осы уақытта журналға басқа біреу жазды. Команданы қайта іске қосыңыз.",
    ru: "За это время в журнал записал кто-то другой. Запустите команду ещё раз.",
    en: "Somebody else wrote in the meantime.",
  },
  "entry-too-large": {
    kk: "Жазба тым үлкен",
    ru: "Запись слишком велика",
    en: "The entry is too large",
  },
  "claim-unreadable": {
    kk: "Мәлімдеме түсініксіз. Мына түрде жазыңыз: 31000000 KZT raised (немесе spent, returned, covered, left).",
    ru: "Утверждение непонятно. Напишите в таком виде: 31000000 KZT raised (или spent, returned, covered, left).",
    en: "The claim cannot be read.",
  },
  "field-unknown": {
    kk: "Ашуға болатын мұндай өріс жоқ, немесе атаудың жазылуы басқа",
    ru: "Поля с таким названием, которое можно было бы раскрыть, нет",
    en: "There is no such field to disclose",
  },
  "question-unknown": {
    kk: "Сұралған жинақ, жарияланым немесе іс журналда жоқ. Барлары: aigaq funds.",
    ru: "Такого сбора, публикации или дела в журнале нет. Что есть, покажет aigaq funds.",
    en: "The record does not know what is asked about.",
  },
  "question-malformed": {
    kk: "Мұндай сұрақты немесе мәлімдемені анықтамаға жазу мүмкін емес",
    ru: "Такой вопрос или утверждение нельзя записать в справку",
    en: "The question or the claim cannot stand in a statement",
  },
  "dossier-too-large": {
    kk: "Журнал бір досьеге сыймайды",
    ru: "Журнал не помещается в одно досье",
    en: "The log is too large for one dossier",
  },
  "dossier-would-not-hold": {
    kk: "Құрастырылған досье өз тексеруінен өтпейді, сондықтан жазылмады. Журналды тексеріңіз: aigaq log check.",
    ru: "Составленное досье не проходит собственной проверки и поэтому не записано. Проверьте журнал: aigaq log check.",
    en: "What was put together does not pass its own check.",
  },
  "table-malformed": {
    kk: "Кесте дұрыс жазылмаған: тырнақша жабылмаған. Файлды CSV түрінде қайта сақтаңыз.",
    ru: "Таблица записана неверно: кавычка не закрыта. Сохраните файл как CSV заново.",
    en: "The table is malformed.",
  },
  "table-empty": {
    kk: "Кесте бос. Бірінші жолында бағандардың атаулары тұруы керек.",
    ru: "Таблица пуста. В её первой строке стоят названия столбцов.",
    en: "The table is empty.",
  },
  "table-column-twice": {
    kk: "Бірінші жолда бір баған екі рет тұр",
    ru: "Один столбец стоит в первой строке дважды",
    en: "A column stands in the first line twice.",
  },
  "table-cells": {
    kk: "Ұяшықтар саны бірінші жолдағыдай емес. Ішінде үтірі бар ұяшықтарды тырнақшаға алыңыз.",
    ru: "Ячеек не столько, сколько в первой строке. Ячейки с запятыми заключайте в кавычки.",
    en: "A row has not as many cells as the first line.",
  },
  "json-malformed": {
    kk: "Бұл JSON емес. Файлды қайта түсіріп алыңыз немесе көрсетілген жерін түзетіңіз.",
    ru: "Это не JSON. Выгрузите файл заново или исправьте указанное место.",
    en: "The file is no JSON.",
  },
  "file-not-utf8": {
    kk: "Бұл UTF-8 мәтіні емес. Файлды UTF-8 түрінде сақтап, қайталаңыз.",
    ru: "Это не текст в UTF-8. Сохраните файл в UTF-8 и повторите.",
    en: "The file is no text in UTF-8.",
  },
  "file-unreadable": {
    kk: "Файл оқылмады: ол өзгертілген немесе жойылған. Қайта таңдаңыз.",
    ru: "Файл не читается: он изменён или удалён. Выберите его снова.",
    en: "The file cannot be read any more: it was changed or removed.",
  },
};
