import type { TourStepId } from "./steps.ts";

type StepWords = Readonly<Record<TourStepId, { readonly title: string; readonly text: string }>>;

const en = {
  tour: "Guided tour",
  progress: (step: number, all: number) => `${step} of ${all}`,
  resume: (step: number, all: number) => `Tour: ${step} of ${all}`,
  next: "Next",
  back: "Back",
  skip: "Close the tour",
  show: "Show it",
  checkAltered: "Check the altered copy",
  saveAltered: "Save it",
  making: "Making the copy",
  begin: "Leave and begin your own",
  leave: "Leave the sample",
  stay: "Stay and try things",
  steps: {
    accusation: {
      title: "The accusation",
      text: "“31 million was raised for one student, and most of it was kept.” ₸31,000,000 did come in, but for six appeals together. Hers is one of them.",
    },
    posts: {
      title: "Eight posts",
      text: "The targets of eight posts, added up, also make ₸31,000,000. But two of them repeat a request: counted once, ₸23,250,000 was asked for. And a target is a wish, not money.",
    },
    received: {
      title: "What came in for her",
      text: "₸1,240,000, in 96 gifts. Each is a row of the bank’s statement and counts once, however often the file is imported.",
    },
    spent: {
      title: "Where it went",
      text: "₸4,202,850 was spent on her, in 17 payments: a lawyer, flights, a hotel. Both her lawyer and she herself confirmed every one of them.",
    },
    covered: {
      title: "More than came in",
      text: "Received, less what was returned, plus what was covered, less what was spent: zero is left. The missing ₸2,983,150 came from general funds. Open any figure to see what it is made of.",
    },
    grounds: {
      title: "Why a gift counts here",
      text: "A code or a hashtag in the payment, or the decision of a named person: each gift has its ground. Without one it belongs to general funds, and moving it leaves a trace.",
    },
    decide: {
      title: "What only a person can decide",
      text: "Signs that contradict each other, two payments of one sum, a row that nothing explains: these wait here, each with what speaks for each answer. Decide one; for five seconds it can be taken back.",
    },
    frozen: {
      title: "The frozen account",
      text: "On 9 June 2025 the tenge account was frozen. Open it to see what lay there that day, and for whom. Gifts go on, on other accounts.",
    },
    dossier: {
      title: "The answer, in one file",
      text: "The question is asked already. Press “Make a dossier”: it is checked at once, as a stranger would check it, without our server, a password or even a network.",
    },
    altered: {
      title: "Change one digit",
      text: "Take a copy in which 1,240,000 has become 1,940,000, and check it. It breaks, and the report names the page that somebody touched.",
    },
    own: {
      title: "Now with your own statements",
      text: "That was the sample. You may stay and try anything: what you record here is gone with this tab. Or leave, and begin with your own bank file.",
    },
  } satisfies StepWords as StepWords,
};

const kk: typeof en = {
  tour: "Экскурсия",
  progress: (step, all) => `${step}-қадам, барлығы ${all}`,
  resume: (step, all) => `Экскурсия: ${step}/${all}`,
  next: "Әрі қарай",
  back: "Артқа",
  skip: "Экскурсияны жабу",
  show: "Көрсету",
  checkAltered: "Өзгертілген көшірмені тексеру",
  saveAltered: "Сақтап алу",
  making: "Көшірме жасалуда",
  begin: "Шығып, өз қорыңызды бастау",
  leave: "Үлгіден шығу",
  stay: "Қалып, байқап көру",
  steps: {
    accusation: {
      title: "Айыптау",
      text: "«Бір студентке 31 миллион жиналды, көбін өздеріне қалдырды». 31 000 000 ₸ шынымен түскен, бірақ алты жинаққа бірге. Студенттің жинағы — соның бірі ғана.",
    },
    posts: {
      title: "Сегіз жарияланым",
      text: "Сегіз жарияланымдағы мақсатты қоссаңыз да 31 000 000 ₸ шығады. Бірақ екеуі бұрынғы өтінішті қайталайды: әр өтінішті бір рет санасақ, сұралғаны — 23 250 000 ₸. Ал мақсат дегеніміз ақша емес, тілек қана.",
    },
    received: {
      title: "Студентке нақты түскені",
      text: "1 240 000 ₸, 96 түсім. Әрқайсысы банк көшірмесінің бір жолы және файл қанша рет енгізілсе де, бір-ақ рет саналады.",
    },
    spent: {
      title: "Ақша қайда жұмсалды",
      text: "Студентке 4 202 850 ₸ жұмсалды, 17 төлем: адвокат, ұшақ билеттері, қонақүй. Әр төлемді адвокат та, студенттің өзі де растаған.",
    },
    covered: {
      title: "Түскеннен көп жұмсалған",
      text: "Түскені, қайтарылғаны шегеріліп, жабылғаны қосылып, жұмсалғаны алынса, нөл қалады. Жетпеген 2 983 150 ₸ жалпы қаражаттан келді. Кез келген санды басып, неден құралғанын көріңіз.",
    },
    grounds: {
      title: "Түсім неге осы жинақта",
      text: "Төлемдегі код не хештег немесе аты аталған адамның шешімі: әр түсімнің негізі бар. Негізі жоғы жалпы қаражатқа жатады, ал оны көшірсе, ізі қалады.",
    },
    decide: {
      title: "Тек адам шеше алатыны",
      text: "Бір-біріне қайшы белгілер, сомасы бірдей екі төлем, ештеңе түсіндірмейтін жол осында күтеді; әр жауаптың жанында оны не растайтыны көрсетілген. Біреуін шешіп көріңіз: бес секунд ішінде қайтарып алуға болады.",
    },
    frozen: {
      title: "Бұғатталған шот",
      text: "2025 жылғы 9 маусымда теңге шоты бұғатталды. Оны ашсаңыз, сол күні онда қанша ақша және кім үшін жатқаны көрінеді. Түсімдер басқа шоттарға келе береді.",
    },
    dossier: {
      title: "Жауап — бір файлда",
      text: "Сұрақ қойылып тұр. «Досье жасау» түймесін басыңыз: досье бірден бөгде адам тексергендей тексеріледі, біздің серверсіз, құпиясөзсіз, тіпті интернетсіз.",
    },
    altered: {
      title: "Бір цифрды өзгертіп көріңіз",
      text: "1 240 000 саны 1 940 000 болып өзгерген көшірмені тексеріп көріңіз. Тексеру өтпейді, әрі қай бетке қол тигізілгенін айтады.",
    },
    own: {
      title: "Енді өз көшірмеңізбен",
      text: "Бұл үлгі еді. Қалып, қалағаныңызды байқап көріңіз: мұнда жазғаныңыз осы қойындымен бірге жойылады. Немесе шығып, өз банк файлыңыздан бастаңыз.",
    },
  },
};

const ru: typeof en = {
  tour: "Экскурсия",
  progress: (step, all) => `${step} из ${all}`,
  resume: (step, all) => `Экскурсия: ${step} из ${all}`,
  next: "Дальше",
  back: "Назад",
  skip: "Закрыть экскурсию",
  show: "Показать",
  checkAltered: "Проверить изменённую копию",
  saveAltered: "Сохранить её",
  making: "Готовится копия",
  begin: "Выйти и начать свой фонд",
  leave: "Выйти из образца",
  stay: "Остаться и попробовать",
  steps: {
    accusation: {
      title: "Обвинение",
      text: "«Для одной студентки собрали 31 миллион и почти всё оставили себе». 31 000 000 ₸ действительно пришли, но на шесть сборов вместе. Её сбор — лишь один из них.",
    },
    posts: {
      title: "Восемь публикаций",
      text: "Сумма целей восьми публикаций — тоже 31 000 000 ₸. Но две из них повторяют прежнюю просьбу: если считать каждую один раз, просили 23 250 000 ₸. И цель — это просьба, а не деньги.",
    },
    received: {
      title: "Сколько пришло для неё",
      text: "1 240 000 ₸, 96 пожертвований. Каждое — строка банковской выписки и считается один раз, сколько бы раз файл ни загружали.",
    },
    spent: {
      title: "Куда ушли деньги",
      text: "На неё израсходовали 4 202 850 ₸, 17 платежей: адвокат, перелёты, гостиница. Каждый из них подтвердили и адвокат, и она сама.",
    },
    covered: {
      title: "Больше, чем пришло",
      text: "Пришло, минус возвращено, плюс покрыто, минус израсходовано: остаётся ноль. Недостающие 2 983 150 ₸ дали общие средства. Нажмите на любую сумму, и увидите, из чего она состоит.",
    },
    grounds: {
      title: "Почему деньги отнесены сюда",
      text: "Код или хештег в платеже, решение названного человека: основание есть у каждого пожертвования. Без него деньги идут в общие средства, а перенос оставляет след.",
    },
    decide: {
      title: "Что решает только человек",
      text: "Признаки, которые противоречат друг другу, два платежа на одну сумму, строка, которую ничто не объясняет: они ждут здесь, и у каждого ответа видно, что за него говорит. Решите одну; пять секунд решение можно отозвать.",
    },
    frozen: {
      title: "Заблокированный счёт",
      text: "9 июня 2025 года счёт в тенге заблокировали. Откройте его: видно, сколько на нём лежало в тот день и для кого. Пожертвования идут дальше, на другие счета.",
    },
    dossier: {
      title: "Ответ одним файлом",
      text: "Вопрос уже задан. Нажмите «Составить досье»: оно сразу проверяется так, как проверит посторонний, без нашего сервера, без пароля и даже без интернета.",
    },
    altered: {
      title: "Измените одну цифру",
      text: "Возьмите копию, в которой 1 240 000 превратилось в 1 940 000, и проверьте её. Проверка не пройдёт и назовёт страницу, которую кто-то тронул.",
    },
    own: {
      title: "Теперь со своими выписками",
      text: "Это был образец. Можно остаться и пробовать что угодно: записанное здесь исчезнет вместе с вкладкой. Или выйти и начать со своего банковского файла.",
    },
  },
};

export const tourWords = { en, kk, ru };

/** "31 000 000 ₸" stays on one line. */
export const unbroken = (text: string): string => text.replaceAll(/(?<=\d) (?=\d|₸)/gu, "\u00A0");
