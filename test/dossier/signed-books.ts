import { toBase64Url, utf8 } from "#record/bytes.ts";
import { signCheckpoint } from "#record/checkpoint.ts";
import { flatDisclosures } from "#record/disclosure.ts";
import { entryHashOf, leafHashOfEntry } from "#record/entry.ts";
import { encodeProof } from "#record/proof.ts";
import { disclosuresName, entryName, makeBag, proofName } from "#dossier/bag.ts";
import { encodeDisclosures } from "#dossier/check-entries.ts";
import { type Signer, signerFromSeed } from "#record/ed25519.ts";
import { type Disclosures, type IssuedEntry, issueEntry } from "#record/issue.ts";
import { verifierKey, vkeyText } from "#record/note.ts";
import { expectOk } from "#record/result.ts";
import { EMPTY_ROOT, inclusionProof, nodeHash, rootOfLeafHashes } from "#record/tree.ts";
import type { JsonObject } from "#record/json-strict.ts";
import type { FundsEntry } from "#domain/funds/entries.ts";
import type { DossierSource } from "#dossier/assemble.ts";
import type { Question } from "#dossier/statement/statement.ts";
import { fixedRandomness } from "#test/sample-entries.ts";

export const origin = "log.example/foundation";
export const logSigner: Signer = signerFromSeed(new Uint8Array(32).fill(3));
export const officerSigner: Signer = signerFromSeed(new Uint8Array(32).fill(7));
/** Any two of them appoint an officer. */
export const rootSigners: readonly Signer[] = [21, 22, 23].map((seed) =>
  signerFromSeed(new Uint8Array(32).fill(seed)),
);
export const logVkey = vkeyText(verifierKey(origin, 1, logSigner.publicKey));
export const policy = `log ${logVkey}\nquorum none\n`;

export type SignedEntry = { readonly index: number; readonly jwt: string; readonly disclosures: Disclosures };

/** A log as a server keeps it, without a server: entries signed in order, each anchored in the state before it. */
export class SignedLog {
  readonly entries: SignedEntry[] = [];
  readonly leaves: Uint8Array[] = [];
  readonly #random = fixedRandomness("signed books");
  readonly tips = new Map<string, { seq: number; hash: Uint8Array }>();
  #genesis: Uint8Array | null = null;

  append(draft: {
    readonly type: string;
    readonly stream?: string | undefined;
    readonly pub: JsonObject;
    readonly hidden?: JsonObject;
    readonly items?: readonly { readonly open: JsonObject; readonly hidden?: JsonObject }[];
  }): IssuedEntry {
    const tip = draft.stream === undefined ? undefined : this.tips.get(draft.stream);
    const seq = tip === undefined ? 0 : tip.seq + 1;
    const { stream, ...rest } = draft;
    // Anchored where a batch began: a root for every entry would make the test slow.
    const size = this.leaves.length - (this.leaves.length % 16);
    const issued = issueEntry(
      {
        ...rest,
        genesis: this.#genesis,
        at: 1_750_000_000 + this.leaves.length,
        anchor: { size, root: size === 0 ? EMPTY_ROOT : rootOfLeafHashes(this.leaves.slice(0, size)) },
        ...(stream === undefined ? {} : { stream: { id: stream, seq, previous: tip?.hash ?? null } }),
      },
      { signer: officerSigner, randomBytes: this.#random },
    );
    if (this.#genesis === null) this.tips.set("genesis", { seq: 0, hash: issued.hash });
    this.#genesis ??= issued.hash;
    if (stream !== undefined) this.tips.set(stream, { seq, hash: issued.hash });
    this.entries.push({ index: this.leaves.length, jwt: issued.jwt, disclosures: issued.disclosures });
    this.leaves.push(issued.leafHash);
    return issued;
  }

  /** Whatever bytes: a log proves what is in it, not that it is sound. */
  appendRaw(jwt: string, disclosures: Disclosures = { hidden: {}, items: [] }): void {
    this.entries.push({ index: this.leaves.length, jwt, disclosures });
    this.leaves.push(leafHashOfEntry(entryHashOf(jwt)));
  }

  /** A dossier that opens everything and was checked by nobody: what a foundation that cheats could hand out. */
  unchecked(statement: Uint8Array): Map<string, Uint8Array> {
    const checkpoint = this.checkpoint();
    const proofFor = this.proofs();
    const payload = new Map([
      ["data/checkpoint", utf8(checkpoint)],
      ["data/policy.txt", utf8(policy)],
      ["data/statement.json", statement],
    ]);
    for (const lang of ["kk", "ru", "en"]) payload.set(`data/statement.${lang}.html`, utf8("x"));
    for (const { index, jwt, disclosures } of this.entries) {
      payload.set(entryName(index), utf8(jwt));
      payload.set(proofName(index), utf8(encodeProof({ index, hashes: [...proofFor(index)], checkpoint })));
      const list = flatDisclosures(disclosures);
      if (list.length > 0) payload.set(disclosuresName(index), encodeDisclosures(list));
    }
    return makeBag(
      payload,
      new Map(["README.txt", "verify.html", "verify.py"].map((name) => [name, utf8("x")])),
      "2025-10-09",
    );
  }

  genesis(name: string, currency: string): void {
    this.append({
      type: "genesis",
      pub: {
        name,
        currency,
        log: logVkey,
        officer: { x: toBase64Url(officerSigner.publicKey), member: "accountant" },
        roots: rootSigners.map(({ publicKey }) => toBase64Url(publicKey)),
        recovery: "",
      },
    });
  }

  checkpoint(): string {
    return signCheckpoint(
      { origin, size: this.leaves.length, root: rootOfLeafHashes(this.leaves) },
      logSigner,
    );
  }

  proofs(): (index: number) => readonly Uint8Array[] {
    const levels: Uint8Array[][] = [this.leaves];
    for (let level = levels[0] as Uint8Array[]; level.length > 1; level = levels.at(-1) as Uint8Array[]) {
      levels.push(
        Array.from({ length: level.length >> 1 }, (_, i) =>
          nodeHash(level[2 * i] as Uint8Array, level[2 * i + 1] as Uint8Array),
        ),
      );
    }
    return (index) =>
      expectOk(inclusionProof(index, this.leaves.length, (level, i) => levels[level]?.[i] as Uint8Array));
  }

  source(question: Question, more: Partial<DossierSource> = {}): DossierSource {
    return {
      question,
      disclose: [],
      entries: this.entries,
      checkpoint: this.checkpoint(),
      proofFor: this.proofs(),
      policy,
      verifyHtml: "<!doctype html>\n",
      verifyPy: "# verify\n",
      madeAt: 1_760_000_000,
      ...more,
    };
  }
}

/** The books of a test, signed: hashes that entries name (parts, corrections) become those of the signed entries. */
export const signBooks = (entries: readonly FundsEntry[], name = "«Үлгі» қоры"): SignedLog => {
  const log = new SignedLog();
  log.genesis(name, "KZT");
  const renamed = new Map<string, string>();
  const rename = (value: JsonObject): JsonObject =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy with texts replaced by texts
    JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
      typeof inner === "string" ? (renamed.get(inner) ?? inner) : inner,
    ) as JsonObject;
  for (const { type, stream, pub, hidden, items, hash } of entries) {
    if (type === "genesis") continue;
    const issued = log.append({
      type,
      stream: stream?.id,
      pub: rename(pub),
      hidden: rename(hidden),
      items: items.map((item) => ({ open: rename(item?.open ?? {}), hidden: rename(item?.hidden ?? {}) })),
    });
    renamed.set(toBase64Url(hash), toBase64Url(issued.hash));
  }
  return log;
};
