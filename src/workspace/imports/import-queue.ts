import { useSyncExternalStore } from "react";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { Acceptance } from "#session/imports/import-file.ts";
import type { ImportRemains } from "#session/imports/import-remains.ts";
import type { StatementImportResult } from "./commands.ts";
import type { FileReading, ReadingOptions } from "./reading.ts";

/** A file on the screen, from the drop to its end. */
export type QueuedFile = {
  readonly key: number;
  readonly file: File;
  readonly options: ReadingOptions;
  readonly reading: FileReading | undefined;
  readonly accepted: Acceptance | undefined;
  readonly state: FileState;
};

export type FileState =
  | { readonly kind: "reading" }
  /** Read: can be recorded, or says why not. */
  | { readonly kind: "read" }
  /** Its turn has not come, or it is being recorded now. `id`: of the outbox. */
  | { readonly kind: "recording"; readonly id: number | undefined }
  /** Kept sealed until there is a connection. */
  | { readonly kind: "waiting"; readonly id: number }
  | { readonly kind: "imported"; readonly result: StatementImportResult | undefined }
  | { readonly kind: "recorded" }
  /** `remains`: what had got through before it stopped. */
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly remains?: readonly ImportRemains[];
    };

/** In this order one file may lean on what another brought. */
const order = [
  "appeals",
  "posts",
  "statement",
  "decisions",
  "refunds",
  "spending",
  "confirmations",
  "rates",
  "events",
  "refused",
] as const;

/**
 * The files of this tab. Outside of React, so that an import goes on while another screen is open, and its result is there
 * on coming back.
 */
let files: readonly QueuedFile[] = [];
let owner = "";
let last = 0;
const listeners = new Set<() => void>();

function put(next: readonly QueuedFile[]): void {
  files = next.toSorted((a, b) => placeOf(a) - placeOf(b) || compareBegin(a, b) || a.key - b.key);
  for (const listener of listeners) listener();
}

function placeOf({ reading, file }: QueuedFile): number {
  if (reading !== undefined)
    return order.indexOf(reading.kind === "table" || reading.kind === "list" ? reading.what : reading.kind);
  return file.type === "" ? order.length : order.length + 1;
}

/** Statements by their first day: an older one shows what a newer one repeats. */
function compareBegin(a: QueuedFile, b: QueuedFile): number {
  const [one, other] = [firstDay(a), firstDay(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function firstDay({ reading }: QueuedFile): string {
  return reading?.kind === "statement" ? (reading.statements[0]?.from ?? "") : "";
}

export function change(key: number, by: Partial<QueuedFile>): void {
  put(files.map((one) => (one.key === key ? { ...one, ...by } : one)));
}

/** The files of a member; what another member left in this tab is dropped unseen. */
export function useQueue(member: string): readonly QueuedFile[] {
  if (owner !== member) {
    owner = member;
    files = [];
  }
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => files,
  );
}

/** Takes files and reads each. A file that is here already is not taken twice. */
export function addFiles(added: readonly File[]): void {
  const isHere = (file: File) =>
    files.some((one) => one.file.name === file.name && one.file.size === file.size && isOpen(one));
  const fresh = added.filter((file) => !isHere(file));
  const queued = fresh.map((file): QueuedFile => ({
    key: ++last,
    file,
    options: {},
    reading: undefined,
    accepted: undefined,
    state: { kind: "reading" },
  }));
  put([...files, ...queued]);
  void readAll(queued.map(({ key }) => key));
}

function isOpen({ state }: QueuedFile): boolean {
  return state.kind !== "imported" && state.kind !== "recorded";
}

export function removeFile(key: number): void {
  put(files.filter((one) => one.key !== key));
}

export function removeDone(): void {
  put(files.filter(isOpen));
}

/** Reads a file again, with what a person added: whose account, which columns. */
export function readAgain(key: number, options: ReadingOptions): Promise<void> {
  change(key, { options, state: { kind: "reading" } });
  return readOne(key);
}

async function readAll(keys: readonly number[]): Promise<void> {
  // One after the other: two large files at once would only wait for each other.
  for (const key of keys) await readOne(key);
}

async function readOne(key: number): Promise<void> {
  const one = files.find((queued) => queued.key === key);
  if (one === undefined) return;
  try {
    const reading = await ask("imports.read", { name: one.file.name, file: one.file, ...one.options });
    change(key, { reading, state: { kind: "read" } });
  } catch (error) {
    change(key, { reading: { kind: "refused", refusal: asRefusal(error) }, state: { kind: "read" } });
  }
}

/** After something was recorded: what is new in the files that still stand here may be other now. */
export async function readRestAgain(): Promise<void> {
  const open = files.filter(({ state, reading }) => state.kind === "read" && reading?.kind === "statement");
  await readAll(open.map(({ key }) => key));
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof DeskFailure) return { code: error.code, message: error.message, ...error.details };
  throw error;
}

export function fileOf(key: number): QueuedFile | undefined {
  return files.find((one) => one.key === key);
}

/** Whether a file can be recorded as it stands. */
export function isReady(one: QueuedFile): boolean {
  if (one.state.kind !== "read" || one.reading === undefined) return false;
  if (one.reading.kind === "refused") return false;
  if (one.reading.kind !== "statement") return true;
  const { statements } = one.reading;
  if (statements.every(({ standing }) => standing === "done")) return false;
  if (statements.some(({ standing }) => standing === "blocked")) return false;
  return one.accepted !== undefined || !hasProblems(one);
}

/** Something in a new statement does not add up, so a named person must take it. */
export function hasProblems({ reading }: QueuedFile): boolean {
  return (
    reading?.kind === "statement" &&
    reading.statements.some(({ standing, problems }) => standing === "new" && problems.length > 0)
  );
}

/** A file of this tab that a row of a table names; folders before the name do not matter. */
export function receiptNamed(name: string): File | undefined {
  const wanted = name.split(/[/\\]/u).at(-1);
  return files.find(({ file, reading }) => file.name === wanted && reading?.kind === "refused")?.file;
}

/** The table here that names this file, if one does. */
export function tableNaming(file: File): QueuedFile | undefined {
  return files.find(
    ({ reading }) =>
      reading?.kind === "table" && reading.needs.some((name) => name.split(/[/\\]/u).at(-1) === file.name),
  );
}
