// Root keys are replaced by themselves: two of the old and all of the new sign it, and from then on the old set says nothing.
import { expect, test } from "vitest";
import { appointmentMessage } from "./appointment.ts";
import { fromUtf8, toBase64Url } from "./bytes.ts";
import { signerFromSeed, type Signer } from "./ed25519.ts";
import type { JsonObject } from "./json-strict.ts";
import { KeyDirectory, keyProofMessage } from "./key-directory.ts";
import { keyThumbprint } from "./key-id.ts";
import { rotationMessage } from "./root-rotation.ts";

const hash = new Uint8Array(32).fill(9);
const signers = Array.from({ length: 13 }, (_, i) => signerFromSeed(new Uint8Array(32).fill(i + 1)));
const [officer, colleague, rootA, rootB, rootC, newA, newB, newC, laterA, laterB, laterC, stranger, device] =
  signers as [
    ...[Signer, Signer, Signer, Signer, Signer, Signer, Signer, Signer],
    ...[Signer, Signer, Signer, Signer, Signer],
  ];
const x = ({ publicKey }: Signer): string => toBase64Url(publicKey);
const kid = ({ publicKey }: Signer): string => keyThumbprint(publicKey);
const fresh = [newA, newB, newC];

/** An officer, and at entry 1 a colleague who is none. */
function begun(): KeyDirectory {
  const directory = new KeyDirectory();
  const roots = [rootA, rootB, rootC].map(x);
  const pub = { log: "a+0+b", officer: { x: x(officer), member: "M-01" }, roots, recovery: "age1pq1first" };
  directory.take({ index: 0, hash, kid: kid(officer), type: "genesis", pub });
  const proof = toBase64Url(colleague.sign(keyProofMessage(hash, colleague.publicKey)));
  const add = { x: x(colleague), member: "M-02", roles: ["finance"], proof };
  directory.take({ index: 1, hash, kid: kid(officer), type: "key.add", pub: add });
  return directory;
}

type Twist = {
  readonly by?: readonly Signer[];
  readonly to?: readonly Signer[];
  /** Who of the new ones signs; all. */
  readonly newSign?: readonly Signer[];
  readonly signed?: {
    readonly to?: readonly Signer[];
    readonly recovery?: string;
    readonly genesis?: Uint8Array;
  };
  readonly author?: Signer;
  readonly index?: number;
  readonly pub?: JsonObject;
};

function rotation({
  by = [rootA, rootC],
  to = fresh,
  newSign,
  signed = {},
  author = officer,
  index = 5,
  pub,
}: Twist) {
  const recovery = "age1pq1second";
  const said = { roots: (signed.to ?? to).map(x), recovery: signed.recovery ?? recovery };
  const message = rotationMessage(signed.genesis ?? hash, said);
  const sign = (signer: Signer) => ({ x: x(signer), signature: toBase64Url(signer.sign(message)) });
  const roots = to.map((root, i) => ({ ...sign(newSign?.[i] ?? root), x: x(root) }));
  const entryHash = new Uint8Array(32).fill(index);
  const all: JsonObject = { roots, recovery, by: by.map(sign), ...pub };
  return { index, hash: entryHash, kid: kid(author), type: "key.rotate", pub: all };
}

function answer(directory: KeyDirectory, twist: Twist = {}): string {
  const one = rotation(twist);
  const author = directory.authorAt(one);
  if (!author.ok) return author.refusal.code;
  const taken = directory.take(one);
  return taken.ok ? "taken" : taken.refusal.code;
}

/** Whether these root keys can appoint an officer at entry 9. */
function appoints(directory: KeyDirectory, by: readonly Signer[]): string {
  const said = {
    x: x(device),
    member: "M-01",
    roles: ["officer"],
    reading: "age1r",
    account: "age1a",
    from: 9,
  };
  const message = appointmentMessage(hash, said);
  const roots = by.map((root) => ({ x: x(root), signature: toBase64Url(root.sign(message)) }));
  const entry = { index: 9, hash, kid: kid(device), type: "key.appoint", pub: { ...said, roots } };
  const author = directory.authorAt(entry);
  return author.ok ? "appointed" : author.refusal.code;
}

test("two old root keys and all new ones put a new set in force; the old set has no word after", () => {
  const directory = begun();
  expect(appoints(directory, [rootA, rootB])).toBe("appointed");
  expect(answer(directory)).toBe("taken");
  expect([...directory.roots.keys.keys()]).toEqual(fresh.map(x));
  expect(directory.roots.recovery).toBe("age1pq1second");
  expect(directory.roots.rotation).toEqual(new Uint8Array(32).fill(5));
  expect(directory.rotations).toEqual([5]);
  expect(appoints(directory, [rootA, rootB])).toBe("root-unknown");
  expect(appoints(directory, [rootA, newB])).toBe("root-unknown");
  expect(appoints(directory, [newA, newC])).toBe("appointed");
  expect(answer(directory, { to: [laterA, laterB, laterC], index: 6 })).toBe("root-unknown");
  expect(answer(directory, { by: [newA, newB], to: [laterA, laterB, laterC], index: 6 })).toBe("taken");
  expect(directory.rotations).toEqual([5, 6]);
});

test("what is signed has one text", () => {
  const message = rotationMessage(hash, { roots: ["a", "b", "c"], recovery: "age1pq1second" });
  expect(fromUtf8(message)).toBe(`aigaq/key-rotate/1\n${"09".repeat(32)}\na,b,c\nage1pq1second`);
});

test("forged: one old root key, the same twice, a stranger's, none", () => {
  expect(answer(begun(), { by: [rootA] })).toBe("roots-too-few");
  expect(answer(begun(), { by: [rootB, rootB] })).toBe("root-repeated");
  expect(answer(begun(), { by: [rootA, stranger] })).toBe("root-unknown");
  expect(answer(begun(), { by: [rootA, newA] })).toBe("root-unknown");
  expect(answer(begun(), { by: [] })).toBe("roots-too-few");
});

test("forged: signed for another foundation, another set, another recovery key", () => {
  expect(answer(begun(), { signed: { genesis: new Uint8Array(32) } })).toBe("root-signature-wrong");
  expect(answer(begun(), { signed: { to: [newA, newB, stranger] } })).toBe("root-signature-wrong");
  expect(answer(begun(), { signed: { recovery: "age1pq1other" } })).toBe("root-signature-wrong");
});

test("forged: a new key that nobody holds, one twice, one that was a root key before, too few, too many", () => {
  expect(answer(begun(), { newSign: [newA, newB, stranger] })).toBe("root-signature-wrong");
  expect(answer(begun(), { to: [newA, newB, newA] })).toBe("root-repeated");
  expect(answer(begun(), { to: [newA, newB, rootB] })).toBe("root-known");
  expect(answer(begun(), { to: [newA, newB] })).toBe("rotation-malformed");
  expect(answer(begun(), { to: signers.filter((one) => ![rootA, rootB, rootC].includes(one)) })).toBe(
    "rotation-malformed",
  );
});

test("an old set does not come back, and a rotation is good once", () => {
  const directory = begun();
  expect(answer(directory)).toBe("taken");
  expect(answer(directory, { by: [newA, newB], to: [rootA, rootB, rootC], index: 6 })).toBe("root-known");
  expect(answer(directory, { index: 7 })).toBe("root-known");
});

test("forged: by nobody's key, by a member who is no officer, and lacking a field", () => {
  expect(answer(begun(), { author: stranger })).toBe("key-unknown");
  expect(answer(begun(), { author: colleague })).toBe("author-not-officer");
  for (const field of ["roots", "recovery", "by"])
    expect(answer(begun(), { pub: { [field]: null } })).toBe("rotation-malformed");
  expect(answer(begun(), { pub: { recovery: "age1pq1a\nage1pq1b" } })).toBe("rotation-malformed");
});

test("it stays in force when its author's key is revoked back to before it", () => {
  const directory = begun();
  expect(answer(directory)).toBe("taken");
  const revoke = { kid: kid(officer), from: 2 };
  directory.take({ index: 6, hash, kid: kid(officer), type: "key.revoke", pub: revoke });
  expect(directory.authorAt(rotation({}))).toMatchObject({ refusal: { code: "key-revoked" } });
  expect(appoints(directory, [rootA, rootB])).toBe("root-unknown");
  expect(appoints(directory, [newA, newB])).toBe("appointed");
});

test("tried on a copy it changes nothing", () => {
  const directory = begun();
  expect(answer(directory.copy())).toBe("taken");
  expect([...directory.roots.keys.keys()]).toEqual([rootA, rootB, rootC].map(x));
  expect(answer(directory)).toBe("taken");
});
