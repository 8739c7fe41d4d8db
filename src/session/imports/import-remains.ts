import { importId } from "#domain/funds/keyed.ts";
import type { FundsState, PendingPart } from "#domain/funds/state.ts";
import { Failure } from "../refusals/failure.ts";
import { recordedLines } from "./import-statement.ts";
import type { Session } from "../session.ts";

/**
 * What stands on the record of a bank file whose import was cut short. The figures of its account are provisional until the
 * same file is imported again, which adds only what is missing.
 *
 * @example { file: "kzt-1.1c.txt", account: "KZ61…0007", rows: 8192, from: "2025-02-03", to: "2025-03-01" }
 */
export type ImportRemains = {
  /** undefined: the import stopped before the entry that names the file. */
  readonly file: string | undefined;
  readonly account: string;
  readonly rows: number;
  /** First and last day of these rows; null where this member may not read them. */
  readonly from: string | null;
  readonly to: string | null;
};

/** All imports that were cut short, by account. */
export async function unfinishedImports(session: Session): Promise<readonly ImportRemains[]> {
  const { funds } = await session.books();
  return describe(session, funds, partsByImport(funds));
}

/** Those of one file, given by the hash of its bytes in hexadecimal. */
export async function remainsOf(session: Session, sha256: string): Promise<readonly ImportRemains[]> {
  const { funds } = await session.books();
  const ofFile = [...partsByImport(funds)].filter(([id, [first]]) => {
    const named = funds.statements.find((one) => one.import === id);
    if (named !== undefined) return named.file?.sha256 === sha256;
    return first !== undefined && idsOf(session, funds, sha256, first[1].account).has(id);
  });
  return describe(session, funds, new Map(ofFile));
}

type Part = readonly [hash: string, part: PendingPart];

function partsByImport(funds: FundsState): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  for (const one of funds.pending) {
    const { import: id } = one[1];
    parts.set(id, [...(parts.get(id) ?? []), one]);
  }
  return parts;
}

/** Bank files with more statements than this are not known. */
const statementsMax = 64;

/** Under which ids an import of this file into this account may have begun, whatever stood there then. */
function idsOf({ keyed }: Session, funds: FundsState, sha256: string, account: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const count = funds.statements.filter((one) => one.account === account).length;
  for (let before = 0; before <= count; before++)
    for (let number = 0; number <= statementsMax; number++)
      ids.add(importId(keyed, { sha256, number }, account, before));
  return ids;
}

async function describe(
  session: Session,
  funds: FundsState,
  imports: ReadonlyMap<string, readonly Part[]>,
): Promise<readonly ImportRemains[]> {
  const remains: ImportRemains[] = [];
  for (const [id, parts] of imports) {
    const ordered = parts.toSorted(([, a], [, b]) => a.part - b.part);
    const account = ordered[0]?.[1].account ?? "";
    const days = await daysOf(session, [ordered[0]?.[0] ?? "", ordered.at(-1)?.[0] ?? ""]);
    remains.push({
      file: funds.statements.find((one) => one.import === id)?.file?.name,
      account: funds.accounts.get(account)?.number ?? account,
      rows: ordered.reduce((sum, [, { lines }]) => sum + lines, 0),
      from: days[0] ?? null,
      to: days.at(-1) ?? null,
    });
  }
  return remains.toSorted((a, b) => (a.account < b.account ? -1 : 1));
}

/** Days of the rows in the first and the last part, in order: a bank's file goes by the day, in one direction or the other. */
async function daysOf(session: Session, parts: readonly string[]): Promise<readonly string[]> {
  const days = new Set<string>();
  for (const part of new Set(parts))
    try {
      for (const { date } of await recordedLines(session, part, 0)) days.add(date);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "not-in-room") throw error;
    }
  return [...days].toSorted();
}
