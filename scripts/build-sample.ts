// Makes the sample foundation that "Look around" opens, from `test/samples/foundation`: the same entries on every machine,
// with a fixed clock and fixed randomness. Everything in it is invented, its keys too, and lie open beside it.
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { languages, type Language } from "#language/language.ts";
import type { Decided } from "#domain/funds/deciding.ts";
import { openLog } from "#log/sequencer.ts";
import { concatBytes, toHex, utf8 } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { sha256 } from "#record/hash.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import { expectOk, type Refusal, type Result } from "#record/result.ts";
import { decideWeek } from "#session/books/close-week.ts";
import { decideList, decideTable, type ListName, type TableName } from "#session/books/decide-table.ts";
import { found } from "#session/keys/found.ts";
import { recordFollowUps } from "#session/books/follow-ups.ts";
import { importFile } from "#session/imports/import-file.ts";
import { localPort } from "#session/record-port.ts";
import { Session } from "#session/session.ts";
import { parseTable } from "#session/imports/table-text.ts";
import { bytesSource } from "#statements/source.ts";
import { openMemoryStore } from "#storage/memory/memory-store.ts";
import { toParts } from "#storage/memory/store-parts.ts";
import { encodeKeyring, type Keyring } from "#vault/keys/keyring-content.ts";
import { redacted } from "#vault/keys/redacted.ts";
import type { RandomBytes } from "#vault/seal/layout.ts";
import { deskWords } from "#workspace/desk/words.ts";
import { sampleOrigin, sampleSeeds } from "#workspace/tour/sample-keys.ts";
import { sampleFoundation } from "#workspace/tour/sample-name.ts";
import { lateStatement, lateStatementName, latePayments } from "./sample-late-rows.ts";
import { leaveOpen } from "./sample-open-ends.ts";
import { inLanguage } from "./sample-reasons.ts";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "test/samples/foundation");

export type Sample = {
  /** The record as `#storage/memory/store-parts.ts` writes it. */
  readonly record: Uint8Array;
  /** The officer's keyring, in the clear. */
  readonly keyring: Uint8Array;
};

export type KeptSample = {
  readonly records: Readonly<Record<Language, Uint8Array>>;
  readonly keyring: Uint8Array;
};

/** The same bytes each time: SHA-256 over a counter. Only ever for invented things. */
function fixedRandomness(seed: string): RandomBytes {
  let counter = 0;
  let rest: Uint8Array = new Uint8Array();
  return (length) => {
    while (rest.length < length) rest = concatBytes(rest, sha256(utf8(`${seed} ${counter++}`)));
    const bytes = rest.slice(0, length);
    rest = rest.subarray(length);
    return bytes;
  };
}

const dayMs = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T06:00:00Z`);

/** `language`: in which people of the sample wrote their reasons. The rest is the same, to the keys. */
export async function buildSample(language: Language): Promise<Sample> {
  const randomBytes = fixedRandomness("the sample foundation");
  let now = at("2025-01-31");
  const logSigner = signerFromSeed(sampleSeeds.log);
  const logKey = verifierKey(sampleOrigin, signatureType.ed25519, logSigner.publicKey);
  const store = openMemoryStore();
  const log = expectOk(await openLog({ store, logSigner, origin: sampleOrigin }));
  const founded = await found(
    {
      ...sampleFoundation,
      officerName: "Айгүл Мысалова",
      logKey: vkeyText(logKey),
      at: now / 1000,
    },
    randomBytes,
  );
  expectOk(await log.append(founded.entries, { objects: founded.objects }));
  const sessionOf = (keyring: Keyring): Session =>
    new Session({
      port: localPort(store, log),
      keyring,
      logKey,
      words: deskWords.en,
      progress: { update: () => {}, end: () => {} },
      now: () => now,
      randomBytes,
    });
  const session = sessionOf(founded.keyring);
  const record = async (decided: Result<Decided, Refusal>): Promise<void> => {
    await session.append(expectOk(decided).drafts);
    await recordFollowUps(session);
  };
  const list = async (what: ListName): Promise<void> =>
    record(await decideList(session, what, JSON.parse(textOf(`${what}.json`))));
  const table = async (
    what: TableName,
    text: string = inLanguage(textOf(`${what}.csv`), language),
  ): Promise<void> => record(await decideTable(session, what, expectOk(parseTable(text)), new Map()));
  const statement = (name: string, bytes: Uint8Array = readFileSync(join(folder, name))) =>
    importFile(session, { file: { name, source: bytesSource(bytes) }, options: {} }, undefined);

  now = at("2025-02-01");
  await list("appeals");
  now = at("2025-03-01");
  await list("posts");
  now = at("2025-04-18");
  await statement("kzt-1.1c.txt");
  now = at("2025-06-10");
  await statement("kzt-2.1c.txt");
  await statement("eur.camt053.xml");
  for (const what of ["decisions", "refunds", "spending"] as const) await table(what);
  now += dayMs;
  for (const what of ["confirmations", "rates", "events"] as const) await table(what);
  for (const week of weeksOf("2025-02-03", "2025-06-15")) {
    now = Math.max(now, at("2025-06-17"));
    const decided = await decideWeek(session, week);
    if (decided.ok) await session.append(decided.value.drafts);
  }
  now = at("2025-06-18");
  await leaveOpen(session, sessionOf);
  now = at("2025-07-07");
  await table("spending", latePayments);
  await statement(lateStatementName, utf8(lateStatement()));
  await session.books();
  await session.saveBooks();
  const { recovery: _, ...keyring } = session.keyring;
  return {
    record: toParts(store),
    keyring: encodeKeyring({
      ...keyring,
      log: { signingSeed: redacted(sampleSeeds.log), name: sampleOrigin },
    }),
  };
}

/** The sample in each language, from `.cache/` where the same sources made it before: signing it takes some seconds. */
export async function keptSample(): Promise<KeptSample> {
  const hash = createHash("sha256");
  const sources = globSync(
    [
      "src/{record,vault,domain,statements,log,session}/**/*.ts",
      "src/workspace/tour/sample-{keys,name}.ts",
      "scripts/{build-sample,sample-late-rows,sample-open-ends,sample-reasons}.ts",
      "test/samples/foundation/*",
    ],
    { cwd: root, exclude: ["src/**/*.test.ts"] },
  ).toSorted();
  for (const file of sources)
    if (statSync(join(root, file)).isFile())
      hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  const kept = join(root, ".cache/sample-build", hash.digest("hex").slice(0, 32));
  const keyring = join(kept, "keyring.json");
  const recordIn = (language: Language) => join(kept, `record-${language}.bin`);
  if (!existsSync(keyring)) {
    mkdirSync(kept, { recursive: true });
    const keyrings = new Map<string, Uint8Array>();
    for (const language of languages) {
      const made = await buildSample(language);
      writeFileSync(recordIn(language), made.record);
      keyrings.set(toHex(made.keyring), made.keyring);
    }
    const [same, ...others] = keyrings.values();
    if (same === undefined || others.length > 0) throw new Error("bug: the keys depend on the language");
    writeFileSync(keyring, same);
  }
  return {
    records: {
      kk: readFileSync(recordIn("kk")),
      ru: readFileSync(recordIn("ru")),
      en: readFileSync(recordIn("en")),
    },
    keyring: readFileSync(keyring),
  };
}

const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");

/** ISO weeks from one Monday to a last day, such as "2025-W06". */
function weeksOf(firstMonday: string, lastDay: string): string[] {
  const weeks: string[] = [];
  let number = 6;
  for (let day = at(firstMonday); day <= at(lastDay); day += 7 * dayMs)
    weeks.push(`2025-W${String(number++).padStart(2, "0")}`);
  return weeks;
}
