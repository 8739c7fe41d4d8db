// The rule a new member meets: twelve characters or four words, and not one key pressed twelve times.
import { expect, test } from "vitest";
import { checkPassphrase } from "./passphrase.ts";

test.each(["кеме жусан тас көл", "ат су ай от", "correct-horse", "Vx8#kq!2zzTp"])("taken: %s", (text) => {
  expect(checkPassphrase(text).ok).toBe(true);
});

test.each(["", "Tulip-2024", "ат су ай", "a b c d e", "            ", "қысқа сөз   "])(
  "too short: %j",
  (text) => {
    expect(checkPassphrase(text)).toMatchObject({ ok: false, refusal: { code: "passphrase-too-short" } });
  },
);

test.each(["aaaaaaaaaaaaaaaa", "121212121212", "AbAbAbAbAbAbAb"])("too plain: %s", (text) => {
  expect(checkPassphrase(text)).toMatchObject({ ok: false, refusal: { code: "passphrase-too-plain" } });
});
