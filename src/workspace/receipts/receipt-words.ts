import type { Language } from "#language/language.ts";
import type { ImageRefusal } from "./clean-image.ts";
import type { MetadataKind } from "./metadata.ts";

type Words = {
  /** What was taken out of a picture, or stands in a PDF. */
  readonly metadata: Readonly<Record<MetadataKind, string>>;
  /** Why a picture was not taken, and what to do. */
  readonly refusals: Readonly<Record<ImageRefusal["code"], string>>;
};

const en: Words = {
  metadata: {
    place: "Place",
    time: "Time",
    device: "Device",
    person: "Person",
    program: "Program",
    text: "Text",
    thumbnail: "Small copy of the picture",
    history: "History of editing",
    "hidden-data": "Data behind the picture",
    other: "Other data",
  },
  refusals: {
    "image-heic":
      "This is a HEIC picture, from which place and device cannot be removed here. Save it as JPEG: on an iPhone, Settings – Camera – Formats – Most Compatible, or take a screenshot of it.",
    "image-damaged":
      "The picture is damaged or did not arrive whole. Choose it once more, or take a new photo.",
    "image-unknown": "This is not a JPEG, PNG or WebP picture. Save it as JPEG and choose it again.",
  },
};

const kk: Words = {
  metadata: {
    place: "Орны",
    time: "Уақыты",
    device: "Құрылғы",
    person: "Адам",
    program: "Бағдарлама",
    text: "Мәтін",
    thumbnail: "Суреттің кіші көшірмесі",
    history: "Өңдеу тарихы",
    "hidden-data": "Суреттен кейінгі деректер",
    other: "Басқа деректер",
  },
  refusals: {
    "image-heic":
      "Бұл – HEIC суреті, одан орын мен құрылғы туралы деректерді мұнда өшіру мүмкін емес. Оны JPEG түрінде сақтаңыз: iPhone-да «Параметрлер – Камера – Пішімдер – Ең үйлесімді» таңдаңыз немесе суреттің скриншотын жасаңыз.",
    "image-damaged": "Сурет бүлінген немесе толық жүктелмеген. Оны қайта таңдаңыз немесе жаңадан түсіріңіз.",
    "image-unknown": "Бұл JPEG, PNG немесе WebP суреті емес. Оны JPEG түрінде сақтап, қайта таңдаңыз.",
  },
};

const ru: Words = {
  metadata: {
    place: "Место",
    time: "Время",
    device: "Устройство",
    person: "Человек",
    program: "Программа",
    text: "Текст",
    thumbnail: "Уменьшенная копия снимка",
    history: "История обработки",
    "hidden-data": "Данные после снимка",
    other: "Другие данные",
  },
  refusals: {
    "image-heic":
      "Это снимок HEIC: убрать из него место и устройство здесь нельзя. Сохраните его как JPEG: на iPhone «Настройки – Камера – Форматы – Наиболее совместимые» – или сделайте скриншот снимка.",
    "image-damaged": "Снимок повреждён или загружен не полностью. Выберите его ещё раз или снимите заново.",
    "image-unknown": "Это не снимок JPEG, PNG или WebP. Сохраните его как JPEG и выберите снова.",
  },
};

export const receiptWords: Readonly<Record<Language, Words>> = { kk, ru, en };
