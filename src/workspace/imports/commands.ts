import { saidCover } from "#domain/funds/covers.ts";
import type { TableRow } from "#domain/funds/deciding.ts";
import type { Json } from "#domain/funds/entries.ts";
import { decideList, decideTable, type ListName, type TableName } from "#session/books/decide-table.ts";
import { importFile, type Acceptance } from "#session/imports/import-file.ts";
import { remainsOf } from "#session/imports/import-remains.ts";
import type { ImportedStatement } from "#session/imports/import-statement.ts";
import { bytesSource } from "#statements/source.ts";
import type { BroughtFile, Command, Job } from "../desk/command.ts";
import type { ReadingOptions } from "./reading.ts";

export type StatementImportInput = ReadingOptions & {
  readonly file: BroughtFile;
  /** A named person takes the file in spite of what does not add up. */
  readonly accepted?: Acceptance;
};

/** What followed of itself, counted. */
export type FollowedUp = {
  readonly refundsMatched: number;
  readonly debitsExplained: number;
  readonly covers: readonly {
    readonly kind: "given" | "repaid";
    readonly appeal: string;
    readonly currency: string;
    readonly minor: bigint;
  }[];
};

export type StatementImportResult = {
  readonly statements: readonly ImportedStatement[];
  readonly followedUp: FollowedUp;
};

export type TableImportInput = {
  readonly what: TableName;
  readonly rows: readonly TableRow[];
  /** Receipts and documents that rows name. */
  readonly files: readonly BroughtFile[];
};

export const importCommands = {
  /** A bank file, all of its rows. Run again it adds what is missing, so a cut connection costs nothing. */
  "import.statement": {
    files: (input) => [fileOf(input)],
    run: async (session, input: StatementImportInput, open): Promise<StatementImportResult> => {
      const { file: brought, accepted, ...options } = input;
      const file = { name: brought.name, source: bytesSource(await open(0)) };
      const { statements, followUps } = await importFile(session, { file, options }, accepted);
      const moved = followUps.filter(({ type }) => type === "attribution.moved");
      const covers = followUps.flatMap((draft) => {
        const cover = saidCover(draft);
        if (cover?.minor === undefined) return [];
        const { kind, appeal, currency, minor } = cover;
        return [{ kind, appeal, currency, minor }];
      });
      const refundsMatched = followUps.filter(({ type }) => type === "refund.matched").length;
      return { statements, followedUp: { refundsMatched, debitsExplained: moved.length, covers } };
    },
    remains: (session, [sha256 = ""]) => remainsOf(session, sha256),
  } satisfies Job<StatementImportInput>,

  /** A table of ours, all of it or none. */
  "import.table": {
    files: ({ files }) => files,
    decide: async (session, { what, rows }, receipts) => decideTable(session, what, rows, receipts),
  } satisfies Command<TableImportInput>,

  /** Appeals and the policy, or posts. */
  "import.list": {
    decide: async (session, { what, list }) => decideList(session, what, list),
  } satisfies Command<{ readonly what: ListName; readonly list: Json }>,
};

/** An import that an earlier version left waiting has its name beside it, and no file on this device: so it is said to be lost. */
function fileOf(input: StatementImportInput | EarlierInput): BroughtFile {
  return "file" in input ? input.file : { name: input.name, content: new Blob() };
}

type EarlierInput = { readonly name: string };
