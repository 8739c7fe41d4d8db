import type { Language } from "#cli/words/language.ts";

/** What `npm run tour` tells beside the output of the commands. */
export type TourWords = {
  readonly title: string;
  readonly intro: readonly string[];
  readonly passphrase: (passphrase: string) => string;
  readonly steps: Readonly<Record<StepName, string>>;
  readonly failed: (code: number | null) => string;
  readonly lies: readonly [data: string, dossier: string, files: string];
  readonly next: string;
  readonly tries: Readonly<Record<TryName, string>>;
  readonly again: (folder: string) => string;
};

export type StepName =
  | "init"
  | "catalogue"
  | "statements"
  | "decisions"
  | "spending"
  | "events"
  | "again"
  | "asked"
  | "question"
  | "dossier"
  | "verify"
  | "check";
export type TryName = "unzip" | "period" | "post" | "altered" | "export" | "help";

export const tourWords: Readonly<Record<Language, TourWords>> = {
  en: {
    title: "Story 1: How much was raised?",
    intro: [
      "A foundation stands accused: 31 000 000 tenge were raised for one student, and most of it was kept.",
      "It has its bank statements, its decisions, its receipts. How much was raised for her?",
      "Everything here is invented: names, places, accounts, sums.",
    ],
    passphrase: (passphrase) => `The passphrase of this sample is invented and no secret: ${passphrase}`,
    steps: {
      init: "The foundation makes its record: keys, a room for those who keep the books, a first entry.",
      catalogue: "What it asked for: six appeals, eight posts. Two of the posts are reposts.",
      statements:
        "The bank's files come in. Every row is signed, sealed and counted once; the two statements overlap by ten days.",
      decisions:
        "Gifts without a sign: a named person says what they were for, and on what ground. Two went back.",
      spending:
        "What was spent, and who confirmed it. What an appeal lacked was covered from general funds, visibly.",
      events: "The account is frozen in mid-appeal; gifts go on in euro. Both are facts on the record.",
      again: "By mistake the second statement is imported again.",
      asked:
        "Two posts asked for her; this one repeats the other. What they asked for and what came in are two things:",
      question: "The question: how much was raised for her?",
      dossier: "The answer, for a court: a dossier that holds the accusation against the record.",
      verify: "A stranger checks it: no data folder, no passphrase, no network.",
      check: "And the record itself, verified again from storage, entry by entry.",
    },
    failed: (code) => `This step ended with exit status ${code}. What it printed stands above.`,
    lies: ["the sealed books", "the dossier", "the bank files and tables they came from"],
    next: "What to try next:",
    tries: {
      unzip: "unpack the dossier; open verify.html in a browser, or run verify.py with any Python 3",
      period: "the same question for a month",
      post: "what was asked and what came in, post by post",
      altered: "change one byte of a copy and verify that: it is broken, and says where",
      export: "the books for hledger, beancount or a spreadsheet",
      help: "every command",
    },
    again: (folder) => `"npm run tour" makes ${folder} anew each time; put nothing of your own there.`,
  },
  ru: {
    title: "История 1: сколько собрали?",
    intro: [
      "Фонд обвиняют: на одну студентку собрали 31 000 000 тенге и большую часть присвоили.",
      "У фонда есть выписки банка, решения и чеки. Сколько собрали для неё?",
      "Здесь всё вымышлено: имена, места, счета, суммы.",
    ],
    passphrase: (passphrase) => `Парольная фраза этого примера вымышлена и не тайна: ${passphrase}`,
    steps: {
      init: "Фонд начинает журнал: ключи, комната для тех, кто ведёт книги, первая запись.",
      catalogue: "О чём фонд просил: шесть сборов, восемь публикаций. Две из них — повторные.",
      statements:
        "Загружаются файлы банка. Каждая строка подписана, запечатана и сосчитана один раз; две выписки перекрываются на десять дней.",
      decisions:
        "Поступления без указания сбора: названный по имени человек решает, на что они даны, и на каком основании. Два пожертвования возвращены.",
      spending: "Что израсходовано и кто это подтвердил. Нехватка покрыта из общих средств, и это видно.",
      events:
        "Счёт блокируют посреди сбора; пожертвования продолжаются в евро. И то и другое — факты в журнале.",
      again: "По ошибке вторую выписку загружают ещё раз.",
      asked:
        "Для неё просили две публикации, вторая повторяет первую. Сколько просили и сколько поступило — разные вещи:",
      question: "Вопрос: сколько собрали для неё?",
      dossier: "Ответ для суда: досье, в котором обвинение сопоставлено с журналом.",
      verify: "Его проверяет посторонний: без папки данных, без парольной фразы, без сети.",
      check: "И сам журнал, проверенный заново по сохранённому, запись за записью.",
    },
    failed: (code) => `Этот шаг закончился с кодом ${code}. Что он напечатал, стоит выше.`,
    lies: ["запечатанные книги", "досье", "файлы банка и таблицы, из которых они составлены"],
    next: "Что попробовать дальше:",
    tries: {
      unzip: "распаковать досье; открыть verify.html в браузере или запустить verify.py любым Python 3",
      period: "тот же вопрос за один месяц",
      post: "сколько просили и сколько поступило, по публикации",
      altered: "изменить один байт в копии и проверить её: она нарушена, и видно где",
      export: "книги для hledger, beancount или таблицы",
      help: "все команды",
    },
    again: (folder) => `«npm run tour» каждый раз создаёт ${folder} заново; не кладите туда ничего своего.`,
  },
  kk: {
    title: "1-оқиға: қанша жиналды?",
    intro: [
      "Қорға айып тағылды: бір студент қызға 31 000 000 теңге жиналып, көбі иемденіп алынған-мыс.",
      "Қордың қолында банк үзінді көшірмелері, шешімдер мен түбіртектер бар. Оған қанша жиналды?",
      "Мұндағының бәрі ойдан шығарылған: есімдер, жерлер, шоттар, сомалар.",
    ],
    passphrase: (passphrase) => `Бұл үлгінің құпиясөз тіркесі ойдан шығарылған, ол құпия емес: ${passphrase}`,
    steps: {
      init: "Қор журнал бастайды: кілттер, кітап жүргізетіндердің бөлмесі, алғашқы жазба.",
      catalogue: "Қор не сұрады: алты жинақ, сегіз жарияланым. Оның екеуі — қайта жариялау.",
      statements:
        "Банк файлдары енгізіледі. Әр жолға қол қойылып, мөр басылады және ол бір рет саналады; екі үзінді көшірме он күнге қабаттасады.",
      decisions:
        "Қай жинаққа берілгені көрсетілмеген түсімдер: аты аталған адам оның неге және қандай негізбен берілгенін шешеді. Екі қайырымдылық қайтарылды.",
      spending: "Не жұмсалды және оны кім растады. Жетпегені жалпы қаражаттан жабылды, бұл көрініп тұр.",
      events: "Жинақ ортасында шот бұғатталады; қайырымдылық еуромен жалғасады. Екеуі де журналдағы дерек.",
      again: "Екінші үзінді көшірме қателікпен тағы бір рет енгізіледі.",
      asked:
        "Оған екі жарияланым шақырған, екіншісі — біріншінің қайталануы. Сұралған сома мен түскен сома — екі бөлек нәрсе:",
      question: "Сұрақ: оған қанша жиналды?",
      dossier: "Сотқа арналған жауап: айып журналмен салыстырылған досье.",
      verify: "Оны бөгде адам тексереді: деректер қалтасыз, құпиясөз тіркесінсіз, желісіз.",
      check: "Журналдың өзі де сақталған дерек бойынша, әр жазбасымен қайта тексеріледі.",
    },
    failed: (code) => `Бұл қадам ${code} кодымен аяқталды. Ол шығарған мәтін жоғарыда тұр.`,
    lies: ["мөр басылған кітаптар", "досье", "олар құрылған банк файлдары мен кестелер"],
    next: "Енді мынаны көріңіз:",
    tries: {
      unzip:
        "досьені ашып, verify.html файлын браузерде ашыңыз немесе verify.py файлын кез келген Python 3-пен іске қосыңыз",
      period: "сол сұрақ, бір айға",
      post: "жарияланым бойынша қанша сұралды және қанша түсті",
      altered: "көшірменің бір байтын өзгертіп тексеріңіз: ол бұзылған, қай жері екені көрсетіледі",
      export: "hledger, beancount немесе кестеге арналған кітаптар",
      help: "барлық команда",
    },
    again: (folder) =>
      `«npm run tour» ${folder} қалтасын әр жолы жаңадан жасайды; оған өз файлыңызды салмаңыз.`,
  },
};
