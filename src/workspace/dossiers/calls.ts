import type { Titles } from "#domain/funds/entries.ts";
import type { DossierPreview } from "#dossier/preview.ts";
import type { Question } from "#dossier/statement/statement.ts";
import { fromUtf8, toHex, equalBytes } from "#record/bytes.ts";
import { sha256 } from "#record/hash.ts";
import { vkeyText } from "#record/note.ts";
import type { Refusal, Result } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import { makeDossier, openLogOf, previewOf, type OpenedLog } from "#session/make-dossier.ts";
import type { Desk } from "#workspace/desk/desk.ts";
import { openValue, sealValue } from "#workspace/desk/sealed-text.ts";
import type { AudienceId } from "./audiences.ts";

/** What may be asked about. */
export type DossierSubjects = {
  readonly appeals: readonly { readonly id: string; readonly title: Titles }[];
  readonly posts: readonly { readonly id: string; readonly appeal: string; readonly published: string }[];
  readonly cases: readonly string[];
  /** First and last day on which the books know of anything; "" in empty books. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly base: string;
  /** Files whose import was cut short: no dossier can be made before they are complete. */
  readonly unfinished: readonly string[];
};

export type DossierInput = {
  readonly question: Question;
  /** Such as "31000000 KZT raised". */
  readonly claim?: string;
  readonly disclose: readonly string[];
};

export type MadeDossier = {
  /** "dossier-A-2025-003-2025-11-24.zip" */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** A dossier that was made here. The file itself is not kept: it lies where it was saved. */
export type DossierNote = {
  readonly name: string;
  /** Unix seconds. */
  readonly at: number;
  readonly question: Question;
  readonly claim: string | null;
  readonly audience: AudienceId;
  /** Hidden fields that were opened beyond the figures. */
  readonly disclosed: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
  /** Entries in the log when it was made. */
  readonly size: number;
};

const notesName = "dossiers-made";
const notesPurpose = "aigaq/dossiers-made/1";
const logSlot = "dossier-log";
/** Older ones are forgotten: the list is a help, not a register. */
const notesMax = 200;

export const dossierCalls = {
  "dossiers.subjects": async (desk: Desk): Promise<DossierSubjects> => {
    const { funds } = await desk.session.books();
    const posts = [...funds.posts.values()];
    const cases = new Set(funds.shares.map((share) => share.case));
    for (const post of posts) if (post.case !== undefined) cases.add(post.case);
    const days = [
      ...posts.map(({ published }) => published.slice(0, 10)),
      ...funds.statements.flatMap(({ from, to }) => [from, to]),
      ...[...funds.spending.values()].map(({ date }) => date),
    ]
      .filter((day) => day !== undefined)
      .toSorted();
    return {
      appeals: [...funds.appeals.values()].map(({ id, title }) => ({ id, title })),
      posts: posts.map(({ id, appeal, published }) => ({ id, appeal, published })),
      cases: [...cases],
      firstDay: days[0] ?? "",
      lastDay: days.at(-1) ?? "",
      base: funds.base,
      unfinished: desk.session.unfinishedFiles(funds),
    };
  },

  /** What a dossier would disclose, field by field, and what it would say. Nothing is made. */
  "dossiers.preview": async (desk: Desk, input: DossierInput): Promise<Result<DossierPreview, Refusal>> =>
    previewOf(desk.session, input, await openedLog(desk)),

  /** The key of the log that is open, as a dossier names it. */
  "dossiers.log-key": async (desk: Desk): Promise<string> => vkeyText(desk.session.logKey),

  /** How many entries travel in a dossier: all of the log. */
  "dossiers.size": async (desk: Desk): Promise<number> => desk.session.size,

  /** Makes it. Whoever asked checks it before handing it out. */
  "dossiers.make": async (desk: Desk, input: DossierInput): Promise<MadeDossier> => {
    const verifiers = await fetchVerifiers(desk);
    const bytes = await makeDossier(desk.session, { ...input, verifiers }, await openedLog(desk));
    const day = new Date(desk.now()).toISOString().slice(0, 10);
    return { name: `dossier-${nameOf(input.question)}-${day}.zip`, bytes: new Uint8Array(bytes) };
  },

  /** Remembers that it was handed out. */
  "dossiers.note": async (
    desk: Desk,
    { made, input, audience }: { made: MadeDossier; input: DossierInput; audience: AudienceId },
  ): Promise<void> => {
    const note: DossierNote = {
      name: made.name,
      at: Math.floor(desk.now() / 1000),
      question: input.question,
      claim: input.claim ?? null,
      audience,
      disclosed: input.disclose,
      bytes: made.bytes.length,
      sha256: toHex(sha256(made.bytes)),
      size: desk.session.size,
    };
    await keepNotes(desk, [note, ...(await readNotes(desk))].slice(0, notesMax));
  },

  /** Newest first. */
  "dossiers.made": (desk: Desk): Promise<readonly DossierNote[]> => readNotes(desk),

  "dossiers.forget": async (desk: Desk, { sha256: hash }: { sha256: string }): Promise<void> =>
    keepNotes(
      desk,
      (await readNotes(desk)).filter((note) => note.sha256 !== hash),
    ),

  /** Lets go of the opened log: it is as large as everything one may read. */
  "dossiers.close": async (desk: Desk): Promise<void> => {
    desk.prepared.delete(logSlot);
  },
};

/** The log, opened once for all previews of a form; anew when it has grown. */
async function openedLog(desk: Desk): Promise<OpenedLog> {
  const { session } = desk;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this file alone writes the slot
  const kept = desk.prepared.get(logSlot) as OpenedLog | undefined;
  if (kept !== undefined && kept.size === session.size && equalBytes(kept.root, session.root)) return kept;
  const opened = await openLogOf(session);
  desk.prepared.set(logSlot, opened);
  return opened;
}

/** Both travel in every dossier. They belong to the program: kept with it, so a dossier can be made without a connection. */
async function fetchVerifiers(desk: Desk): Promise<{ verifyHtml: string; verifyPy: string }> {
  const [verifyHtml, verifyPy] = await Promise.all(
    ["verify.html", "verify.py"].map(async (name) => {
      const bytes = await desk.server.bytes(`/app/verifiers/${name}`);
      const text = bytes === undefined ? undefined : fromUtf8(bytes);
      if (text === undefined)
        throw new Failure(
          "verifier-missing",
          `the program lacks ${name}; whoever runs the server must build it`,
        );
      return text;
    }),
  );
  return { verifyHtml: verifyHtml ?? "", verifyPy: verifyPy ?? "" };
}

async function readNotes(desk: Desk): Promise<readonly DossierNote[]> {
  const sealed = await desk.opened.local.snapshot(`${notesName}-${desk.session.member}`);
  const notes =
    sealed === undefined ? undefined : await openValue(desk.session.keyring, notesPurpose, sealed);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by this file under the member's own key
  return (notes as readonly DossierNote[] | undefined) ?? [];
}

async function keepNotes(desk: Desk, notes: readonly DossierNote[]): Promise<void> {
  const sealed = await sealValue(desk.session.keyring, notesPurpose, notes, desk.randomBytes);
  await desk.opened.local.keepSnapshot(`${notesName}-${desk.session.member}`, sealed);
}

const nameOf = (question: Question): string => {
  const name = question.kind === "period" ? `${question.from}-${question.to}` : question.id;
  return name.replace(/[^A-Za-z0-9._-]+/gu, "-").replace(/^[.-]+|[.-]+$/gu, "") || question.kind;
};
