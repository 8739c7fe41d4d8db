import { existsSync } from "node:fs";
import { caseView } from "#domain/funds/post-view.ts";
import type { FundsState } from "#domain/funds/state.ts";
import type { Question } from "#dossier/statement/statement.ts";
import { assembleDossier } from "#dossier/assemble.ts";
import { vkeyText } from "#record/note.ts";
import { policyText } from "#record/policy.ts";
import { StoredTree } from "#storage/tile-reader.ts";
import type { Call } from "../commands.ts";
import { Failure, refused } from "../failure.ts";
import { writeNew } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";
import { readVerifiers } from "../verifier-files.ts";

/** An answer that a stranger verifies offline: entries, chosen disclosures, proofs, a statement to read, three verifiers. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const question = questionOf(call);
  const out = args.required("out");
  if (existsSync(out)) throw new Failure("file-exists", words.fileExists(out));
  await using session = await openSession(call, "read");
  const { funds } = await session.books();
  for (const file of session.unfinishedFiles(funds))
    throw new Failure("import-unfinished", words.incompleteImport(file));
  refuseUnknown(question, funds, call);
  const { size, progress } = session;
  const tree = new StoredTree(session.store, size);
  const entries = [];
  const proofs: (readonly Uint8Array[])[] = [];
  for await (const { stored, box } of session.read(0, size)) {
    const proof = await tree.inclusionProof(stored.index);
    if (!proof.ok) throw refused({ ...proof.refusal, code: "record-damaged" }, { exitCode: 1 });
    proofs.push(proof.value);
    entries.push({ index: stored.index, jwt: stored.jwt, disclosures: box?.disclosures });
    progress.update(words.makingDossier, stored.index, size);
  }
  const claim = args.text("claim");
  const zip = assembleDossier({
    question,
    ...(claim !== undefined && { claim }),
    disclose: (args.text("disclose") ?? "")
      .split(",")
      .map((field) => field.trim())
      .filter((field) => field !== ""),
    entries,
    checkpoint: session.checkpoint,
    proofFor: (index) => proofs[index] ?? [],
    policy: policyText(
      { logs: [{ key: session.logKey }], witnesses: [], groups: [], quorum: "none" },
      vkeyText,
    ),
    ...readVerifiers(),
    madeAt: Math.floor(session.now() / 1000),
  });
  progress.end();
  if (!zip.ok) throw refused(zip.refusal);
  writeNew(out, zip.value, words);
  if (args.has("json")) printJson({ dossier: out, bytes: zip.value.length, question });
  else print(words.dossierMade(out, words.bytes(zip.value.length)));
}

/** Said before the log is read through: an id mistyped should not cost a minute. */
function refuseUnknown(question: Question, funds: FundsState, { words }: Call): void {
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

function questionOf({ args, words }: Call): Question {
  const questions: Question[] = [];
  for (const kind of ["appeal", "post", "case"] as const) {
    const id = args.text(kind);
    if (id !== undefined) questions.push({ kind, id });
  }
  const from = args.text("from");
  const to = args.text("to");
  if (from !== undefined && to !== undefined) questions.push({ kind: "period", from, to });
  else if (from !== undefined || to !== undefined) throw new Failure("usage", words.periodIncomplete);
  const [question] = questions;
  if (question === undefined || questions.length > 1) throw new Failure("usage", words.chooseOne);
  return question;
}
