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
  "last-officer": {
    kk: "Мүше қоса алатын лауазымды тұлға қалмас еді. Алдымен тағы бір лауазымды тұлғаны қосыңыз.",
    ru: "Не осталось бы должностного лица, которое может добавлять участников. Сначала добавьте ещё одно.",
    en: "No officer would be left who can add members. Add another officer first.",
  },
  "recovery-kit-missing": {
    kk: "Серверде сенім білдірілген адамдарға арналған түбір кілттер жоқ: журнал бұл мүмкіндіктен бұрын басталған немесе сервер оларды жоғалтқан. Сервер деректерінің сақтық көшірмесін іздеңіз; ол да болмаса, мүшені басқа лауазымды тұлға қайта шақырсын. Кіре алатын лауазымды тұлға «Қалпына келтіру» бетінде түбір кілттері бар жаңа парақтар жасай алады.",
    ru: "На сервере нет корневых ключей для доверенных лиц: журнал начат до того, как это стало возможно, или сервер их потерял. Найдите резервную копию данных сервера; если и там их нет, пусть участника заново пригласит другое должностное лицо. Должностное лицо, которое может войти, делает на странице «Восстановление» новые листы с корневыми ключами.",
    en: "The server has no root keys for the trustees: the record began before that was possible, or the server has lost them. Look for a copy of the server's data; if that has none either, another officer has to invite the member anew. An officer who can sign in makes new sheets, with root keys, on the page Recovery.",
  },
  "recovery-replaced": {
    kk: "Бұл парақтардың орнына жаңалары жасалған. Сенім білдірілген адамдардан жаңа парақтарын сұраңыз; ескілерін жойыңыз.",
    ru: "Эти листы заменены новыми. Попросите у доверенных лиц новые листы, а старые уничтожьте.",
    en: "These sheets were replaced by newer ones. Ask the trustees for those, and destroy the old ones.",
  },
  "roots-missing": {
    kk: "Күші бар түбір кілттердің екеуі керек, мұнда олар жоқ. Кілттері бар басқа лауазымды тұлға немесе сервер деректерінің сақтық көшірмесі керек.",
    ru: "Нужны два действующих корневых ключа, здесь их нет. Нужно другое должностное лицо, у которого они есть, или резервная копия данных сервера.",
    en: "Two of the root keys that count are needed, and are not here. Look for another officer who has them, or for a copy of the server's data.",
  },
  "recovery-refused": {
    kk: "Сервер кіргізбеді: беттің сұрауы екі минуттан ескі, бет басқа мекенжайдан ашылған немесе бұл мүшенің кілттері мұнда белгісіз. Бет мекенжайын тексеріп, осы бетте басынан бастаңыз.",
    ru: "Сервер не впустил: запрос страницы старше двух минут, она открыта по другому адресу или ключи этого участника здесь неизвестны. Проверьте адрес страницы и начните на ней сначала.",
    en: "The server let nobody in: the request of this page is older than two minutes, the page was opened at another address, or this member's keys are unknown here. Check the page's address and start again on this page.",
  },
  "recovery-finished": {
    kk: "Бұл мүше оралып қойған. Жаңа құпиясөз тіркесімен кіріңіз; ол ұмытылса, осы бетте басынан бастаңыз.",
    ru: "Этот участник уже вернулся. Войдите с новой парольной фразой; если она забыта, начните на этой странице сначала.",
    en: "This member is back already. Sign in with the new passphrase; if that is forgotten, start again on this page.",
  },
  "record-busy": {
    kk: "Дәл қазір журналға басқалар жазып жатыр, сондықтан ештеңе өзгерген жоқ. Бір минуттан кейін осы батырманы тағы басыңыз.",
    ru: "Прямо сейчас в журнал пишут другие, и ничего не изменилось. Через минуту нажмите эту кнопку ещё раз.",
    en: "Others are writing to the record at this moment, and nothing was changed. Press the button again in a minute.",
  },
  "quorum-offline": {
    kk: "Сервермен байланыс жоқ. Бет ашық тұрғанда енгізілген үлестер осында қалады: интернетті тексеріп, батырманы тағы басыңыз.",
    ru: "Нет связи с сервером. Введённые доли остаются здесь, пока страница открыта: проверьте интернет и нажмите кнопку ещё раз.",
    en: "There is no connection to the server. The shares given stay here while this page is open: check the connection and press the button again.",
  },
};
