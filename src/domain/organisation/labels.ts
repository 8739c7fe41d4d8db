/** Words for the entries about members, keys and rooms. */
export const organisationLabels: Readonly<
  Record<string, { readonly kk: string; readonly ru: string; readonly en: string }>
> = {
  genesis: { kk: "Жазбаның басы", ru: "Начало записи", en: "Beginning of the record" },
  "key.add": { kk: "Мүшенің кілті қосылды", ru: "Добавлен ключ участника", en: "Key of a member added" },
  "key.appoint": {
    kk: "Түбір кілттер лауазымды тұлға тағайындады",
    ru: "Корневые ключи назначили должностное лицо",
    en: "Officer appointed by root keys",
  },
  "key.rotate": {
    kk: "Түбір кілттер ауыстырылды",
    ru: "Корневые ключи заменены",
    en: "Root keys replaced",
  },
  "key.revoke": { kk: "Кілт қайтарып алынды", ru: "Ключ отозван", en: "Key revoked" },
  "room.epoch": { kk: "Бөлменің жаңа кілті", ru: "Новый ключ комнаты", en: "New key of a room" },
};
