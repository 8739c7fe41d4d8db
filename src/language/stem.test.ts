// Whoever searches types another form, another alphabet and another keyboard than whoever wrote.
import * as fc from "fast-check";
// @ts-expect-error The package has no types.
import snowball from "snowball-stemmers";
import { expect, test } from "vitest";
import { foldText, latinSkeleton } from "./fold.ts";
import { stemKazakh } from "./stem-kazakh.ts";
import { stemRussian } from "./stem-russian.ts";
import { stemEnglish, stemsOf } from "./stem.ts";

test("letters that a Russian keyboard lacks count as those that people type for them", () => {
  expect(foldText("Әділ Ғани Қуат Ңұөүһі Ёлка ЙОД")).toBe("адил гани куат нуоухи елка йод");
  expect(foldText("É Ü ç Ł ﬁ №")).toBe("e u ch l fi no");
});

test.each([
  ["Айгүл", ["Aigul", "AYGUL", "Aygül", "Ajgul", "Айгуль", "Айгул"]],
  ["адвокат", ["advokat", "ADVOKAT"]],
  ["Қызылорда", ["Kyzylorda", "Qyzylorda", "Кызылорда", "Qızılorda"]],
  ["Ержан", ["Yerzhan", "Erjan", "Erzhan"]],
  ["Мария", ["Mariya", "Maria", "Mariia"]],
  ["Шымкент", ["Shymkent", "Şymkent", "Шимкент"]],
  ["Хрущёв", ["Khrushchev", "Хрущев", "Khrushchyov"]],
  ["Дмитрий", ["Dmitriy", "Dmitry", "Dmitrij", "Dmitrii"]],
  ["Жанна", ["Zhanna", "Janna", "Жана"]],
  ["Александр", ["Aleksandr", "Alexandr"]],
  ["Наталья", ["Natalya", "Natalia", "Natal'ya"]],
  ["Цой", ["Tsoy", "Tsoi", "Tzoy"]],
  ["Ғалым", ["Galym", "Ghalym", "Ğalym"]],
])("%s is found under each of its spellings", (name, spellings) => {
  for (const spelling of spellings) expect(latinSkeleton(spelling), spelling).toBe(latinSkeleton(name));
});

test("different names stay different", () => {
  const names = ["Айгүл", "Айгерим", "Асель", "Алия", "Жанар", "Жанат", "Самат", "Саят", "Марат", "Мурат"];
  expect(new Set(names.map(latinSkeleton)).size).toBe(names.length);
});

test("a skeleton has plain letters only, and its own skeleton is itself", () => {
  const letters = fc.string({
    unit: fc.constantFrom(..."аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяqwertyuiopasdfghjklzxcvbnm"),
  });
  fc.assert(fc.property(letters, (word) => void expect(latinSkeleton(word)).toMatch(/^[a-z]*$/u)));
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      (text) => void expect(foldText(foldText(text))).toBe(foldText(text)),
    ),
  );
});

test.each([
  [
    "адвокат",
    "адвокаты адвокаттың адвокатқа адвокатты адвокатта адвокаттан адвокатпен адвокаттар адвокаттардың адвокаттарға адвокаттарымызға адвокатының адвокатымыз",
  ],
  ["сот", "соттың сотқа сотты сотта соттан сотпен соттар соттарда соттағы соты"],
  [
    "төлем",
    "төлемнің төлемге төлемді төлемде төлемнен төлеммен төлемдер төлемдерді төлемі төлемінің төлемдеріне",
  ],
  ["кітап", "кітабы кітаптың кітабым кітабының кітаптар"],
  ["жинақ", "жинағы жинаққа жинақтың жинақтар жинақтарға жинағының"],
  ["қайтарым", "қайтарымның қайтарымға қайтарымдар қайтарымды"],
  ["жазба", "жазбаның жазбаға жазбалар жазбаларды жазбадан"],
  ["министр", "министрге министрдің министрлер"],
])("Kazakh %s is found in all its forms", (stem, forms) => {
  for (const form of forms.split(" ")) expect(stemKazakh(form), form).toBe(stemKazakh(stem));
});

test("Kazakh typed without its letters is still stripped", () => {
  expect(stemKazakh("адвокаттын")).toBe("адвокат");
  expect(stemsOf("толемнин").some((term) => stemsOf("төлем").includes(term))).toBe(true);
  expect(stemsOf("жинакка").some((term) => stemsOf("жинақ").includes(term))).toBe(true);
});

test.each([
  ["адвокат", "адвоката адвокату адвокатом адвокаты адвокатов адвокатами"],
  ["платёж", "платежа платежом платежи платежей платежами"],
  ["пожертвование", "пожертвования пожертвований пожертвованиями"],
  ["суд", "суда суду судом суды судов"],
])("Russian %s is found in all its forms", (word, forms) => {
  for (const form of forms.split(" ")) expect(stemRussian(form), form).toBe(stemRussian(word));
});

test("our Russian stemmer is Snowball's: the same stem for real words and for any letters", () => {
  const theirs = snowball.newStemmer("russian");
  const roots =
    "платеж сбор адвокат жертвова фонд выписк счет подтвержд возврат назначен важн красив делан нес люб".split(
      " ",
    );
  const ends = (
    "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я ее ые ое ими ыми " +
    "ый им ым его ого ему ому их ых ую юю ая яя ою ею авший ивший аемая ющийся анный енность ость ейший ейшая лась ился ала ила " +
    "айте ишь уют ав авши авшись ивши нный нн нная остью"
  ).split(" ");
  for (const root of roots)
    for (const end of ends) expect(stemRussian(root + end)).toBe(theirs.stem(root + end));
  const letters = fc.string({ unit: fc.constantFrom(..."аеиоуыюявнтлмшщсьйг"), maxLength: 14 });
  fc.assert(
    fc.property(letters, (word) => void expect(stemRussian(word)).toBe(theirs.stem(word))),
    { numRuns: 3000 },
  );
});

test("English endings", () => {
  for (const word of ["closed", "closing", "closes", "close"]) expect(stemEnglish(word)).toBe("clos");
  expect(
    ["payments", "donations", "cases", "bodies", "boxes", "status", "gifts", "thing"].map(stemEnglish),
  ).toEqual(["payment", "donation", "cas", "body", "box", "status", "gift", "thing"]);
});

test("a word of two languages has both stems, a number has itself", () => {
  expect(stemsOf("сотта")).toContain("sot");
  expect(stemsOf("суда")).toContain("sud");
  expect(stemsOf("0123")).toEqual(["0123"]);
  expect(stemsOf("KZ12Ә")).toEqual(["kz12а"]);
  expect(stemsOf("Karim")).toEqual([stemsOf("Кәрім")[0]]);
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }),
      (text) => void expect(stemsOf(text).length).toBeGreaterThan(0),
    ),
  );
});
