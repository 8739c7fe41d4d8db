import { existsSync } from "node:fs";
import type { Question } from "#dossier/statement/statement.ts";
import { Failure } from "#session/refusals/failure.ts";
import { makeDossier } from "#session/make-dossier.ts";
import type { Call } from "../commands.ts";
import { writeNew } from "../files.ts";
import { openSession } from "../session/open-session.ts";
import { print, printJson } from "../terminal.ts";
import { readVerifiers } from "../verifier-files.ts";

/** `dossier make`: the answer to one question, written as a zip file. */
export async function run(call: Call): Promise<void> {
  const { args, words } = call;
  const question = questionOf(call);
  const out = args.required("out");
  if (existsSync(out)) throw new Failure("file-exists", words.fileExists(out));
  await using session = await openSession(call, "read");
  const claim = args.text("claim");
  const zip = await makeDossier(session, {
    question,
    ...(claim !== undefined && { claim }),
    disclose: (args.text("disclose") ?? "")
      .split(",")
      .map((field) => field.trim())
      .filter((field) => field !== ""),
    verifiers: readVerifiers(),
  });
  writeNew(out, zip, words);
  if (args.has("json")) printJson({ dossier: out, bytes: zip.length, question });
  else print(words.dossierMade(out, words.bytes(zip.length)));
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
