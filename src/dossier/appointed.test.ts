// An officer whom root keys brought back signs like any other, and a dossier says so to a stranger; whoever forges such an
// appointment is found out by both programs.
import { expect, test } from "vitest";
import { appointmentMessage } from "#record/appointment.ts";
import { toBase64Url } from "#record/bytes.ts";
import { signerFromSeed, type Signer } from "#record/ed25519.ts";
import { issueEntry, type IssuedEntry } from "#record/issue.ts";
import type { JsonObject } from "#record/json-strict.ts";
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
};

/** The books, and after them the appointment of their officer's new device. */
function appointed({ roots = [rootA, rootC], by = device, more, genesis }: Twist = {}): SignedLog {
  const log = signBooks(books);
  const hash = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const said = {
    x: toBase64Url(device.publicKey),
    member: "accountant",
    roles: ["officer", "finance"],
    reading: "age1reading",
    account: "age1pq1account",
    from: log.leaves.length,
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

/** One more word of the officer, with this key. */
function withNote(log: SignedLog, signer: Signer): SignedLog {
  const genesis = log.tips.get("genesis")?.hash ?? new Uint8Array(32);
  const keys = log.tips.get("keys");
  const stream = { id: "keys", seq: (keys?.seq ?? -1) + 1, previous: keys?.hash ?? null };
  log.appendRaw(signedBy(signer, genesis, { type: "room.epoch", stream, pub: {} }).jwt);
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
