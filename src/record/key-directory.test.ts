import { describe, expect, test } from "vitest";
import { toBase64Url } from "./bytes.ts";
import type { Signer } from "./ed25519.ts";
import { signerFromSeed } from "./ed25519.ts";
import type { JsonObject } from "./json-strict.ts";
import { KeyDirectory, keyProofMessage } from "./key-directory.ts";
import { keyThumbprint } from "./key-id.ts";

const genesisHash = new Uint8Array(32).fill(9);
const [officer, aigul, deputy, thief] = [1, 2, 3, 4].map((seed) =>
  signerFromSeed(new Uint8Array(32).fill(seed)),
) as [Signer, Signer, Signer, Signer];

/** A directory over a log that is written down as who does what; the index is the place in the list. */
function directoryOf(...entries: readonly { by: Signer; type: string; pub: JsonObject }[]): {
  directory: KeyDirectory;
  codes: string[];
} {
  const directory = new KeyDirectory();
  const codes = entries.map(({ by, type, pub }, index) => {
    const taken = directory.take({ index, hash: genesisHash, kid: keyThumbprint(by.publicKey), type, pub });
    return taken.ok ? "taken" : taken.refusal.code;
  });
  return { directory, codes };
}

const genesis = {
  by: officer,
  type: "genesis",
  pub: { log: "a+0+b", officer: { x: toBase64Url(officer.publicKey), member: "head" } },
};

function add(by: Signer, key: Signer, roles: readonly string[] = [], proofBy = key): typeof genesis {
  const proof = toBase64Url(proofBy.sign(keyProofMessage(genesisHash, key.publicKey)));
  const pub = { x: toBase64Url(key.publicKey), member: "m", roles, proof };
  return { by, type: "key.add", pub: pub as never };
}

function revoke(by: Signer, key: Signer, from: number): typeof genesis {
  return { by, type: "key.revoke", pub: { kid: keyThumbprint(key.publicKey), from } as never };
}

function answer(directory: KeyDirectory, key: Signer, index: number): string {
  const found = directory.keyAt(keyThumbprint(key.publicKey), index);
  return found.ok ? "counts" : found.refusal.code;
}

describe("a key counts", () => {
  test("from the entry after the one that added it, and the genesis key from the beginning", () => {
    const { directory, codes } = directoryOf(genesis, add(officer, aigul));
    expect(codes).toEqual(["taken", "taken"]);
    expect([0, 1, 2, 3].map((index) => answer(directory, aigul, index))).toEqual([
      "key-added-later",
      "key-added-later",
      "counts",
      "counts",
    ]);
    expect([0, 1].map((index) => answer(directory, officer, index))).toEqual(["counts", "counts"]);
    expect(answer(directory, thief, 5)).toBe("key-unknown");
  });

  test("up to the entry before the one it was revoked from, also when the revocation comes later", () => {
    const { directory } = directoryOf(genesis, add(officer, aigul), ...filler(5), revoke(officer, aigul, 4));
    expect([3, 4, 5].map((index) => answer(directory, aigul, index))).toEqual([
      "counts",
      "key-revoked",
      "key-revoked",
    ]);
  });

  test("never again once revoked: neither adding it again nor a later revocation brings it back", () => {
    const log = [
      genesis,
      add(officer, aigul),
      revoke(officer, aigul, 2),
      add(officer, aigul),
      revoke(officer, aigul, 9),
    ];
    const { directory, codes } = directoryOf(...log);
    expect(codes[3]).toBe("key-known");
    expect(answer(directory, aigul, 3)).toBe("key-revoked");
  });

  test("only while the one who added it did: a thief's key falls with the key it was added by", () => {
    const log = [
      genesis,
      add(officer, deputy, ["officer"]),
      add(deputy, aigul),
      ...filler(1),
      add(deputy, thief),
    ];
    const { directory } = directoryOf(...log, revoke(officer, deputy, 4));
    expect(answer(directory, aigul, 9)).toBe("counts");
    expect(answer(directory, thief, 9)).toBe("key-revoked");
  });
});

describe("a key is not taken", () => {
  test("from someone who is no officer, or no longer one", () => {
    expect(directoryOf(genesis, add(officer, aigul), add(aigul, thief)).codes[2]).toBe("author-not-officer");
    expect(directoryOf(genesis, add(officer, aigul), revoke(aigul, officer, 0)).codes[2]).toBe(
      "author-not-officer",
    );
    const log = [genesis, add(officer, deputy, ["officer"]), revoke(officer, deputy, 2), add(deputy, thief)];
    expect(directoryOf(...log).codes[3]).toBe("key-revoked");
  });

  test("without the proof of its holder, or with one carried over from another log", () => {
    expect(directoryOf(genesis, add(officer, aigul, [], thief)).codes[1]).toBe("key-proof-wrong");
    const other = toBase64Url(aigul.sign(keyProofMessage(new Uint8Array(32), aigul.publicKey)));
    const carried = add(officer, aigul);
    expect(
      directoryOf(genesis, { ...carried, pub: { ...carried.pub, proof: other } as never }).codes[1],
    ).toBe("key-proof-wrong");
  });

  test("when implementations would disagree about its signatures", () => {
    // The point of order 1: under it, everyone's signature of everything verifies somewhere.
    const smallOrder = new Uint8Array(32);
    smallOrder[0] = 1;
    const entry = add(officer, aigul);
    const pub = { ...entry.pub, x: toBase64Url(smallOrder) } as never;
    expect(directoryOf(genesis, { ...entry, pub }).codes[1]).toBe("key-unacceptable");
  });

  test("when its entry lacks a field", () => {
    const entry = add(officer, aigul);
    for (const field of ["x", "member", "roles", "proof"]) {
      const pub = { ...entry.pub, [field]: 1 } as never;
      expect(directoryOf(genesis, { ...entry, pub }).codes[1]).toBe("key-malformed");
    }
    expect(directoryOf(genesis, revoke(officer, aigul, 1)).codes[1]).toBe("key-unknown");
    expect(directoryOf(genesis, add(officer, aigul), revoke(officer, aigul, -1)).codes[2]).toBe(
      "key-malformed",
    );
  });
});

test("only the first entry is a genesis entry, and it names the officer who signs it", () => {
  const directory = new KeyDirectory();
  expect(directory.checkGenesis(genesisHash, "note", 0)?.code).toBe("genesis-missing");
  expect(directory.checkGenesis(null, "genesis", 0)).toBeUndefined();
  const byThief = directory.authorAt({
    index: 0,
    kid: keyThumbprint(thief.publicKey),
    type: "genesis",
    pub: genesis.pub,
  });
  expect(byThief).toMatchObject({ ok: false, refusal: { code: "genesis-malformed" } });
  expect(directoryOf(genesis, genesis).codes).toEqual(["taken", "genesis-misplaced"]);
  expect(directoryOf({ ...genesis, pub: { log: "x" } as never }).codes).toEqual(["genesis-malformed"]);
  const { directory: own } = directoryOf(genesis);
  expect(own.checkGenesis(genesisHash, "note", 1)).toBeUndefined();
  expect(own.checkGenesis(new Uint8Array(32), "note", 1)?.code).toBe("genesis-wrong");
  expect(own.checkGenesis(null, "note", 1)?.code).toBe("genesis-misplaced");
});

test("a key that was tried on a copy is unknown to the original", () => {
  const { directory } = directoryOf(genesis);
  const copy = directory.copy();
  const { by, type, pub } = add(officer, aigul);
  const entry = { index: 1, hash: genesisHash, kid: keyThumbprint(by.publicKey), type, pub };
  expect(copy.take(entry).ok).toBe(true);
  expect([answer(copy, aigul, 2), answer(directory, aigul, 2)]).toEqual(["counts", "key-unknown"]);
});

function filler(count: number): (typeof genesis)[] {
  return Array.from({ length: count }, () => ({ by: officer, type: "note", pub: {} as never }));
}
