/** What is said when a server shows something that it cannot have come by honestly. Nothing of it is used; each names what to do. */
export const distrustLabels = {
  "genesis-wrong": {
    kk: "Сервер сіздің қорыңыздың емес, басқа қордың жазбасын көрсетіп тұр. Ештеңе енгізбеңіз, жауапты адамға хабарлаңыз.",
    ru: "Сервер показывает запись другого фонда, не вашего. Ничего не вводите и сообщите ответственному.",
    en: "The server shows the record of another foundation, not of yours. Enter nothing, and tell the officer.",
  },
  "log-key-wrong": {
    kk: "Сервер журналға қордың алғашқы жазбасында аталмаған кілтпен қол қояды. Ештеңе енгізбеңіз, жауапты адамға хабарлаңыз.",
    ru: "Сервер подписывает журнал не тем ключом, который назван в первой записи фонда. Ничего не вводите и сообщите ответственному.",
    en: "The server signs the log with another key than the foundation's first entry names. Enter nothing, and tell the officer.",
  },
  "entry-forged": {
    kk: "Жазбалардың бірін өзі атаған адам жасамаған. Ештеңе енгізбеңіз, жауапты адамға хабарлаңыз.",
    ru: "Одну из записей сделал не тот, кто в ней назван. Ничего не вводите и сообщите ответственному.",
    en: "One of the entries was not made by the person it names. Enter nothing, and tell the officer.",
  },
  "log-rewritten": {
    kk: "Сервер бұрынғы жазбаларды алып тастаған немесе орнын ауыстырған. Ештеңе енгізбеңіз, жауапты адамға хабарлаңыз.",
    ru: "Сервер убрал прежние записи или переставил их. Ничего не вводите и сообщите ответственному.",
    en: "The server has left out earlier entries or changed their order. Enter nothing, and tell the officer.",
  },
  "log-not-grown": {
    kk: "Сервер бұл құрылғы көргеннен басқа тарихты көрсетіп тұр. Ештеңе енгізбеңіз, жауапты адамға хабарлаңыз.",
    ru: "Сервер показывает другую историю, не ту, что уже видело это устройство. Ничего не вводите и сообщите ответственному.",
    en: "The server shows another history than the one this device has seen. Enter nothing, and tell the officer.",
  },
  "page-altered": {
    kk: "Сервер қол қойылған журналдағыдан басқа жазбаларды берді. Қайталап көріңіз, тағы болса, жауапты адамға хабарлаңыз.",
    ru: "Сервер выдал не те записи, что стоят в подписанном журнале. Попробуйте ещё раз; если повторится, сообщите ответственному.",
    en: "The server gave other entries than those of the signed log. Try again; if it happens again, tell the officer.",
  },
  "epoch-withheld": {
    kk: "Бөлменің жаңа кілті бар, бірақ сервер оны бермейді. Ескі кілтпен ештеңе жабылмайды, жауапты адамға хабарлаңыз.",
    ru: "У комнаты есть новый ключ, но сервер его не выдаёт. Старым ключом ничего не закрывается; сообщите ответственному.",
    en: "The room has a new key, but the server does not give it. Nothing is sealed under the old one; tell the officer.",
  },
} as const;
