import { Failure } from "#session/refusals/failure.ts";
import { unfinishedImports, type ImportRemains } from "#session/imports/import-remains.ts";
import { bytesSource } from "#statements/source.ts";
import type { Desk } from "../desk/desk.ts";
import type { StatementImportInput } from "./commands.ts";
import { readStatementFile } from "./read-statement.ts";
import type { FileReading, ReadingOptions } from "./reading.ts";
import { recogniseOurs } from "./recognise.ts";

export type ReadInput = ReadingOptions & { readonly name: string; readonly file: Blob };

/** A bank file in the record, or begun. */
export type ImportedFile = {
  readonly name: string;
  readonly format: string;
  readonly account: string;
  readonly currency: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly lines: number;
  readonly fresh: number;
  readonly closing: bigint | null;
  readonly acceptedBy: string | null;
  readonly isUnfinished: boolean;
};

export const importCalls = {
  /** What a file is and what of it is new. Changes nothing. */
  "imports.read": async (desk: Desk, { name, file, ...options }: ReadInput): Promise<FileReading> => {
    const bytes = await bytesOf(file);
    const ours = recogniseOurs(name, bytes);
    if (ours !== undefined) return ours;
    return readStatementFile(desk.session, { name, source: bytesSource(bytes) }, options);
  },

  /** Hands a bank file to the outbox, where it is kept sealed until its last row is on the record. Answers with its number. */
  "imports.begin": async (
    desk: Desk,
    {
      name,
      file,
      title,
      ...input
    }: Omit<StatementImportInput, "file"> & { name: string; file: Blob; title: string },
  ): Promise<number> =>
    // Not held back: thousands of rows go in many steps, whose progress is on the screen at once.
    desk.opened.outbox.add({
      command: "import.statement",
      title,
      input: { ...input, file: { name, content: file } } satisfies StatementImportInput,
      digest: "",
    }),

  /** Bank files on the record, the latest first, and what stands of those that were cut short. */
  "imports.files": async (
    desk: Desk,
  ): Promise<{ readonly files: readonly ImportedFile[]; readonly unfinished: readonly ImportRemains[] }> => {
    const { funds } = await desk.session.books();
    const unfinished = new Set([...funds.pending.values()].map((part) => part.import));
    const files = funds.statements.map((one): ImportedFile => {
      const account = funds.accounts.get(one.account);
      return {
        name: one.file?.name ?? "",
        format: one.file?.format ?? "",
        account: account?.number ?? one.account,
        currency: account?.currency ?? null,
        from: one.from ?? one.firstDay ?? null,
        to: one.to ?? one.lastDay ?? null,
        lines: one.lines,
        fresh: (one.newCredits?.count ?? 0) + (one.newDebits?.count ?? 0),
        closing: one.closing ?? null,
        acceptedBy: one.discrepancy?.by ?? null,
        isUnfinished: unfinished.has(one.import),
      };
    });
    return { files: files.toReversed(), unfinished: await unfinishedImports(desk.session) };
  },
};

async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // The browser holds a name, not a copy: the file was changed, moved or its stick pulled out meanwhile.
    throw new Failure("file-unreadable", "the file was changed or removed; choose it again");
  }
}
