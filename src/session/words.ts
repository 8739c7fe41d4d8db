import type { Language } from "#language/language.ts";

/**
 * The messages that work with the record may end in. Command line and workspace each bring their own: what to do next is
 * a command to the one, a button to the other.
 */
export type SessionWords = {
  readonly language: Language;
  /** "line 4: ", or nothing. */
  line(line: number | null): string;
  notInRoom(room: string): string;
  readonly diskFull: string;
  readonly openingBooks: string;
  readonly recomputing: string;
  readonly cacheStale: string;
  readonly readingFile: string;
  readonly recordingLines: string;
  readonly attributing: string;
  readonly makingDossier: string;
  readonly someBankFile: string;
  incompleteImport(file: string): string;
  statementProblems(count: number): string;
  statementNoAccount(file: string): string;
  appealUnknown(appeal: string, known: string): string;
  readonly noAppeals: string;
  postUnknown(post: string): string;
  caseUnknown(id: string): string;
};
