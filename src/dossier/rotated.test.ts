// Root keys that were replaced: a dossier of a log with it holds for both programs, and each forged twin is found by both.
import { expect, test } from "vitest";
import { appointmentMessage } from "#record/appointment.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { expectOk } from "#record/result.ts";
import { rotationMessage } from "#record/root-rotation.ts";
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
const seeded = (seed: number): Signer => signerFromSeed(new Uint8Array(32).fill(seed));
const fresh = [41, 42, 43].map(seeded);
const [newA, newB] = fresh as [Signer, Signer];
const later = [44, 45, 46].map(seeded);
const stranger = seeded(47);
const device = seeded(48);
const x = ({ publicKey }: Signer): string => toBase64Url(publicKey);

function append(log: SignedLog, signer: Signer, type: string, pub: JsonObject): SignedLog {
  const genesis = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const keys = log.tips.get("keys");
  const seq = (keys?.seq ?? -1) + 1;
  const stream = { id: "keys", seq, previous: keys?.hash ?? null };
  const anchor = { size: 0, root: EMPTY_ROOT };
  const entry = issueEntry(
    { genesis, at: 1_760_000_000, anchor, type, stream, pub },
    { signer, randomBytes: fixedRandomness("rotated") },
  );
  log.appendRaw(entry.jwt);
  log.tips.set("keys", { seq, hash: entry.hash });
  return log;
}

type Twist = {
  readonly by?: readonly Signer[];
  readonly to?: readonly Signer[];
  readonly author?: Signer;
  readonly genesis?: Uint8Array;
  readonly newSign?: Signer;
  readonly more?: JsonObject;
};

function rotated(
  { by = [rootA, rootC], to = fresh, author = officerSigner, genesis, newSign, more }: Twist = {},
  log = signBooks(books),
): SignedLog {
  const recovery = "age1pq1second";
  const hash = genesis ?? log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const message = rotationMessage(hash, { roots: to.map(x), recovery });
  const sign = (signer: Signer) => ({ x: x(signer), signature: toBase64Url(signer.sign(message)) });
  const roots = to.map((root, i) => ({ ...sign(i === 0 ? (newSign ?? root) : root), x: x(root) }));
  return append(log, author, "key.rotate", { roots, recovery, by: by.map(sign), ...more });
}

function appointed(log: SignedLog, by: readonly Signer[]): SignedLog {
  const said = {
    x: x(device),
    member: "accountant",
    roles: ["officer"],
    reading: "age1reading",
    account: "age1pq1account",
    from: log.leaves.length,
  };
  const message = appointmentMessage(log.tips.get("genesis")?.hash ?? new Uint8Array(32), said);
  const roots = by.map((root) => ({ x: x(root), signature: toBase64Url(root.sign(message)) }));
  return append(log, device, "key.appoint", { ...said, roots });
}

async function brokenIn(logs: readonly SignedLog[]): Promise<readonly (readonly string[])[]> {
  const reports = await expectAgreement(logs.map((log, i) => [String(i), zip(log.unchecked(statement))]));
  return reports.map(({ checks }) =>
    checks
      .filter((line) => line.verdict === "broken" && line.code.startsWith("entry."))
      .map((line) => line.code),
  );
}

test("root keys that replaced others appoint an officer from then on, for TypeScript and for Python", async () => {
  const twice = () => rotated({ by: [newA, newB], to: later }, rotated());
  const good = [
    rotated(),
    rotated({ by: [rootA, rootB, rootC] }),
    appointed(rotated(), [newA, newB]),
    twice(),
  ];
  expect(await brokenIn([...good, appointed(twice(), later)])).toEqual([[], [], [], [], []]);
});

test("each forged twin of it is found by both", async () => {
  const twins: readonly SignedLog[] = [
    rotated({ by: [rootA] }),
    rotated({ by: [rootB, rootB] }),
    rotated({ by: [rootA, stranger] }),
    rotated({ by: [] }),
    rotated({ genesis: new Uint8Array(32) }),
    rotated({ newSign: stranger }),
    rotated({ to: [newA, newB] }),
    rotated({ to: [newA, newB, newA] }),
    rotated({ to: [newA, newB, rootB] }),
    rotated({ to: [...fresh, ...later, ...[51, 52, 53].map(seeded)] }),
    rotated({ author: stranger }),
    rotated({ more: { recovery: "age1pq1other" } }),
    rotated({ more: { recovery: "" } }),
    rotated({ more: { by: "none" } }),
    rotated({ more: { roots: [x(newA)] } }),
    // The old set goes on as if it had not been replaced, or is put back.
    appointed(rotated(), [rootA, rootB]),
    appointed(rotated(), [rootA, newA]),
    rotated({ to: later }, rotated()),
    rotated({ by: [newA, newB], to: rootSigners }, rotated()),
    rotated({}, rotated()),
  ];
  for (const broken of await brokenIn(twins)) expect(broken).toEqual(["entry.key"]);
});
