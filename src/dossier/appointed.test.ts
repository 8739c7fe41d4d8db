// An officer whom root keys brought back signs like any other, and a dossier says so to a stranger; whoever forges such an
// appointment is found out by both programs.
import { expect, test } from "vitest";
import { appointmentMessage } from "#record/appointment.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { issueEntry, type IssuedEntry } from "#record/issue.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { expectOk } from "#record/result.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import { expectAgreement, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { officerSigner, rootSigners, signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { fixedRandomness } from "#test/sample-entries.ts";
import { assembleDossier } from "./assemble.ts";

const books = (await smallBooks()).entries;
const question = { kind: "appeal", id: "A-2025-003" } as const;
const statement = unzip(expectOk(assembleDossier(signBooks(books).source(question)))).get(
  "data/statement.json",
) as Uint8Array;
const [rootA, rootB, rootC] = rootSigners as [Signer, Signer, Signer];
const device = signerFromSeed(new Uint8Array(32).fill(31));
const strangerRoot = signerFromSeed(new Uint8Array(32).fill(32));

type Twist = {
  readonly roots?: readonly Signer[];
  readonly by?: Signer;
  readonly more?: JsonObject;
  readonly genesis?: Uint8Array;
  /** Key ids that end with it, as signed. */
  readonly ends?: readonly string[];
};

/** Somebody else's officer, added by the officer's lost device. */
const thief = signerFromSeed(new Uint8Array(32).fill(33));
const thiefKid = keyThumbprint(thief.publicKey);

/** The books, and after them the appointment of their officer's new device. */
function appointed(twist: Twist = {}): SignedLog {
  return appointedIn(signBooks(books), twist);
}

function appointedIn(
  log: SignedLog,
  { roots = [rootA, rootC], by = device, more, genesis, ends }: Twist,
): SignedLog {
  const hash = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const said = {
    x: toBase64Url(device.publicKey),
    member: "accountant",
    roles: ["officer", "finance"],
    reading: "age1reading",
    account: "age1pq1account",
    from: log.leaves.length,
    ...(ends !== undefined && { ends: [...ends] }),
  };
  const message = appointmentMessage(genesis ?? hash, said);
  const signatures = roots.map((root) => ({
    x: toBase64Url(root.publicKey),
    signature: toBase64Url(root.sign(message)),
  }));
  const pub: JsonObject = { ...said, roots: signatures, ...more };
  const keys = log.tips.get("keys");
  const seq = (keys?.seq ?? -1) + 1;
  const entry = signedBy(by, hash, {
    type: "key.appoint",
    stream: { id: "keys", seq, previous: keys?.hash ?? null },
    pub,
  });
  log.appendRaw(entry.jwt);
  log.tips.set("keys", { seq, hash: entry.hash });
  return log;
}

function signedBy(
  signer: Signer,
  genesis: Uint8Array,
  draft: Pick<Parameters<typeof issueEntry>[0], "type" | "stream" | "pub">,
): IssuedEntry {
  const anchor = { size: 0, root: EMPTY_ROOT };
  return issueEntry(
    { genesis, at: 1_760_000_000, anchor, ...draft },
    { signer, randomBytes: fixedRandomness("appointed") },
  );
}

/** The lost device has made an officer of a thief's own. */
function takenOver(): SignedLog {
  const log = signBooks(books);
  const genesis = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const proof = toBase64Url(thief.sign(keyProofMessage(genesis, thief.publicKey)));
  const pub = { x: toBase64Url(thief.publicKey), member: "M-09", roles: ["officer"], proof };
  return withKeysEntry(log, officerSigner, { type: "key.add", pub });
}

/** One more word of the officer, with this key. */
function withNote(log: SignedLog, signer: Signer): SignedLog {
  return withKeysEntry(log, signer, { type: "room.epoch", pub: {} });
}

function withKeysEntry(
  log: SignedLog,
  signer: Signer,
  said: { readonly type: string; readonly pub: JsonObject },
): SignedLog {
  const genesis = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const keys = log.tips.get("keys");
  const seq = (keys?.seq ?? -1) + 1;
  const entry = signedBy(signer, genesis, {
    ...said,
    stream: { id: "keys", seq, previous: keys?.hash ?? null },
  });
  log.appendRaw(entry.jwt);
  log.tips.set("keys", { seq, hash: entry.hash });
  return log;
}

async function brokenIn(logs: readonly SignedLog[]): Promise<readonly (readonly string[])[]> {
  const reports = await expectAgreement(logs.map((log, i) => [String(i), zip(log.unchecked(statement))]));
  return reports.map(({ checks }) =>
    checks
      .filter((line) => line.verdict === "broken" && line.code.startsWith("entry."))
      .map((line) => line.code),
  );
}

test("an officer whom two root keys brought back signs from then on, for TypeScript and for Python", async () => {
  const good = [appointed(), appointed({ roots: [rootA, rootB, rootC] }), withNote(appointed(), device)];
  expect(await brokenIn(good)).toEqual([[], [], []]);
});

test("each forged twin of it is found by both", async () => {
  const twins: readonly SignedLog[] = [
    appointed({ roots: [rootA] }),
    appointed({ roots: [rootA, rootA] }),
    appointed({ roots: [rootA, strangerRoot] }),
    appointed({ genesis: new Uint8Array(32) }),
    appointed({ by: officerSigner }),
    appointed({ more: { roles: ["finance"] } }),
    appointed({ more: { member: "second" } }),
    appointed({ more: { from: 1_000_000 } }),
    appointed({ more: { reading: "age1other" } }),
    appointed({ more: { roots: "none" } }),
    // Her lost device goes on as if nothing had been.
    withNote(appointed(), officerSigner),
  ];
  for (const broken of await brokenIn(twins)) expect(broken).toEqual(["entry.key"]);
});

test("a thief's officer whose key ends with the appointment signed before it, and nothing after, for both", async () => {
  const revoking = { type: "key.revoke", pub: { kid: keyThumbprint(device.publicKey), from: 0 } };
  const noted = () => withNote(takenOver(), thief);
  const good = [appointedIn(noted(), { ends: [thiefKid] }), withNote(appointedIn(noted(), {}), thief)];
  expect(await brokenIn(good)).toEqual([[], []]);
  const twins = [
    withNote(appointedIn(takenOver(), { ends: [thiefKid] }), thief),
    withKeysEntry(appointedIn(takenOver(), { ends: [thiefKid] }), thief, revoking),
    // Named by the entry and not by the root keys, or the other way round, or in no proper form.
    appointedIn(takenOver(), { more: { ends: [thiefKid] } }),
    appointedIn(takenOver(), { ends: [thiefKid], more: { ends: [keyThumbprint(rootA.publicKey)] } }),
    appointedIn(takenOver(), { ends: [keyThumbprint(rootA.publicKey)] }),
    appointedIn(takenOver(), { ends: [] }),
    appointedIn(takenOver(), { ends: [thiefKid, thiefKid] }),
    appointedIn(takenOver(), { ends: ["thief"] }),
    appointedIn(takenOver(), { more: { ends: null } }),
  ];
  for (const broken of await brokenIn(twins)) expect(broken).toEqual(["entry.key"]);
});
