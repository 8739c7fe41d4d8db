// A server keeps locks and a keyring's body; with both in hand it opens nothing, and cannot exchange them unseen.
import { expect, test } from "vitest";
import { toBase64Url } from "#record/bytes.ts";
import { verifyEd25519 } from "#record/ed25519.ts";
import { expectOk, type Refusal, type Result } from "#record/result.ts";
import type { Keyring } from "./keyring-content.ts";
import {
  closeLock,
  newPassphraseLock,
  openKeyringBody,
  openLock,
  passphraseRoot,
  sealKeyringBody,
  signInMessage,
  signInSigner,
} from "./locks.ts";
import { systemRandomness } from "./random.ts";
import { redacted } from "./redacted.ts";

const randomBytes = systemRandomness();
const cheap = { memoryKib: 64, passes: 1, lanes: 1 };
const member = "M-01";
const keyring: Keyring = {
  version: 1,
  member,
  device: { signingSeed: redacted(randomBytes(32)), readingIdentity: redacted("AGE-SECRET-KEY-1INVENTED") },
  account: { identity: redacted("AGE-SECRET-KEY-PQ-1INVENTED") },
  nullifierKey: redacted(randomBytes(32)),
  rooms: { finance: { id: randomBytes(16), epochs: { 0: redacted(randomBytes(32)) } } },
};

function expectRefusal(result: Result<unknown, Refusal>): Refusal {
  if (result.ok) throw new Error("it was not refused");
  return result.refusal;
}

async function made(passphrase: string) {
  const keyringKey = redacted(randomBytes(32));
  const { head, root } = await newPassphraseLock("L1", passphrase, randomBytes, cheap);
  const lock = await closeLock({ member, head, root }, keyringKey, randomBytes);
  return { lock, keyringKey, body: await sealKeyringBody(keyring, keyringKey, randomBytes) };
}

test("the passphrase opens the lock, the lock the keyring", async () => {
  const { lock, body } = await made("four words not these");
  const root = expectOk(await passphraseRoot(lock, "four words not these", cheap));
  const key = expectOk(await openLock({ member, id: lock.id, root }, lock.sealed));
  const opened = expectOk(await openKeyringBody(member, body, key));
  expect(toBase64Url(opened.nullifierKey.reveal())).toBe(toBase64Url(keyring.nullifierKey.reveal()));
});

test("another passphrase opens nothing and signs in as nobody", async () => {
  const { lock } = await made("four words not these");
  const root = expectOk(await passphraseRoot(lock, "four words but these", cheap));
  expect(expectRefusal(await openLock({ member, id: lock.id, root }, lock.sealed)).code).toBe(
    "wrong-passphrase",
  );
  expect(toBase64Url(signInSigner(lock.id, root).publicKey)).not.toBe(lock.publicKey);
});

test("a sign-in is bound to the server's address and to the challenge", async () => {
  const { head, root } = await newPassphraseLock("L1", "four words not these", randomBytes, cheap);
  const signer = signInSigner(head.id, root);
  const signature = signer.sign(signInMessage("https://one.example", member, "abc"));
  const check = (origin: string, challenge: string) =>
    verifyEd25519({
      publicKey: signer.publicKey,
      message: signInMessage(origin, member, challenge),
      signature,
    });
  expect(check("https://one.example", "abc")).toBe(true);
  expect(check("https://two.example", "abc")).toBe(false);
  expect(check("https://one.example", "abd")).toBe(false);
});

test("a lock or a body of another member, or an altered one, is refused", async () => {
  const { lock, body, keyringKey } = await made("four words not these");
  const root = expectOk(await passphraseRoot(lock, "four words not these", cheap));
  expect((await openLock({ member: "M-02", id: lock.id, root }, lock.sealed)).ok).toBe(false);
  expect((await openLock({ member, id: "L2", root }, lock.sealed)).ok).toBe(false);
  expect((await openLock({ member, id: lock.id, root }, "!")).ok).toBe(false);
  expect(expectRefusal(await openKeyringBody("M-02", body, keyringKey)).code).toBe("keyring-damaged");
  const altered = body.slice();
  altered[100] = (altered[100] ?? 0) ^ 1;
  expect(expectRefusal(await openKeyringBody(member, altered, keyringKey)).code).toBe("keyring-damaged");
});

test("a server that asks for a gibibyte of memory is refused before it is spent", async () => {
  const absurd = { salt: toBase64Url(randomBytes(16)), cost: { memoryKib: 2 ** 30, passes: 3, lanes: 4 } };
  expect(expectRefusal(await passphraseRoot(absurd, "four words not these")).code).toBe(
    "keyring-cost-absurd",
  );
  expect(expectRefusal(await passphraseRoot({ salt: "" }, "four words not these")).code).toBe(
    "keyring-cost-absurd",
  );
});

test("a server that asks for less than a lock of ours costs is refused: its answer would let the passphrase be guessed", async () => {
  const salt = toBase64Url(randomBytes(16));
  for (const cost of [
    cheap,
    { memoryKib: 65_536, passes: 1, lanes: 4 },
    { memoryKib: 32_768, passes: 9, lanes: 4 },
  ])
    expect(expectRefusal(await passphraseRoot({ salt, cost }, "four words not these")).code).toBe(
      "keyring-cost-weak",
    );
});
