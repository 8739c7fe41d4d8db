// A refusal is understood by the person it stops: in her language, with the line and the values that are wrong.
import { expect, test } from "vitest";
import { en } from "#cli/words/en.ts";
import { kk } from "#cli/words/kk.ts";
import { problemText, refusalText } from "./refusals.ts";
import { ru } from "#cli/words/ru.ts";

const unknownAppeal = {
  code: "appeal-unknown",
  message: "line 4: there is no appeal A-2025-099; import it first",
};

test("the line and the value survive the translation", () => {
  expect(refusalText(unknownAppeal, ru)).toBe("строка 4: Такого сбора нет: A-2025-099.");
  expect(refusalText(unknownAppeal, kk)).toBe("4-жол: Мұндай жинақ жоқ: A-2025-099.");
});

test("English keeps the program's own message", () => {
  expect(refusalText(unknownAppeal, en)).toBe(unknownAppeal.message);
  expect(refusalText({ code: "not-a-statement", message: "Not a statement.", line: 1 }, en)).toBe(
    "line 1: Not a statement.",
  );
});

test("a code without words keeps the English message, whatever the language", () => {
  expect(refusalText({ code: "never-heard-of", message: "line 2: odd" }, ru)).toBe("line 2: odd");
  expect(refusalText({ code: "never-heard-of", message: "odd", line: 2 }, kk)).toBe("2-жол: odd");
});

test("an example in a message is not taken for what was given", () => {
  const message = "line 3: date must be a day such as 2025-03-09";
  expect(refusalText({ code: "date-malformed", message }, ru)).toBe("строка 3: Дата записана неверно.");
});

test("only the columns that are missing are named, not all that are needed", () => {
  const message = "line 1: the file needs the columns id, how, document; it lacks how, document";
  expect(refusalText({ code: "column-missing", message }, ru)).toBe(
    "строка 1: Не хватает столбца: how, document.",
  );
});

test("a label that says what to do stands alone", () => {
  expect(
    refusalText({ code: "wrong-passphrase", message: "the passphrase does not open this keyring" }, ru),
  ).toBe("Парольная фраза неверна. Проверьте раскладку и заглавные буквы и введите её ещё раз.");
});

test("a problem of a bank file keeps the sums that disagree", () => {
  const problem = { code: "debit-count-differs", message: "4 debits, 5 printed", line: 27 };
  expect(problemText(problem, ru)).toBe("строка 27: Число списаний не совпадает с указанным банком: 4, 5.");
});
