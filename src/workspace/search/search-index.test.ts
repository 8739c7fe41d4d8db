// What is not found does not exist for the person who looks for it; what is shown first is what she takes.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stemsOf } from "#language/stem.ts";
import { expectOk } from "#record/result.ts";
import { matchedRanges } from "./highlight.ts";
import { SearchIndex, type SearchDocument, type SearchOptions } from "./search-index.ts";
import { scanWords } from "./search-words.ts";

const documents: readonly SearchDocument[] = [
  {
    id: "A-2025-003",
    kind: "appeal",
    title: "A-2025-003 Айгүлге көмек",
    text: "Адвокаттарға және емделуге жинақ",
    day: "2025-03-01",
  },
  {
    id: "A-2025-004",
    kind: "appeal",
    title: "A-2025-004 Помощь Асель",
    text: "Сбор на оплату адвоката",
    day: "2025-03-09",
  },
  {
    id: "S-2025-020",
    kind: "spending",
    title: "Договор с адвокатом",
    text: "Оплата услуг",
    day: "2025-04-02",
    sum: "1240000.00",
  },
  {
    id: "L-1",
    kind: "row",
    title: "AIGUL B.",
    text: "Пожертвование, назначение: лечение",
    day: "2025-03-09",
    sum: "5000.00",
  },
  { id: "L-2", kind: "row", title: "Иван П.", text: "перевод", sum: "20300.50" },
];
const index = SearchIndex.of(documents);
const found = (query: string, options?: SearchOptions) =>
  index.search(query, options).hits.map(({ id }) => id);

test.each([
  ["айгул", ["L-1", "A-2025-003"]],
  ["Aygül", ["L-1", "A-2025-003"]],
  ["advokat", ["S-2025-020", "A-2025-004", "A-2025-003"]],
  ["адвокатқа", ["S-2025-020", "A-2025-004", "A-2025-003"]],
  ["адвокаттың жинағы", ["A-2025-003"]],
  ["пожертвований", ["L-1"]],
  ["платежей", []],
  ["A-2025-00", ["A-2025-004", "A-2025-003"]],
])("%s finds %j", (query, ids) => {
  expect(found(query)).toEqual(ids);
});

test("sums and days are found as people write them", () => {
  for (const query of ["1240000", "1 240 000", "1\u00a0240\u00a0000,00", "1240000.00"])
    expect(found(query), query).toEqual(["S-2025-020"]);
  for (const query of ["09.03.2025", "2025-03-09"])
    expect(found(query), query).toEqual(["A-2025-004", "L-1"]);
  expect(found("2025-03")).toEqual(expect.arrayContaining(["L-1", "A-2025-004", "A-2025-003"]));
  expect(found("20300,50")).toEqual(["L-2"]);
});

test("only the last word is unfinished, and a blank finishes it", () => {
  expect(found("пожер")).toEqual(["L-1"]);
  expect(found("пожер ")).toEqual([]);
  expect(found("лечение пожер")).toEqual(["L-1"]);
  expect(index.search("пожер лечение")).toMatchObject({ hasAllWords: false, total: 1 });
});

test("every word must be there; if that finds nothing, some words do, most first, and the answer says so", () => {
  expect(index.search("асель адвокат")).toMatchObject({ hasAllWords: true, total: 1 });
  const some = index.search("асель адвокат небылица");
  expect(some.hasAllWords).toBe(false);
  expect(some.hits[0]?.id).toBe("A-2025-004");
  expect(index.search("небылица")).toEqual({ hits: [], total: 0, hasAllWords: true });
  expect(index.search(" .,- ")).toEqual({ hits: [], total: 0, hasAllWords: true });
});

test("title before text, then the newer; kinds are filtered; the total counts beyond the limit", () => {
  expect(found("адвокат")[0]).toBe("S-2025-020");
  expect(found("адвокат", { kinds: ["appeal"] })).toEqual(["A-2025-004", "A-2025-003"]);
  expect(found("адвокат", { kinds: [] })).toEqual([]);
  expect(index.search("адвокат", { limit: 1 })).toMatchObject({
    total: 3,
    hits: [{ id: "S-2025-020", kind: "spending", day: "2025-04-02" }],
  });
});

test("added, replaced and removed documents count at once", () => {
  const own = SearchIndex.of(documents);
  own.add([{ id: "L-2", kind: "row", title: "Сауле", text: "қайтарым" }]);
  expect(own.size).toBe(5);
  expect(own.search("Иван").total).toBe(0);
  expect(own.search("qaitarym").hits.map(({ id }) => id)).toEqual(["L-2"]);
  own.remove(["L-2", "L-404"]);
  expect([own.size, own.search("сауле").total]).toEqual([4, 0]);
});

test("of two documents with one id the later counts", () => {
  const own = SearchIndex.of([
    { id: "x", kind: "row", title: "один", text: "" },
    { id: "x", kind: "row", title: "два", text: "" },
  ]);
  expect([own.size, own.search("один").total, own.search("два").total]).toEqual([1, 0, 1]);
});

const word = fc.constantFrom(
  ..."адвокат адвоката сот соттың aigul Айгүл 1240000 көмек помощь помощи x ёж Жинақ жинаққа".split(" "),
);
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));
const step = fc.record({ id: fc.integer({ min: 0, max: 8 }), title: text, text, isRemoved: fc.boolean() });

/** The same by looking at every document, the slow way. */
function plainSearch(documents: ReadonlyMap<string, SearchDocument>, words: readonly string[]): string[] {
  return [...documents.values()]
    .filter(({ title, text }) => {
      const terms = new Set(
        `${title} ${text}`.split(" ").flatMap((word) => (word === "" ? [] : stemsOf(word))),
      );
      return words.every((word) => stemsOf(word).some((term) => terms.has(term)));
    })
    .map(({ id }) => id)
    .sort();
}

test("after any adding, replacing, removing, saving and loading it finds what looking at every document finds", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (steps, words) => {
        let own = new SearchIndex();
        const plain = new Map<string, SearchDocument>();
        for (const [at, { id, title, text, isRemoved }] of steps.entries()) {
          const document = { id: `d${id}`, kind: "row", title, text };
          if (isRemoved) own.remove([document.id]);
          else own.add([document]);
          if (isRemoved) plain.delete(document.id);
          else plain.set(document.id, document);
          if (at % 7 === 6) own = expectOk(SearchIndex.read(own.bytes()));
        }
        const answer = own.search(`${words.join(" ")} `);
        expect(own.size).toBe(plain.size);
        const expected = plainSearch(plain, words);
        if (answer.hasAllWords) expect(answer.hits.map(({ id }) => id).sort()).toEqual(expected);
        else expect(expected).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("what is saved is found again, in the same order", () => {
  const loaded = expectOk(SearchIndex.read(index.bytes()));
  for (const query of ["адв", "2025", "айгул пож", "09.03.2025"])
    expect(loaded.search(query)).toEqual(index.search(query));
  expect(expectOk(SearchIndex.read(new SearchIndex().bytes())).search("a").total).toBe(0);
});

test("a snapshot of another version is refused by name", () => {
  const bytes = index.bytes();
  bytes[4] = 99;
  expect(SearchIndex.read(bytes)).toMatchObject({
    ok: false,
    refusal: { code: "search-index-version", written: 99 },
  });
});

test("a damaged snapshot is refused or harmless, never a crash", () => {
  const bytes = index.bytes();
  for (let length = 0; length < bytes.length; length++) {
    const code = length === 4 ? "search-index-version" : "search-index-damaged";
    expect(SearchIndex.read(bytes.slice(0, length)), String(length)).toMatchObject({
      ok: false,
      refusal: { code },
    });
  }
  expect(SearchIndex.read(Uint8Array.of(...bytes, 0)).ok).toBe(false);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const forged = bytes.slice();
      forged[at] = value;
      const read = SearchIndex.read(forged);
      if (read.ok) read.value.search("адвокат 2025");
    }),
    { numRuns: 500 },
  );
});

test("thousands of small additions stay few segments and all found", () => {
  const own = new SearchIndex();
  for (let i = 0; i < 3000; i++)
    own.add([{ id: `n${i}`, kind: "row", title: `имя${i}`, text: "перевод", day: "2025-01-01" }]);
  for (let i = 0; i < 3000; i += 2) own.remove([`n${i}`]);
  own.add([{ id: "last", kind: "row", title: "конец", text: "перевод" }]);
  expect([own.size, own.search("перевод").total]).toEqual([1501, 1501]);
  expect(own.search("имя7").hits[0]?.id).toBe("n7");
});

test("the words that were found are marked whole, in any form and alphabet", () => {
  const marked = (text: string, query: string) =>
    matchedRanges(text, query).map(({ start, end }) => text.slice(start, end));
  expect(marked("Төлем адвокаттарға, 1 240 000,00 ₸; Aygul", "advokat 1240000 айгүл")).toEqual([
    "адвокаттарға",
    "1 240 000,00",
    "Aygul",
  ]);
  expect(marked("пожертвование и пожар", "пожер")).toEqual(["пожертвование"]);
  expect(marked("", "x")).toEqual([]);
  expect(marked("text", "")).toEqual([]);
});

test("words are cut at their places, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."aЯқ9 0\u00a0.,-'\ud83d\ude00中\n"), maxLength: 60 }),
      (text) => {
        let behind = 0;
        scanWords(text, (source, from, to, start, end) => {
          expect(start).toBeGreaterThanOrEqual(behind);
          expect(end).toBeGreaterThan(start);
          expect(to).toBeGreaterThan(from);
          behind = end;
          if (source === text) expect([from, to]).toEqual([start, Math.min(end, start + 100)]);
        });
        expect(behind).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});
