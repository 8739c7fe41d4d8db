/** Words for what a server or the connection to it refuses, and for the desk that works with it. `en` is never printed. */
export const serverLabels: Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
> = {
  offline: {
    kk: "Сервермен байланыс жоқ. Интернетті тексеріп, қайталап көріңіз; расталғанның бәрі осы құрылғыда сақталады.",
    ru: "Нет связи с сервером. Проверьте интернет и попробуйте ещё раз; всё подтверждённое хранится на этом устройстве.",
    en: "There is no connection to the server. What was confirmed is kept on this device.",
  },
  "too-many-requests": {
    kk: "Сұраныс тым көп. Бір минут күтіп, қайталап көріңіз.",
    ru: "Слишком много запросов. Подождите минуту и попробуйте ещё раз.",
    en: "Too many requests. Wait a minute.",
  },
  "too-many-streams": {
    kk: "Бағдарлама тым көп терезеде ашық. Артық терезелерді жабыңыз.",
    ru: "Программа открыта в слишком многих окнах. Закройте лишние.",
    en: "Too many windows are open.",
  },
  "too-many-uploads": {
    kk: "Бір мезгілде тым көп файл жіберілуде. Олар біткенше күтіп, қайталап көріңіз.",
    ru: "Одновременно отправляется слишком много файлов. Дождитесь окончания и попробуйте ещё раз.",
    en: "Too many files are on their way at once.",
  },
  "room-not-read": {
    kk: "Сіз бұл бөлмені оқитындардың қатарында жоқсыз. Сізді қордың лауазымды тұлғасы қоса алады.",
    ru: "Вы не среди тех, кто читает эту комнату. Вас может добавить должностное лицо фонда.",
    en: "You are not among the readers of this room.",
  },
  stopping: {
    kk: "Сервер тоқтатылуда. Бір минуттан кейін қайталап көріңіз.",
    ru: "Сервер останавливается. Попробуйте через минуту.",
    en: "The server is being stopped.",
  },
  starting: {
    kk: "Сервер іске қосылып, журналды оқып жатыр. Бірнеше секундтан кейін қайталап көріңіз.",
    ru: "Сервер запускается и читает журнал. Попробуйте через несколько секунд.",
    en: "The server is starting and reads its log.",
  },
  "store-unreachable": {
    kk: "Сервердің дерекқоры жауап бермейді. Сәл күтіп, қайталап көріңіз.",
    ru: "База данных сервера не отвечает. Подождите немного и попробуйте ещё раз.",
    en: "The server's database does not answer.",
  },
  "store-damaged": {
    kk: "Сервердегі деректер бүлінген. Ештеңе енгізбеңіз және серверді жүргізетін адамға хабарлаңыз.",
    ru: "Данные на сервере повреждены. Ничего не вводите и сообщите тому, кто ведёт сервер.",
    en: "What the server keeps is damaged.",
  },
  "disk-full": {
    kk: "Сервердің дискісінде орын қалмады. Ештеңе жазылған жоқ; серверді жүргізетін адамға айтыңыз.",
    ru: "Диск сервера заполнен. Ничего не записано; скажите тому, кто ведёт сервер.",
    en: "The server's disk is full.",
  },
  bug: {
    kk: "Бағдарламада қате шықты. Қайталап көріңіз; тағы болса, көмектесетін адамға айтыңыз.",
    ru: "В программе произошла ошибка. Попробуйте ещё раз; если повторится, скажите тому, кто вам помогает.",
    en: "Something went wrong in the program.",
  },
  "command-unknown": {
    kk: "Бұл әрекетті бағдарламаның бұл нұсқасы білмейді. Бетті қайта жүктеңіз.",
    ru: "Эта версия программы такого действия не знает. Перезагрузите страницу.",
    en: "This version does not know the command.",
  },
  "answer-malformed": {
    kk: "Сервердің жауабы түсініксіз. Қайталап көріңіз; тағы болса, серверді жүргізетін адамға хабарлаңыз.",
    ru: "Ответ сервера непонятен. Попробуйте ещё раз; если повторится, сообщите тому, кто ведёт сервер.",
    en: "The server's answer cannot be read.",
  },
  "not-found": {
    kk: "Сервер бұны таппады. Ол жойылған немесе мерзімі өткен болуы мүмкін.",
    ru: "Сервер этого не нашёл. Возможно, оно удалено или истёк срок.",
    en: "The server does not find it.",
  },
  "not-json": wrongRequest(),
  "field-malformed": wrongRequest(),
  "header-missing": wrongRequest(),
  "range-wrong": wrongRequest(),
  "body-too-large": {
    kk: "Бұл сервер бір жолы қабылдай алатыннан үлкен. Бөліп енгізіңіз.",
    ru: "Это больше, чем сервер принимает за один раз. Введите по частям.",
    en: "This is more than the server takes at once.",
  },
  "origin-foreign": {
    kk: "Сұраныс басқа сайттан келді, сондықтан сервер оны қабылдамады. Бағдарламаны өз мекенжайы бойынша ашыңыз.",
    ru: "Запрос пришёл с другого сайта, и сервер его не принял. Откройте программу по её собственному адресу.",
    en: "The request comes from another site.",
  },
  "signed-out": signInAgain(),
  "not-signed-in": signInAgain(),
  "sign-in-refused": {
    kk: "Кіруге рұқсат берілмеді. Мүше нөмірі мен құпиясөз тіркесін тексеріңіз.",
    ru: "Во входе отказано. Проверьте номер участника и парольную фразу.",
    en: "Signing in was refused.",
  },
  "lock-missing": {
    kk: "Бұл мүше осы тәсілмен кірмейді. Басқа тәсілді қолданып көріңіз.",
    ru: "Этот участник так не входит. Попробуйте другой способ.",
    en: "This member does not sign in this way.",
  },
  "last-lock": {
    kk: "Соңғы кіру тәсілін алып тастауға болмайды. Алдымен басқасын қосыңыз.",
    ru: "Последний способ входа убрать нельзя. Сначала добавьте другой.",
    en: "The last lock cannot be removed.",
  },
  "keyring-changed": {
    kk: "Осы арада кілттер басқа құрылғыда өзгертілді. Шығып, қайта кіріңіз.",
    ru: "Тем временем ключи изменены на другом устройстве. Выйдите и войдите снова.",
    en: "The keyring was changed on another device meanwhile.",
  },
  "not-an-officer": onlyOfficers(),
  "author-not-officer": onlyOfficers(),
  "key-stream-wrong": wrongRequest(),
  "author-not-you": {
    kk: "Бұл жазбаға басқа мүшенің кілтімен қол қойылған. Шығып, қайта кіріңіз.",
    ru: "Эта запись подписана ключом другого участника. Выйдите и войдите снова.",
    en: "The entry is signed by the key of another member.",
  },
  "anchor-ahead": anotherLog(),
  "anchor-wrong": anotherLog(),
  "genesis-log-wrong": anotherLog(),
  "entry-known": already(),
  "object-known": already(),
  "entry-hash-wrong": {
    kk: "Жазба жолда өзгеріп кетті, сондықтан қабылданбады. Қайталап көріңіз.",
    ru: "Запись изменилась в пути и поэтому не принята. Попробуйте ещё раз.",
    en: "The entry changed on its way.",
  },
  "box-too-large": {
    kk: "Жазбаның жабық бөлігі тым үлкен. Бөліп енгізіңіз.",
    ru: "Закрытая часть записи слишком велика. Введите по частям.",
    en: "The sealed part is too large.",
  },
  "upload-unknown": sendFileAgain(),
  "upload-differs": sendFileAgain(),
  "upload-incomplete": sendFileAgain(),
  "offset-wrong": sendFileAgain(),
  "upload-too-long": {
    kk: "Файл тым үлкен. Кішірейтіп, қайталап көріңіз.",
    ru: "Файл слишком велик. Уменьшите его и попробуйте ещё раз.",
    en: "The file is too large.",
  },
  "foundation-started": {
    kk: "Бұл серверде қор бұрыннан бар. Оған кіру үшін бетті қайта жүктеңіз.",
    ru: "На этом сервере уже есть фонд. Чтобы войти, перезагрузите страницу.",
    en: "There is a foundation here already.",
  },
  "foundation-not-prepared": {
    kk: "Алдымен қалпына келтіру парақтарын жасаңыз. Содан кейін қорды бастауға болады.",
    ru: "Сначала сделайте листы восстановления. После этого фонд можно начать.",
    en: "Make the recovery sheets first.",
  },
  "start-code-wrong": {
    kk: "Бастау коды дұрыс емес. Сервер іске қосылғанда шығарған кодты теріңіз.",
    ru: "Код начала неверен. Введите тот, который сервер напечатал при запуске.",
    en: "Type the start code that the server printed.",
  },
  "secret-wrong": {
    kk: "Шақыру сілтемесі толық емес немесе бүлінген. Оны басынан аяғына дейін көшіріп алыңыз.",
    ru: "Ссылка приглашения неполна или повреждена. Скопируйте её целиком.",
    en: "This is not the secret of the invitation.",
  },
  "invitation-accepted": {
    kk: "Бұл шақыру қабылданып қойған. Басқасын сұраңыз.",
    ru: "Это приглашение уже принято. Попросите новое.",
    en: "This invitation was accepted already.",
  },
  "invitation-not-accepted": {
    kk: "Бұл шақыруды әлі ешкім қабылдаған жоқ. Шақырылған адам сілтемені ашқанша күтіңіз.",
    ru: "Это приглашение ещё никто не принял. Дождитесь, пока приглашённый откроет ссылку.",
    en: "Nobody has accepted this invitation yet.",
  },
  "invitation-known": already(),
  "member-wrong": {
    kk: "Шақыру басқа мүшеге арналған. Оны жіберген адамнан сұраңыз.",
    ru: "Приглашение для другого участника. Спросите того, кто его прислал.",
    en: "The invitation is for another member.",
  },
  "member-without-key": {
    kk: "Мүшенің жаңа кілті әлі журналда жоқ. Алдымен оны жазыңыз.",
    ru: "Нового ключа участника ещё нет в журнале. Сначала запишите его.",
    en: "First put the member's new key on the record.",
  },
  "too-many-invitations": {
    kk: "Ашық шақыру тым көп. Керексіздерін жойыңыз.",
    ru: "Открытых приглашений слишком много. Удалите ненужные.",
    en: "Too many open invitations.",
  },
  "too-many-deliveries": {
    kk: "Мүше бұрын жіберілген кілттерді әлі алған жоқ. Ол бір рет кіргенше күтіңіз.",
    ru: "Участник ещё не забрал прежние ключи. Подождите, пока он войдёт.",
    en: "The member has not taken earlier deliveries yet.",
  },
  "quorum-impossible": {
    kk: "Қалпына келтіруге кемінде екі парақ керек, бірақ парақтардың жалпы санынан көп емес. Санын түзетіңіз.",
    ru: "Для восстановления нужно не меньше двух листов и не больше, чем их всего. Исправьте число.",
    en: "A splitting needs at least two sheets and at most all.",
  },
  "epoch-missing": {
    kk: "Сервер бөлменің кілт файлын жоғалтқан. Серверді жүргізетін адамға хабарлаңыз.",
    ru: "Сервер потерял файл ключа комнаты. Сообщите тому, кто ведёт сервер.",
    en: "The server has lost the room's key file.",
  },
  "letter-answered": {
    kk: "Бұл хатқа жауап беріліп қойған. Тағы жауап керек болса, жаңа хат жазыңыз.",
    ru: "На это письмо уже ответили. Если нужен ещё ответ, напишите новое письмо.",
    en: "This letter has had all the answers it takes.",
  },
  "letter-known": already(),
  "too-many-letters": {
    kk: "Ашық хат тым көп. Керексіздерін жойыңыз.",
    ru: "Открытых писем слишком много. Удалите ненужные.",
    en: "Too many open letters.",
  },
  "verifier-missing": {
    kk: "Бағдарламада тексеру құралы жоқ. Серверді жүргізетін адам оны құрастыруы керек.",
    ru: "В программе нет средства проверки. Его должен собрать тот, кто ведёт сервер.",
    en: "The program lacks the verifier.",
  },
  "sample-missing": {
    kk: "Бұл серверде үлгі қор жоқ. Оны серверді жүргізетін адам қоса алады.",
    ru: "На этом сервере нет образца. Его может добавить тот, кто ведёт сервер.",
    en: "This server was built without the sample foundation.",
  },
};

type Label = (typeof serverLabels)[string];

function wrongRequest(): Label {
  return {
    kk: "Сервер бұл сұранысты түсінбеді. Бетті қайта жүктеп, қайталап көріңіз.",
    ru: "Сервер не понял этот запрос. Перезагрузите страницу и попробуйте ещё раз.",
    en: "The server does not understand the request.",
  };
}

function signInAgain(): Label {
  return {
    kk: "Сіз кірмегенсіз немесе кіру мерзімі өтті. Қайта кіріңіз.",
    ru: "Вы не вошли, или вход устарел. Войдите снова.",
    en: "Sign in first.",
  };
}

function onlyOfficers(): Label {
  return {
    kk: "Мұны тек қордың лауазымды тұлғасы жасай алады. Одан сұраңыз.",
    ru: "Это может только должностное лицо фонда. Попросите его.",
    en: "Only an officer may do this.",
  };
}

function anotherLog(): Label {
  return {
    kk: "Сервердегі журнал бұл құрылғы көрген журналға сәйкес келмейді. Ештеңе енгізбеңіз және жауапты адамға хабарлаңыз.",
    ru: "Журнал сервера расходится с тем, который видело это устройство. Ничего не вводите и сообщите ответственному.",
    en: "The server's log is another one than this device has seen.",
  };
}

function already(): Label {
  return {
    kk: "Бұл серверде бұрыннан бар. Бетті қайта жүктеп, қараңыз.",
    ru: "Это на сервере уже есть. Перезагрузите страницу и посмотрите.",
    en: "This is on the server already.",
  };
}

function sendFileAgain(): Label {
  return {
    kk: "Файл серверге толық жетпеді. Қайталап жіберіңіз.",
    ru: "Файл дошёл до сервера не полностью. Отправьте его ещё раз.",
    en: "The file did not arrive whole.",
  };
}
