import { assembleDossier } from "#dossier/assemble.ts";
import { CheckList } from "#dossier/check-list.ts";
import { previewDossier, type DossierPreview, type PreviewRefusal } from "#dossier/preview.ts";
import { readFacts } from "#dossier/read-facts.ts";
import type { Question } from "#dossier/statement/statement.ts";
import { caseView } from "#domain/funds/post-view.ts";
import type { FundsState } from "#domain/funds/state.ts";
import { vkeyText } from "#record/note.ts";
import { policyText } from "#record/policy.ts";
import type { Result } from "#record/result.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import { Failure, refused } from "./refusals/failure.ts";
import type { ReadEntry } from "./opening.ts";
import type { Session } from "./session.ts";

export type DossierOrder = {
  readonly question: Question;
  /** The claim to hold against the record, such as "31000000 KZT raised". */
  readonly claim?: string;
  /** Hidden fields to open beyond what the question needs, such as "payee". */
  readonly disclose: readonly string[];
  /** The two verifiers that travel inside. */
  readonly verifiers: { readonly verifyHtml: string; readonly verifyPy: string };
};

/** The whole log as its member reads it, for one dossier or several. */
export type OpenedLog = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
  readonly entries: readonly ReadEntry[];
};

/** Opens every box: what a preview counts and what a dossier is cut from. */
export async function openLogOf(session: Session): Promise<OpenedLog> {
  const { size, root, checkpoint, words, progress } = session;
  const entries: ReadEntry[] = [];
  for await (const entry of session.read(0, size)) {
    entries.push(entry);
    progress.update(words.makingDossier, entry.stored.index, size);
  }
  progress.end();
  return { size, root, checkpoint, entries };
}

/** What a dossier would disclose and what it would state. Nothing is made. */
export async function previewOf(
  session: Session,
  order: Omit<DossierOrder, "verifiers">,
  log: OpenedLog,
): Promise<Result<DossierPreview, PreviewRefusal>> {
  const { funds } = await session.books({ withDays: true });
  const stated = readFacts(
    log.entries.map(({ opened }) => ({ ...opened, index: opened.index ?? 0 })),
    new CheckList().of("entry.fields"),
  );
  return previewDossier(order, stated, funds);
}

/** An answer that a stranger verifies offline: entries, chosen disclosures, proofs, a statement to read, verifiers. */
export async function makeDossier(
  session: Session,
  order: DossierOrder,
  log?: OpenedLog,
): Promise<Uint8Array> {
  const { words, progress } = session;
  const { funds } = await session.books();
  // It answers an accusation: never on a colleague's word alone.
  session.requireChecked();
  for (const file of session.unfinishedFiles(funds))
    throw new Failure("import-unfinished", words.incompleteImport(file));
  refuseUnknown(order.question, funds, session);
  const { size, checkpoint, entries: read } = log ?? (await openLogOf(session));
  const tree = new StoredTree(session.store, size);
  const entries = [];
  const proofs: (readonly Uint8Array[])[] = [];
  for (const { stored, box } of read) {
    const proof = await tree.inclusionProof(stored.index);
    if (!proof.ok) throw refused({ ...proof.refusal, code: "record-damaged" }, { exitCode: 1 });
    proofs.push(proof.value);
    entries.push({ index: stored.index, jwt: stored.jwt, disclosures: box?.disclosures });
    progress.update(words.makingDossier, stored.index, size);
  }
  const zip = assembleDossier({
    question: order.question,
    ...(order.claim !== undefined && { claim: order.claim }),
    disclose: order.disclose,
    entries,
    checkpoint,
    proofFor: (index) => proofs[index] ?? [],
    policy: policyText(
      { logs: [{ key: session.logKey }], witnesses: [], groups: [], quorum: "none" },
      vkeyText,
    ),
    ...order.verifiers,
    madeAt: Math.floor(session.now() / 1000),
  });
  progress.end();
  if (!zip.ok) throw refused(zip.refusal);
  return zip.value;
}

/** Said before the log is read through: an id mistyped should not cost a minute. */
function refuseUnknown(question: Question, funds: FundsState, { words }: Session): void {
  if (question.kind === "appeal" && !funds.appeals.has(question.id)) {
    const known = [...funds.appeals.keys()].slice(0, 20).join(", ");
    throw new Failure(
      "appeal-unknown",
      known === "" ? words.noAppeals : words.appealUnknown(question.id, known),
    );
  }
  if (question.kind === "post" && !funds.posts.has(question.id))
    throw new Failure("post-unknown", words.postUnknown(question.id));
  if (question.kind === "case" && caseView(funds, question.id) === undefined)
    throw new Failure("case-unknown", words.caseUnknown(question.id));
}
