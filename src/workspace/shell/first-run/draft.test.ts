// What outlives a reload holds no secret, and leads back to where the secrets are typed again.
import { expect, test } from "vitest";
import { emptyDraft, readDraft } from "./draft.ts";

test("a kept draft comes back with its words, and at most at the step of the passphrase", () => {
  const draft = {
    ...emptyDraft("kk"),
    step: 4,
    name: "Үміт",
    trustees: ["Арал", "Сырым", "Зере"],
    threshold: 3,
  };
  expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual({ ...draft, step: 1 });
});

test("a draft has no place for a passphrase, a passkey or a share", () => {
  expect(Object.keys(emptyDraft("ru")).toSorted()).toEqual([
    "currency",
    "languages",
    "lockKind",
    "name",
    "officerName",
    "step",
    "threshold",
    "trustees",
  ]);
});

test.each([
  null,
  7,
  "x",
  {},
  { step: "1", threshold: 2, trustees: ["a", "b"] },
  { step: 1, threshold: 2, trustees: ["a"] },
])("what is no draft is none: %j", (value) => expect(readDraft(value)).toBeUndefined());

test("more had to come together than there are trustees: as many as there are", () => {
  const draft = { ...emptyDraft("en"), trustees: ["a", "b"], threshold: 9 };
  expect(readDraft(draft)?.threshold).toBe(2);
});
