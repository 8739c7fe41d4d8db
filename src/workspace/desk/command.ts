import type { Receipt } from "#domain/funds/entries.ts";
import type { Summary } from "#domain/funds/deciding.ts";
import type { Refusal, Result } from "#record/result.ts";
import type { ImportRemains } from "#session/imports/import-remains.ts";
import type { Draft } from "#session/issuing.ts";
import type { Session } from "#session/session.ts";

/**
 * A file that a command brings along: a photo of a receipt, a document. Already stripped of what it should not say. Its content is
 * sealed piece by piece when the command is confirmed; in the input that waits only the name is left.
 */
export type BroughtFile = { readonly name: string; readonly content: Blob };

export type CommandDecision = { readonly drafts: readonly Draft[]; readonly summary: Summary };

/**
 * Something a person does that goes on the record. `decide` asks the rules and signs nothing: it runs for the preview, and
 * again at the moment of sending, on the books as they are then.
 *
 * @example "appeal.open": { decide: async (session, input: OpenAppeal) => decideAppeals((await session.books()).funds, …) }
 */
export type Command<I> = {
  /** The preview does not compute what follows of itself: for screens that decide many rows one by one and show no dialog. */
  readonly isLight?: true;
  /** Files that must be sealed and kept before the entries that name them. */
  files?(input: I): readonly BroughtFile[];
  /** `receipts`: by file name; the stored name is empty while it is only a preview. */
  decide(
    session: Session,
    input: I,
    receipts: ReadonlyMap<string, Receipt>,
  ): Promise<Result<CommandDecision, Refusal>>;
};

/**
 * Long work that is safe to begin again at any time, such as the import of a bank file: run again, it adds only what is
 * missing. It waits and is sent like a command; there is no preview to compare.
 */
export type Job<I> = {
  /** Files that it works on; they wait sealed beside it. */
  files?(input: I): readonly BroughtFile[];
  /** `open`: the content of the file with this number, counted from 0. */
  run(session: Session, input: I, open: (nth: number) => Promise<Uint8Array>): Promise<unknown>;
  /** What stands on the record of one that was begun and then taken back. `sha256`: of its files, in hexadecimal. */
  remains?(session: Session, sha256: readonly string[]): Promise<readonly ImportRemains[]>;
};

/** A field of an entry, as the preview shows it: whoever renders it finds the words for `name` in the labels. */
export type PreviewField = { readonly name: string; readonly value: unknown };

export type PreviewEntry = {
  readonly type: string;
  /** For everybody, for ever. */
  readonly public: readonly PreviewField[];
  /** Sealed to the room; can be shown to a court or a donor later. */
  readonly hidden: readonly PreviewField[];
  readonly room: string;
  /** Rows inside, of which each can be opened alone. */
  readonly items: number;
};

export type Preview = {
  readonly entries: readonly PreviewEntry[];
  /** What follows of itself once this is recorded: cover given, debits explained. */
  readonly followUps: readonly PreviewEntry[];
  readonly summary: Summary;
  /** Of exactly these drafts: what is confirmed is what is sent. */
  readonly digest: string;
};
