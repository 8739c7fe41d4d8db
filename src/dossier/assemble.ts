import { zipSync, type Zippable } from "fflate";
import { utf8 } from "#record/bytes.ts";
import { parseEntry } from "#record/entry.ts";
import type { Disclosures } from "#record/issue.ts";
import { encodeProof } from "#record/proof.ts";
import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { disclosuresName, entryName, makeBag, proofName } from "./bag.ts";
import { computeFigures } from "./check.ts";
import { checkCheckpoint } from "./check-checkpoint.ts";
import { checkEntries, encodeDisclosures, type IndexedEntry, openEntries } from "./check-entries.ts";
import { CheckList } from "./check-list.ts";
import { Choice, disclosableFields, type KeptEntry, openKept } from "./choose.ts";
import { readFacts, type Stated } from "./read-facts.ts";
import { answerClaim, parseClaim } from "./statement/claim.ts";
import { encodeStatement, type Question, readStatement, type Statement } from "./statement/statement.ts";
import { readablePages } from "./statement/view.ts";
import { filesMax } from "./zip-read.ts";

export type DossierSource = {
  readonly question: Question;
  /** What somebody asserts, as `"31000000 KZT raised"`. */
  readonly claim?: string | undefined;
  /** Hidden fields to show beyond what the figures need: {@link disclosableFields}. */
  readonly disclose: readonly string[];
  /** The entries of the log, in order; those whose disclosures are unknown to the maker go in closed. */
  readonly entries: Iterable<{
    readonly index: number;
    readonly jwt: string;
    readonly disclosures: Disclosures | undefined;
  }>;
  /** The signed checkpoint, with every cosignature there is. */
  readonly checkpoint: string;
  /** The hashes of the inclusion proof of an entry under that checkpoint. */
  readonly proofFor: (index: number) => readonly Uint8Array[];
  /** tlog-policy in force, canonical (`policyText` of the kernel). */
  readonly policy: string;
  readonly verifyHtml: string;
  readonly verifyPy: string;
  /** Unix seconds. */
  readonly madeAt: number;
};

/**
 * - `question-unknown`: no such appeal, post or case. `question-malformed`: an id or a day that cannot be one.
 * - `claim-unreadable`: not an amount, a currency and a word. `field-unknown`: a field that no entry has.
 * - `entry-unreadable`: an entry or its disclosures are not what they should be; run `aigaq log check`.
 * - `dossier-too-large`: more files than an archive can hold (about 21 000 entries), whatever is asked: all entries travel.
 * - `dossier-would-not-hold`: what was put together does not pass our own checks; `checks` says which.
 */
export type DossierRefusal = Refusal<
  | "question-unknown"
  | "question-malformed"
  | "claim-unreadable"
  | "field-unknown"
  | "entry-unreadable"
  | "dossier-too-large"
  | "dossier-would-not-hold"
>;

/**
 * Puts together the dossier that answers one question: a zip whose bytes depend on nothing but what is given here.
 * What does not pass our own checks is not handed out.
 */
export const assembleDossier = (source: DossierSource): Result<Uint8Array<ArrayBuffer>, DossierRefusal> => {
  const claim = source.claim === undefined ? null : parseClaim(source.claim);
  if (claim === undefined)
    return refuse({
      code: "claim-unreadable",
      message: 'A claim reads like "31000000 KZT raised" (or spent, returned, covered, left).',
    });
  const unknown = source.disclose.find((name) => !(disclosableFields as readonly string[]).includes(name));
  if (unknown !== undefined)
    return refuse({
      code: "field-unknown",
      message: `No entry has a field ${unknown} that could be shown. There are: ${disclosableFields.join(", ")}.`,
    });
  const kept = keep(source);
  if (!kept.ok) return kept;
  const payload = payloadOf(source, kept.value);
  if (!payload.ok) return payload;
  const statement = stateFigures(source, payload.value);
  if (!statement.ok) return statement;
  const answer =
    claim === null || source.claim === undefined
      ? null
      : answerClaim(source.claim, claim, statement.value.totals);
  const pages = new Map(
    [...readablePages(statement.value, answer)].map(([name, text]) => [name, utf8(text)]),
  );
  payload.value.set("data/statement.json", utf8(encodeStatement(statement.value)));
  const tags = new Map([
    ["verify.html", utf8(source.verifyHtml)],
    ["verify.py", utf8(source.verifyPy)],
  ]);
  for (const [name, page] of pages) (name.startsWith("data/") ? payload.value : tags).set(name, page);
  // The archive holds the payload, its tags and four files of the bag itself.
  const files = payload.value.size + tags.size + 4;
  if (files > filesMax)
    return refuse({
      code: "dossier-too-large",
      message: `This log needs ${files} files; an archive holds ${filesMax}. No dossier can be made of it yet.`,
    });
  const bag = makeBag(payload.value, tags, new Date(source.madeAt * 1000).toISOString().slice(0, 10));
  return ok(zip(bag, `dossier-${nameOf(source.question)}`));
};

const nameOf = (question: Question): string => {
  const name = question.kind === "period" ? `${question.from}-${question.to}` : question.id;
  return name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+|[.-]+$/g, "") || question.kind;
};

const keep = ({ entries }: DossierSource): Result<readonly KeptEntry[], DossierRefusal> => {
  const kept: KeptEntry[] = [];
  for (const { index, jwt, disclosures } of entries) {
    const parsed = parseEntry(jwt);
    if (!parsed.ok)
      return refuse({
        code: "entry-unreadable",
        message: `Entry ${index}: ${parsed.refusal.message}`,
        index,
      });
    kept.push({ index, parsed: parsed.value, disclosures });
  }
  return ok(kept);
};

const payloadOf = (
  source: DossierSource,
  kept: readonly KeptEntry[],
): Result<Map<string, Uint8Array>, DossierRefusal> => {
  const opened: IndexedEntry[] = [];
  for (const one of kept) {
    const entry = openKept(one);
    if (!entry.ok)
      return refuse({
        code: "entry-unreadable",
        message: `Entry ${one.index}: ${entry.refusal.message}`,
        index: one.index,
      });
    opened.push(entry.value);
  }
  const stated = readFacts(opened, new CheckList().of("entry.fields"));
  const byIndex = new Map<number, Stated>(stated.map((one) => [one.index, one]));
  const choice = new Choice(source.question, stated, source.disclose);
  if (choice.scope.size === 0)
    return refuse({ code: "question-unknown", message: "The record does not know what is asked about." });
  const payload = new Map<string, Uint8Array>([
    ["data/checkpoint", utf8(source.checkpoint)],
    ["data/policy.txt", utf8(source.policy)],
  ]);
  for (const { index, parsed, disclosures } of kept) {
    payload.set(entryName(index), utf8(parsed.jwt));
    payload.set(
      proofName(index),
      utf8(encodeProof({ index, hashes: [...source.proofFor(index)], checkpoint: source.checkpoint })),
    );
    const one = byIndex.get(index);
    const list = one === undefined || disclosures === undefined ? [] : choice.disclosuresOf(one, disclosures);
    if (list.length > 0) payload.set(disclosuresName(index), encodeDisclosures(list));
  }
  return ok(payload);
};

const stateFigures = (
  source: DossierSource,
  payload: ReadonlyMap<string, Uint8Array>,
): Result<Statement, DossierRefusal> => {
  const checks = new CheckList();
  const judged = checkCheckpoint(payload.get("data/policy.txt"), payload.get("data/checkpoint"), checks);
  if (judged === undefined) return wouldNotHold(checks);
  const believed = checkEntries(
    { files: payload, checkpointText: judged.checkpointText, checkpoint: judged.checkpoint },
    judged.logKey,
    checks,
  );
  const { opened, disclosures } = openEntries(payload, believed.entries, checks.of("disclosure.digest"));
  const stated = readFacts(opened, checks.of("entry.fields"));
  if (!checks.evidenceHolds) return wouldNotHold(checks);
  const figures = computeFigures(
    { question: source.question, stated, opened, judged, believed, disclosures },
    checks,
  );
  if (!figures.ok)
    return figures.refusal.code === "books-broken"
      ? wouldNotHold(checks)
      : refuse({ ...figures.refusal, code: "question-unknown" });
  if (!checks.evidenceHolds) return wouldNotHold(checks);
  const statement: Statement = {
    v: 1,
    made: source.madeAt,
    question: source.question,
    claim: source.claim ?? null,
    ...figures.value,
  };
  const reread = readStatement(encodeStatement(statement));
  return typeof reread === "string"
    ? refuse({
        code: "question-malformed",
        message: `The question or the claim cannot stand in a statement: ${reread}.`,
      })
    : ok(statement);
};

const wouldNotHold = (checks: CheckList): { readonly ok: false; readonly refusal: DossierRefusal } => {
  const failed = checks
    .lines()
    .filter((line) => line.verdict !== "held" && line.reason !== "what it rests on did not hold");
  const first = failed[0];
  return refuse({
    code: "dossier-would-not-hold",
    message: `What was put together does not pass the check ${first?.code ?? ""} (${first?.subject ?? ""}: ${first?.reason ?? ""}).`,
    checks: failed,
  });
};

/** Proofs are small and random: packing them saves nothing and costs every reader a Huffman table. */
const packedFrom = 4_096;

/** The year 1980 in whatever zone the machine is: zip archives keep local time, so the bytes are the same everywhere. */
const zipDate = new Date(1980, 0, 1);

const zip = (files: ReadonlyMap<string, Uint8Array>, top: string): Uint8Array<ArrayBuffer> => {
  const tree: Zippable = {};
  for (const [name, body] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    tree[`${top}/${name}`] = [
      body,
      { mtime: zipDate, level: body.length < packedFrom ? 0 : 6, os: 3, attrs: 0o100644 << 16 },
    ];
  return zipSync(tree);
};
