/** What the vault's refusals say to people, in Kazakh, Russian and English. Every code has its words here. */
import type { BoxRefusal } from "./open/box.ts";
import type { SealedRefusal } from "./open/cobblestone.ts";
import type { EntryBoxRefusal } from "./open/entry-box.ts";
import type { FileRefusal } from "./open/file.ts";
import type { EpochRefusal } from "./keys/epochs.ts";
import type { KeyringRefusal } from "./keys/keyring.ts";
import type { LockRefusal } from "./keys/locks.ts";
import type { LetterAnswerRefusal } from "./keys/letter-answer.ts";
import type { PassphraseRefusal } from "./keys/passphrase.ts";
import type { RecoveryRefusal } from "./keys/recovery.ts";
import type { RecoveryKitRefusal } from "./keys/recovery-kit.ts";
import type { ParcelRefusal } from "./keys/parcel.ts";
import type { PadRefusal } from "./seal/pad.ts";

export type VaultRefusal =
  | SealedRefusal
  | PadRefusal
  | BoxRefusal
  | EntryBoxRefusal
  | FileRefusal
  | EpochRefusal
  | ParcelRefusal
  | KeyringRefusal
  | LockRefusal
  | LetterAnswerRefusal
  | PassphraseRefusal
  | RecoveryRefusal
  | RecoveryKitRefusal;

export type Words = { readonly kk: string; readonly ru: string; readonly en: string };

export const labels: Readonly<Record<VaultRefusal["code"], Words>> = {
  "sealed-cut": {
    kk: "Шифрланған деректің бір бөлігі жоқ. Оны серверден немесе сақтық көшірмеден қайта алыңыз.",
    ru: "Часть зашифрованных данных потеряна. Загрузите их заново с сервера или из резервной копии.",
    en: "Part of the encrypted data is missing. Fetch it again from the server or a backup.",
  },
  "sealed-for-another-key-or-place": {
    kk: "Бұл дерек басқа кілтпен немесе басқа жазба үшін шифрланған.",
    ru: "Эти данные зашифрованы другим ключом или для другой записи.",
    en: "This data was encrypted under another key or for another entry.",
  },
  "sealed-altered": {
    kk: "Шифрланған дерек кейін өзгертілген. Оны серверден немесе сақтық көшірмеден қайта алыңыз.",
    ru: "Зашифрованные данные были изменены. Загрузите их заново с сервера или из резервной копии.",
    en: "The encrypted data was changed afterwards. Fetch it again from the server or a backup.",
  },
  "padding-wrong": {
    kk: "Дерек ашылды, бірақ толықтыруы біздің бағдарламанікі емес.",
    ru: "Данные открылись, но дополнены не нашей программой.",
    en: "The data opened, but it was padded by another program.",
  },
  "box-malformed": {
    kk: "Бұл хатқалтаны бағдарламаның осы нұсқасы оқи алмайды. Бағдарламаны жаңартыңыз немесе хатқалтаны қайта алыңыз.",
    ru: "Эта версия программы не может прочитать этот конверт. Обновите программу или загрузите конверт заново.",
    en: "This version of the program cannot read this box. Update the program, or fetch the box again.",
  },
  "box-and-keybox-differ": {
    kk: "Хатқалта мен оның кілті бір-біріне сәйкес емес. Екеуін де қайта алыңыз.",
    ru: "Конверт и ключ от него не подходят друг к другу. Загрузите оба заново.",
    en: "The box and its key belong to different boxes. Fetch both again.",
  },
  "keybox-does-not-open": {
    kk: "Сізде бұл бөлменің кілті жоқ. Бөлменің кілттерін қайта алыңыз немесе оның мүшесінен сұраңыз.",
    ru: "У вас нет ключа от этой комнаты. Получите её ключи заново или обратитесь к кому-то из её участников.",
    en: "You do not have the key of this room. Get its keys again, or ask a member of the room.",
  },
  "box-does-not-open": {
    kk: "Хатқалта басқа жазбаға тиесілі немесе өзгертілген. Оны серверден немесе сақтық көшірмеден қайта алыңыз.",
    ru: "Конверт относится к другой записи или был изменён. Загрузите его заново с сервера или из резервной копии.",
    en: "The box belongs to another entry or was changed. Fetch it again from the server or a backup.",
  },
  "entry-box-malformed": {
    kk: "Хатқалта ашылды, бірақ ішінде жазбаның жасырын өрістері жоқ: оны басқа бағдарлама жазған.",
    ru: "Конверт открылся, но в нём нет скрытых полей записи: его создала другая программа.",
    en: "The box opened, but it does not hold an entry's hidden fields: another program wrote it.",
  },
  "file-size-differs": {
    kk: "Сақталған файлдың көлемі жазбадағыдан өзге. Бұл басқа файл болуы мүмкін, оны қайта алыңыз.",
    ru: "Размер сохранённого файла не тот, что в записи. Возможно, это другой файл: загрузите его заново.",
    en: "The stored file is not as long as its entry says. It may be another file: fetch it again.",
  },
  "file-key-malformed": {
    kk: "Жазбадағы файл кілті жарамсыз.",
    ru: "Ключ файла в записи непригоден.",
    en: "The file's key in the entry is not usable.",
  },
  "recipient-malformed": {
    kk: "Жазбадағы ашық кілт жарамсыз. Бұл адам құрылғысын қайта тіркеуі керек.",
    ru: "Открытый ключ участника в записи непригоден. Ему нужно заново зарегистрировать устройство.",
    en: "A member's public key in the record is not usable. That person has to register the device again.",
  },
  "epoch-not-for-this-key": {
    kk: "Бұл құрылғы бөлме мүшелерінің қатарында жоқ. Оны қосуды бөлме мүшесінен сұраңыз.",
    ru: "Это устройство не входит в комнату. Попросите участника комнаты добавить его.",
    en: "This device is not among the room's members. Ask a member of the room to add it.",
  },
  "epoch-damaged": {
    kk: "Бөлме кілтінің файлы бүлінген. Оны серверден немесе сақтық көшірмеден қайта алыңыз.",
    ru: "Файл с ключом комнаты повреждён. Загрузите его заново с сервера или из резервной копии.",
    en: "The room's key file is damaged. Fetch it again from the server or a backup.",
  },
  "parcel-not-for-this-key": {
    kk: "Бұл осы құрылғының емес, басқа кілттерге жабылған.",
    ru: "Это закрыто для других ключей, не для ключей этого устройства.",
    en: "This was sealed to other keys than those of this device.",
  },
  "parcel-damaged": {
    kk: "Осы мүшеге қалдырылған нәрсе бүлінген. Лауазымды тұлғадан қайта жіберуін сұраңыз.",
    ru: "Оставленное для этого участника повреждено. Попросите должностное лицо отправить ещё раз.",
    en: "What was left for this member is damaged. Ask the officer to send it again.",
  },
  "epoch-of-another-room": {
    kk: "Сервер басқа бөлменің кілтін берді. Оны пайдаланбаңыз және жауапты адамға хабарлаңыз.",
    ru: "Сервер выдал ключ другой комнаты. Не используйте его и сообщите ответственному.",
    en: "The server gave the key of another room. Do not use it, and tell the officer.",
  },
  "wrong-passphrase": {
    kk: "Құпиясөз тіркесі дұрыс емес. Пернетақта тілі мен бас әріптерді тексеріп, қайта теріңіз.",
    ru: "Парольная фраза неверна. Проверьте раскладку и заглавные буквы и введите её ещё раз.",
    en: "The passphrase is wrong. Check the keyboard layout and capital letters, and try again.",
  },
  "keyring-damaged": {
    kk: "Кілттер файлы бүлінген. Оны сақтық көшірмеден қалпына келтіріңіз немесе сенім білдірілген адамдарға жүгініңіз.",
    ru: "Файл с ключами повреждён. Восстановите его из резервной копии или обратитесь к доверенным лицам.",
    en: "The file of keys is damaged. Restore it from a backup, or turn to the trustees.",
  },
  "keyring-cost-absurd": {
    kk: "Бұл кілттер файлы тым көп жад пен уақыт сұрайды: оны біздің бағдарлама жасамаған. Пайдаланбаңыз.",
    ru: "Этот файл с ключами требует слишком много памяти и времени: его создала не наша программа. Не используйте его.",
    en: "This file of keys asks for far too much memory or time: our program did not make it. Do not use it.",
  },
  "keyring-cost-weak": {
    kk: "Сервер құпиясөзді табуға жол ашатын тым жеңіл есептеуді сұрайды. Ол жерде кірмеңіз, жауапты адамға хабарлаңыз.",
    ru: "Сервер просит слишком лёгкое вычисление, по которому парольную фразу можно подобрать. Не входите и сообщите ответственному.",
    en: "The server asks for a computation so light that the passphrase could be guessed. Do not sign in there, and tell the officer.",
  },
  "letter-answer-unreadable": {
    kk: "Жауап ашылмады: ол басқа хатқа жазылған немесе бүлінген.",
    ru: "Ответ не открывается: он на другое письмо или повреждён.",
    en: "The answer does not open: it is to another letter, or damaged.",
  },
  "passphrase-too-short": {
    kk: "Құпиясөз тіркесі тым қысқа: кемінде 12 таңба немесе өзара байланыссыз 4 сөз алыңыз.",
    ru: "Парольная фраза слишком короткая: возьмите не меньше 12 знаков или 4 не связанных между собой слова.",
    en: "The passphrase is too short: take at least 12 characters, or 4 unrelated words.",
  },
  "passphrase-too-plain": {
    kk: "Бірнеше таңба қайталанған құпиясөзді бірден табады. Өзара байланыссыз төрт сөз алыңыз.",
    ru: "Фраза из повторяющихся знаков подбирается сразу. Возьмите четыре не связанных между собой слова.",
    en: "A phrase of repeated characters is guessed at once. Take four unrelated words.",
  },
  "share-malformed": {
    kk: "Бұл қалпына келтіру үлесі емес. aigaq-share-1 деп басталатын жолды толық көшіріңіз.",
    ru: "Это не доля для восстановления. Перепишите целиком строку, которая начинается с aigaq-share-1.",
    en: "This is not a recovery share. Copy the whole line that begins with aigaq-share-1.",
  },
  "share-misread": {
    kk: "Үлестің бір таңбасы қате оқылған. Оны қағаздағымен тағы салыстырыңыз.",
    ru: "Один из знаков доли прочитан неверно. Сверьте её с бумагой ещё раз.",
    en: "A character of this share was misread. Compare it with the paper once more.",
  },
  "share-of-another-set": {
    kk: "Бұл үлес басқа қалпына келтіру кілтіне тиесілі. Осы қордың парағын алыңыз және беттің мекенжайын тексеріңіз.",
    ru: "Эта доля — от другого ключа восстановления. Возьмите лист этого фонда и проверьте адрес страницы.",
    en: "This share belongs to another recovery key. Take a sheet of this foundation, and check the address of this page.",
  },
  "recovery-kit-damaged": {
    kk: "Сервердегі сенім білдірілген адамдарға арналған мөрленген деректер бүлінген не басқа қордікі. Сервер деректерінің сақтық көшірмесін іздеңіз.",
    ru: "Запечатанные данные для доверенных лиц на сервере повреждены или принадлежат другому фонду. Найдите резервную копию данных сервера.",
    en: "What the server keeps for the trustees is damaged, or of another foundation. Look for a copy of the server's data.",
  },
  "share-repeated": {
    kk: "Бұл үлес екі рет берілді. Басқа сенім білдірілген адамның үлесін алыңыз.",
    ru: "Эта доля введена дважды. Возьмите долю другого доверенного лица.",
    en: "This share was given twice. Take another trustee's.",
  },
  "shares-too-few": {
    kk: "Үлестер жеткіліксіз. Басқа сенім білдірілген адамдардан да сұраңыз.",
    ru: "Долей недостаточно. Попросите доли у других доверенных лиц.",
    en: "There are too few shares. Ask further trustees for theirs.",
  },
  "shares-do-not-fit": {
    kk: "Бұл үлестерден жарияланған қалпына келтіру кілті шықпайды: біреуі жалған. Басқа үлестермен байқап көріңіз.",
    ru: "Из этих долей не получается опубликованный ключ восстановления: одна из них поддельная. Попробуйте другие сочетания.",
    en: "These shares do not give the published recovery key: one of them is forged. Try other combinations.",
  },
};
