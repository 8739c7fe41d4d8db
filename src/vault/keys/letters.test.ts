// A letter opens for its link and the room, an answer for the room alone.
import { expect, test } from "vitest";
import { fromUtf8, toHex, utf8 } from "#record/bytes.ts";
import { expectOk } from "#record/result.ts";
import { openLetter } from "#vault/open/letter.ts";
import { sealLetter } from "#vault/seal/letter.ts";
import { openAnswer, sealAnswer } from "./letter-answer.ts";
import { letterKeys } from "./letter-keys.ts";
import { systemRandomness } from "./random.ts";

const random = systemRandomness();
const id = "AAAAAAAAAAAAAAAAAAAAAA";
const epochKey = new Uint8Array(32).fill(7);

test("the question opens with the key of its link, and at its own address only", async () => {
  const { question } = await letterKeys(epochKey, id);
  const sealed = await sealLetter(question.reveal(), id, utf8("Was it so?"), random);
  expect(fromUtf8(expectOk(await openLetter(question.reveal(), id, sealed)))).toBe("Was it so?");
  const elsewhere = await openLetter(question.reveal(), id.replace("A", "B"), sealed);
  expect(elsewhere).toMatchObject({ ok: false, refusal: { code: "sealed-for-another-key-or-place" } });
  const changed = sealed.map((byte, i) => (i === sealed.length - 1 ? byte ^ 1 : byte));
  expect(await openLetter(question.reveal(), id, changed)).toMatchObject({
    refusal: { code: "sealed-altered" },
  });
});

test("the keys are those of the specification, and another letter's are others", async () => {
  const keys = await letterKeys(epochKey, id);
  expect(toHex(keys.question.reveal())).toBe(toHex((await letterKeys(epochKey, id)).question.reveal()));
  const other = await letterKeys(epochKey, id.replace("A", "B"));
  expect(toHex(keys.question.reveal())).not.toBe(toHex(other.question.reveal()));
  expect(keys.answers.recipient).not.toBe(other.answers.recipient);
});

test("an answer opens for the room and not with the link", async () => {
  const { answers } = await letterKeys(epochKey, id);
  const sealed = await sealAnswer(answers.recipient, utf8('{"answer":"yes"}'));
  expect(fromUtf8(expectOk(await openAnswer(answers.identity, sealed)))).toBe('{"answer":"yes"}');
  const other = await letterKeys(epochKey, id.replace("A", "B"));
  const refusal = { ok: false, refusal: { code: "letter-answer-unreadable" } };
  expect(await openAnswer(other.answers.identity, sealed)).toMatchObject(refusal);
  expect(await openAnswer(answers.identity, utf8("anything"))).toMatchObject(refusal);
});

test("the length of an answer says little: yes, no and silence are as long", async () => {
  const { answers } = await letterKeys(epochKey, id);
  const lengths = await Promise.all(
    ["yes", "no", "declined"].map(
      async (answer) => (await sealAnswer(answers.recipient, utf8(answer))).length,
    ),
  );
  expect(new Set(lengths).size).toBe(1);
});

test("golden keys, for a second implementation", async () => {
  const { question, answers } = await letterKeys(epochKey, id);
  expect(toHex(question.reveal())).toMatchInlineSnapshot(
    `"0f0a6c572901c406991e00e56c66a28755e2dc5da727d31cbf950231752517ad"`,
  );
  expect(answers.recipient).toMatchInlineSnapshot(
    `"age1d2gdhfwm3gjr5x6q9zf878y9e207ghvgrzx7hk3ekfnpn42g6gkswuetzr"`,
  );
});
