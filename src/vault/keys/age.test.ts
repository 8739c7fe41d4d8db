// Our guarantee about a dependency: the official test files of age (C2SP/CCTV) run through the library we use. Each
// file's head says what must happen. If an update of the library breaks one, this fails before a room does.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { armor, Decrypter, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "vitest";
import { encodeBech32 } from "./bech32.ts";

const folder = new URL("../../../test/vectors/age/", import.meta.url);

type AgeFile = { readonly head: ReadonlyMap<string, readonly string[]>; readonly body: Uint8Array };

function readAgeFile(name: string): AgeFile {
  const bytes = readFileSync(new URL(name, folder));
  const end = bytes.indexOf("\n\n");
  const head = new Map<string, string[]>();
  for (const line of bytes.subarray(0, end).toString("utf8").split("\n")) {
    const [field = "", value = ""] = line.split(": ");
    head.set(field, [...(head.get(field) ?? []), value]);
  }
  const body = bytes.subarray(end + 2);
  return { head, body: new Uint8Array(head.get("compressed")?.[0] === "zlib" ? inflateSync(body) : body) };
}

const names = readdirSync(folder).filter((name) => !name.includes("."));

describe("age test files", () => {
  test("there are as many as we copied", () => expect(names.length).toBeGreaterThanOrEqual(72));

  test.each(names)("%s", async (name) => {
    const { head, body } = readAgeFile(name);
    const decrypter = new Decrypter();
    for (const identity of head.get("identity") ?? []) decrypter.addIdentity(identity);
    for (const passphrase of head.get("passphrase") ?? []) decrypter.addPassphrase(passphrase);
    const run = async () =>
      decrypter.decrypt(head.has("armored") ? armor.decode(new TextDecoder().decode(body)) : body);

    const expected = head.get("expect")?.[0];
    if (expected === "success") {
      const payload = await run();
      expect(createHash("sha256").update(payload).digest("hex")).toBe(head.get("payload")?.[0]);
    } else {
      expect(["no match", "HMAC failure", "header failure", "armor failure", "payload failure"]).toContain(
        expected,
      );
      await expect(run()).rejects.toThrow();
    }
  });
});

test("identities that we write are identities that age reads", async () => {
  const seed = new Uint8Array(32).fill(5);
  expect(await identityToRecipient(encodeBech32("age-secret-key-", seed).toUpperCase())).toMatch(/^age1/u);
  expect(await identityToRecipient(encodeBech32("age-secret-key-pq-", seed).toUpperCase())).toMatch(
    /^age1pq1/u,
  );
});

// epochs.ts tells "sealed to others" from "damaged" by age's one message; an update that rewords it shows here.
test("age says in the words we look for that a file is sealed to others", async () => {
  const { head, body } = readAgeFile("x25519");
  expect(head.get("expect")).toEqual(["success"]);
  const decrypter = new Decrypter();
  decrypter.addIdentity(encodeBech32("age-secret-key-", new Uint8Array(32).fill(9)).toUpperCase());
  await expect(decrypter.decrypt(body)).rejects.toThrow("no identity matched");
});
