/** Words for the refusals of changes of members and rooms. */
export const memberLabels: Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
> = {
  "not-officer": {
    kk: "Мүшелер мен бөлмелерді тек лауазымды тұлға өзгерте алады.",
    ru: "Участников и комнаты меняет только должностное лицо.",
    en: "Only an officer changes members and rooms.",
  },
  "member-unknown": {
    kk: "Журналда мұндай мүше жоқ",
    ru: "Такого участника в журнале нет",
    en: "There is no such member",
  },
  "member-removed": {
    kk: "Бұл мүшенің күші бар кілті енді жоқ",
    ru: "У этого участника больше нет действующего ключа",
    en: "This member has no key that counts any more",
  },
  "not-yourself": {
    kk: "Өзіңізді шығара алмайсыз: мұны басқа лауазымды тұлға жасайды.",
    ru: "Исключить себя нельзя: это делает другое должностное лицо.",
    en: "You cannot remove yourself: another officer does it.",
  },
  "name-missing": {
    kk: "Мүшенің аты керек. Ол журналда жасырын қалады.",
    ru: "Участнику нужно имя. В журнале оно остаётся скрытым.",
    en: "A member needs a name. It stays hidden in the record.",
  },
  "reason-missing": {
    kk: "Неге шығарылатынын жазыңыз. Себебі жасырын қалады.",
    ru: "Напишите, почему исключаете. Причина остаётся скрытой.",
    en: "Write why. The reason stays hidden.",
  },
  "role-malformed": {
    kk: "Рөл finance не officer сияқты сөз болуы керек.",
    ru: "Роль — это слово, например finance или officer.",
    en: "A role is a word such as finance or officer.",
  },
  "room-not-yours": {
    kk: "Сіз бұл бөлмеде жоқсыз, сондықтан оның кілтін бере алмайсыз",
    ru: "Вы не в этой комнате и не можете передать её ключ",
    en: "You are not in this room, so you cannot hand on its keys",
  },
  "room-known": {
    kk: "Мұндай бөлме бар",
    ru: "Такая комната уже есть",
    en: "There is such a room already",
  },
  "keys-incomplete": {
    kk: "Сервер мүшелер мен кілттер туралы жазбалардың бәрін көрсетпейді. Оны жүргізетін адамға айтыңыз.",
    ru: "Сервер показывает не все записи об участниках и ключах. Скажите тому, кто его ведёт.",
    en: "The server does not show all entries about members and keys. Tell whoever runs it.",
  },
  "invitation-unreadable": {
    kk: "Бұл сілтеме толық емес. Оны түгел көшіріңіз немесе жаңасын сұраңыз.",
    ru: "Эта ссылка неполная. Скопируйте её целиком или попросите новую.",
    en: "This link is not whole. Copy all of it, or ask for a new one.",
  },
  "change-outdated": {
    kk: "Бұл арада мүшелер тізімі өзгерді. Қайта қарап шығыңыз.",
    ru: "Тем временем состав участников изменился. Посмотрите ещё раз.",
    en: "The members changed meanwhile. Look again.",
  },
  "keyring-changed": {
    kk: "Кілттеріңіз басқа құрылғыда өзгерген. Қайта кіріп, тағы бір рет жасап көріңіз.",
    ru: "Ваши ключи изменились на другом устройстве. Войдите заново и попробуйте ещё раз.",
    en: "Your keys were changed on another device. Sign in again and try once more.",
  },
  "recovery-kit-missing": {
    kk: "Бұл журналда сенім білдірілген адамдарға арналған түбір кілттер жоқ: ол бұл мүмкіндік пайда болғанға дейін басталған.",
    ru: "В этом журнале нет корневых ключей для доверенных лиц: он начат до того, как появилась эта возможность.",
    en: "This record keeps no root keys for its trustees: it began before that was possible.",
  },
  "recovery-refused": {
    kk: "Сервер бұл парақтарды қабылдамады. Беті ескірген болуы мүмкін: оны жаңартып, қайталап көріңіз.",
    ru: "Сервер не принял эти листы. Возможно, страница устарела: обновите её и попробуйте ещё раз.",
    en: "The server did not accept these sheets. The page may be too old: load it anew and try again.",
  },
};
