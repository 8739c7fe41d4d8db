/** Words for refusals about sealed files, corrections and letters. `en` is never printed. */
export const attachmentLabels: Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
> = {
  "entry-unknown": {
    kk: "Журналда мұндай жазба жоқ",
    ru: "Такой записи в журнале нет",
    en: "There is no such entry",
  },
  "receipt-not-attached": {
    kk: "Бұл жазбамен бірге файл сақталмаған. Түбіртекті кейін де қосуға болады.",
    ru: "С этой записью файл не хранится. Чек можно добавить и позже.",
    en: "No file is kept with this entry.",
  },
  "receipt-lost": {
    kk: "Серверде бұл жабық файл жоқ. Оны сақтық көшірмеден қалпына келтіру керек. Серверді жүргізетін адамға айтыңыз.",
    ru: "На сервере нет этого закрытого файла. Его нужно вернуть из резервной копии. Скажите тому, кто ведёт сервер.",
    en: "The server has lost the sealed file.",
  },
  "receipt-differs": {
    kk: "Файл ашылды, бірақ ол журналға жазылған файл емес. Оны пайдаланбаңыз. Бұл туралы лауазымды тұлғаға айтыңыз.",
    ru: "Файл открылся, но это не тот файл, что записан в журнале. Не пользуйтесь им. Сообщите должностному лицу.",
    en: "The file is not the one that was recorded.",
  },
  "receipt-too-large": {
    kk: "Файл 25 МБ-тан үлкен. Оны кішірейтіңіз немесе бөліңіз.",
    ru: "Файл больше 25 МБ. Уменьшите его или разделите.",
    en: "The file is larger than 25 MB.",
  },
  "letter-unreadable": {
    kk: "Бұл хатты ашу мүмкін емес: ол басқа бөлменің кілтімен жабылған немесе өзгертілген.",
    ru: "Это письмо не открывается: оно закрыто ключом другой комнаты или изменено.",
    en: "The letter does not open.",
  },
  "letter-answer-unreadable": {
    kk: "Бұл жауапты ашу мүмкін емес: ол басқа хатқа арналған немесе өзгертілген.",
    ru: "Этот ответ не открывается: он к другому письму или изменён.",
    en: "The answer does not open.",
  },
  "letter-answer-not-yes": {
    kk: "Бұл жауап растамайды, сондықтан одан растау жазылмайды.",
    ru: "Этот ответ ничего не подтверждает, поэтому подтверждения из него не записывают.",
    en: "The answer does not confirm.",
  },
};
