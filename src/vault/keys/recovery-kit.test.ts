// What the server keeps for the trustees opens for them alone, and for one record alone.
import { expect, test } from "vitest";
import { expectOk } from "#record/result.ts";
import { newHybridKey } from "./member.ts";
import { systemRandomness } from "./random.ts";
import { openRecoveryKit, sealRecoveryKit } from "./recovery-kit.ts";
import { redacted } from "./redacted.ts";

const randomBytes = systemRandomness();
const genesis = randomBytes(32);
const roots = [1, 2, 3].map(() => redacted(randomBytes(32)));
const kit = { roots, nullifierKey: redacted(randomBytes(32)), finance: randomBytes(16) };

test("whoever has the recovery key has the root keys, byte for byte", async () => {
  const { identity } = await newHybridKey(randomBytes);
  const sealed = await sealRecoveryKit(kit, identity, genesis, randomBytes);
  const opened = expectOk(await openRecoveryKit(sealed, identity, genesis));
  expect(opened.roots.map((seed) => seed.reveal())).toEqual(roots.map((seed) => seed.reveal()));
  expect(opened.nullifierKey.reveal()).toEqual(kit.nullifierKey.reveal());
  expect(opened.finance).toEqual(kit.finance);
});

test("a folder without a server hands on its log's key too; a malformed one is no kit", async () => {
  const { identity } = await newHybridKey(randomBytes);
  const log = { signingSeed: redacted(randomBytes(32)), name: "aigaq/0123456789abcdef" };
  const sealed = await sealRecoveryKit({ ...kit, log }, identity, genesis, randomBytes);
  const opened = expectOk(await openRecoveryKit(sealed, identity, genesis));
  expect(opened.log?.name).toBe(log.name);
  expect(opened.log?.signingSeed.reveal()).toEqual(log.signingSeed.reveal());
  for (const odd of [
    { ...log, name: "" },
    { ...log, signingSeed: redacted(randomBytes(31)) },
  ]) {
    const bad = await sealRecoveryKit({ ...kit, log: odd }, identity, genesis, randomBytes);
    expect(await openRecoveryKit(bad, identity, genesis)).toMatchObject({
      refusal: { code: "recovery-kit-damaged" },
    });
  }
});

test("another recovery key, another record, a changed byte and an empty file open nothing", async () => {
  const { identity } = await newHybridKey(randomBytes);
  const { identity: stranger } = await newHybridKey(randomBytes);
  const sealed = await sealRecoveryKit(kit, identity, genesis, randomBytes);
  const changed = sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1);
  const attempts = [
    openRecoveryKit(sealed, stranger, genesis),
    openRecoveryKit(sealed, identity, randomBytes(32)),
    openRecoveryKit(changed, identity, genesis),
    openRecoveryKit(new Uint8Array(), identity, genesis),
  ];
  for (const attempt of attempts)
    expect(await attempt).toMatchObject({ ok: false, refusal: { code: "recovery-kit-damaged" } });
});

test("a server that knows the recovery recipient cannot make one: nothing public goes into its key", async () => {
  const { identity, recipient } = await newHybridKey(randomBytes);
  const { identity: own } = await newHybridKey(randomBytes);
  const forged = await sealRecoveryKit(kit, own, genesis, randomBytes);
  expect(recipient).toMatch(/^age1pq1/u);
  expect((await openRecoveryKit(forged, identity, genesis)).ok).toBe(false);
});
