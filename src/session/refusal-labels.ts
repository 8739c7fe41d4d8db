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
};
