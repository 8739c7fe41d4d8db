// Two root keys bring an officer back; everything that looks like it and is not is refused by the list of keys itself.
import { expect, test } from "vitest";
import { appointmentMessage, type Appointment } from "./appointment.ts";
import { toBase64Url } from "./bytes.ts";
import { signerFromSeed, type Signer } from "./ed25519.ts";
import type { JsonObject } from "./json-strict.ts";
import { KeyDirectory, keyProofMessage } from "./key-directory.ts";
import { keyThumbprint } from "./key-id.ts";

const hash = new Uint8Array(32).fill(9);
const signers = Array.from({ length: 8 }, (_, i) => signerFromSeed(new Uint8Array(32).fill(i + 1)));
const [lost, device, second, rootA, rootB, rootC, strangerRoot, thief] = signers as [
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
  Signer,
];
const x = ({ publicKey }: Signer): string => toBase64Url(publicKey);
const kid = ({ publicKey }: Signer): string => keyThumbprint(publicKey);

/** A log whose only officer M-01 began it, up to entry 4. */
function begun(): KeyDirectory {
  const directory = new KeyDirectory();
  const pub = {
    log: "a+0+b",
    officer: { x: x(lost), member: "M-01" },
    roots: [rootA, rootB, rootC].map((root) => x(root)),
  };
  directory.take({ index: 0, hash, kid: kid(lost), type: "genesis", pub });
  return directory;
}

const usual: Appointment = {
  x: x(device),
  member: "M-01",
  roles: ["officer", "finance"],
  reading: "age1reading",
  account: "age1pq1account",
  from: 5,
};

type Twist = {
  readonly said?: Partial<Appointment>;
  readonly roots?: readonly Signer[];
  /** What the root keys signed, when it is not what the entry says. */
  readonly signed?: Appointment;
  readonly genesis?: Uint8Array;
  readonly by?: Signer;
  readonly pub?: JsonObject;
};

function entry({ said, roots = [rootA, rootC], signed, genesis = hash, by = device, pub }: Twist = {}) {
  const appointment = { ...usual, ...said };
  const message = appointmentMessage(genesis, signed ?? appointment);
  const signatures = roots.map((root) => ({ x: x(root), signature: toBase64Url(root.sign(message)) }));
  return {
    index: 5,
    hash,
    kid: kid(by),
    type: "key.appoint",
    pub: { ...appointment, roots: signatures, ...pub } as never,
  };
}

/** As every reader asks: who may have signed it, then what follows from it. */
function answer(directory: KeyDirectory, twist: Twist = {}): string {
  const one = entry(twist);
  const author = directory.authorAt(one);
  if (!author.ok) return author.refusal.code;
  const taken = directory.take(one);
  return taken.ok ? "taken" : taken.refusal.code;
}

test("two of three root keys put an officer's new key on the record; her lost one counts no more", () => {
  const directory = begun();
  expect(answer(directory)).toBe("taken");
  expect(directory.keyAt(kid(device), 5).ok).toBe(true);
  expect(directory.keyAt(kid(device), 6)).toMatchObject({ value: { member: "M-01", addedAt: 5 } });
  expect(directory.keyAt(kid(lost), 4).ok).toBe(true);
  expect(directory.keyAt(kid(lost), 5)).toMatchObject({ refusal: { code: "key-revoked" } });
  // Asked again when the whole log is known, the answer is the same.
  expect(directory.authorAt(entry()).ok).toBe(true);
});

test("any two of them, and all three, but nobody's key besides", () => {
  expect(answer(begun(), { roots: [rootB, rootC] })).toBe("taken");
  expect(answer(begun(), { roots: [rootA, rootB, rootC] })).toBe("taken");
  expect(answer(begun(), { roots: [rootA, rootB, strangerRoot] })).toBe("root-unknown");
});

test("forged: one root key only, one twice, one of another foundation, none at all", () => {
  expect(answer(begun(), { roots: [rootA] })).toBe("roots-too-few");
  expect(answer(begun(), { roots: [rootA, rootA] })).toBe("root-repeated");
  expect(answer(begun(), { roots: [rootA, strangerRoot] })).toBe("root-unknown");
  expect(answer(begun(), { roots: [] })).toBe("roots-too-few");
});

test("forged: signatures for another log, another person, another key, other roles or another place", () => {
  expect(answer(begun(), { genesis: new Uint8Array(32) })).toBe("root-signature-wrong");
  for (const said of [
    { member: "M-02" },
    { x: x(thief) },
    { roles: ["officer"] },
    { reading: "age1other" },
    { account: "age1pq1other" },
    { from: 0 },
  ])
    expect(answer(begun(), { said, signed: usual, ...("x" in said && { by: thief }) })).toBe(
      "root-signature-wrong",
    );
});

test("forged: not signed by the key that it appoints, reaching ahead, or lacking a field", () => {
  expect(answer(begun(), { by: thief })).toBe("appointment-malformed");
  expect(answer(begun(), { by: lost })).toBe("appointment-malformed");
  expect(answer(begun(), { said: { from: 6 } })).toBe("appointment-malformed");
  expect(answer(begun(), { said: { roles: ["finance"] } })).toBe("appointment-malformed");
  expect(answer(begun(), { said: { roles: ["officer", "a,officer"] } })).toBe("appointment-malformed");
  expect(answer(begun(), { said: { reading: "age1\nage1" } })).toBe("appointment-malformed");
  for (const field of ["x", "member", "roles", "reading", "account", "from", "roots"])
    expect(answer(begun(), { pub: { [field]: null } })).toBe("appointment-malformed");
});

test("the lost device signs nothing after it, and an appointment is good once", () => {
  const directory = begun();
  expect(answer(directory)).toBe("taken");
  const proof = toBase64Url(thief.sign(keyProofMessage(hash, thief.publicKey)));
  const pub = { x: x(thief), member: "M-02", roles: ["officer"], proof };
  const byLost = { index: 6, hash, kid: kid(lost), type: "key.add", pub };
  expect(directory.take(byLost)).toMatchObject({ refusal: { code: "key-revoked" } });
  const again = { ...entry(), index: 7 };
  expect(directory.authorAt(again)).toMatchObject({ refusal: { code: "key-known" } });
  expect(directory.take(again)).toMatchObject({ refusal: { code: "key-known" } });
});

test("an officer who was appointed can be revoked like any other, and her appointment reaches back where it must", () => {
  const directory = begun();
  const proof = toBase64Url(second.sign(keyProofMessage(hash, second.publicKey)));
  const pub = { x: x(second), member: "M-02", roles: ["officer"], proof };
  expect(directory.take({ index: 3, hash, kid: kid(lost), type: "key.add", pub }).ok).toBe(true);
  // Stolen since entry 3: what the thief added with it falls with it.
  expect(answer(directory, { said: { from: 3 } })).toBe("taken");
  expect(directory.keyAt(kid(second), 6)).toMatchObject({ refusal: { code: "key-revoked" } });
  const revoke = { kid: kid(device), from: 5 };
  directory.take({ index: 6, hash, kid: kid(device), type: "key.revoke", pub: revoke });
  expect(directory.authorAt(entry())).toMatchObject({ refusal: { code: "key-revoked" } });
});

/** A thief with the lost device has made an officer of his own, at entry 3, who in turn made another at entry 4. */
function takenOver(): KeyDirectory {
  const directory = begun();
  const adding = (index: number, by: Signer, added: Signer, member: string) => {
    const proof = toBase64Url(added.sign(keyProofMessage(hash, added.publicKey)));
    const pub = { x: x(added), member, roles: ["officer"], proof };
    expect(directory.take({ index, hash, kid: kid(by), type: "key.add", pub }).ok).toBe(true);
  };
  adding(3, lost, thief, "M-09");
  adding(4, thief, second, "M-02");
  return directory;
}

test("the same entry ends the keys of a thief's officer: from there on he signs nothing, before it he did", () => {
  const directory = takenOver();
  expect(answer(directory, { said: { ends: [kid(thief)] } })).toBe("taken");
  expect(directory.keyAt(kid(thief), 4).ok).toBe(true);
  expect(directory.keyAt(kid(thief), 5)).toMatchObject({ refusal: { code: "key-revoked" } });
  const revoke = { index: 6, hash, kid: kid(thief), type: "key.revoke", pub: { kid: kid(device), from: 6 } };
  expect(directory.take(revoke)).toMatchObject({ refusal: { code: "key-revoked" } });
  // Whom he had added is for the trustees to name, or for her to remove: nothing before the entry changes its meaning.
  expect(directory.keyAt(kid(second), 7).ok).toBe(true);
  expect(directory.keyAt(kid(device), 7).ok).toBe(true);
});

test("a key that was revoked only from an entry to come ends all the same", () => {
  const directory = takenOver();
  const later = { kid: kid(thief), from: 1_000_000 };
  directory.take({ index: 5, hash, kid: kid(thief), type: "key.revoke", pub: later });
  expect(directory.keyAt(kid(thief), 6).ok).toBe(true);
  expect(answer(directory, { said: { ends: [kid(thief)] } })).toBe("taken");
  expect(directory.keyAt(kid(thief), 6)).toMatchObject({ refusal: { code: "key-revoked" } });
});

test("forged: other keys end than the root keys signed, none, one twice, out of order, or one that nobody had", () => {
  const both = [kid(thief), kid(second)].toSorted();
  const ends = (signed: readonly string[] | undefined, said: readonly string[] | undefined) => {
    const { ends: _, ...without } = { ...usual, ends: [] };
    return answer(takenOver(), {
      signed: signed === undefined ? without : { ...usual, ends: signed },
      ...(said !== undefined && { pub: { ends: [...said] } }),
    });
  };
  expect(ends(both, both)).toBe("taken");
  for (const [signed, said] of [
    [[kid(thief)], both],
    [undefined, [kid(thief)]],
    [[kid(thief)], undefined],
  ])
    expect(ends(signed, said)).toBe("root-signature-wrong");
  for (const odd of [[], [kid(thief), kid(thief)], both.toReversed(), ["thief"], [`${kid(thief)},x`]])
    expect(ends(odd, odd)).toBe("appointment-malformed");
  expect(answer(takenOver(), { pub: { ends: null } })).toBe("appointment-malformed");
  const nobody = [kid(strangerRoot)];
  expect(ends(nobody, nobody)).toBe("key-unknown");
});

test("a log whose first entry names no root keys knows no appointment", () => {
  const directory = new KeyDirectory();
  expect(directory.authorAt(entry())).toMatchObject({ refusal: { code: "genesis-missing" } });
  const pub = { log: "a+0+b", officer: { x: x(lost), member: "M-01" } };
  directory.take({ index: 0, hash, kid: kid(lost), type: "genesis", pub });
  expect(directory.authorAt(entry())).toMatchObject({ refusal: { code: "root-unknown" } });
});
