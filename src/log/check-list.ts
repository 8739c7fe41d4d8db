/** What one check found. A court needs the whole list, so a check goes on after the first fault. */
export type LogCheck = {
  /** Stable name of the check; `logCheckCodes` lists them. */
  readonly code: LogCheckCode;
  /** "entry 17", "tile 0/3", or how many things held: "1 204 entries". */
  readonly subject: string;
  readonly verdict: Verdict;
  /** For a person. For a fault, it starts with the code of the refusal behind it, where there is one. */
  readonly reason: string;
};

export type Verdict = "held" | "broken" | "could-not-check";

/** Every check of `checkLog` and what it means when it holds, in the order in which they are reported. */
export const logCheckCodes = {
  storage: "the storage finds no fault in its own files",
  "checkpoint-signature": "the last checkpoint is signed by the log's key",
  "log-key": "the genesis entry names that key, and is the expected one",
  "entry-present": "no entry is missing and none stands beyond the checkpoint",
  "entry-hash": "the stored hash is the SHA-256 of the entry",
  "entry-form": "the entry has the strict form",
  "entry-genesis": "the entry belongs to this log",
  "entry-key": "its author's key counted at its place in the log",
  "entry-signature": "its author's signature is over exactly this entry",
  "key-change": "keys were added and revoked as the rules say",
  stream: "every public stream is without gaps, each entry naming the one before",
  anchor: "the checkpoint that the author had seen is one of this log, and older than the entry",
  "leaf-hash": "the leaf hashes are those of the entries",
  tile: "full tiles and their roots are, bit for bit, those of the entries",
  "tree-root": "the entries lead to the root of the signed checkpoint",
} as const;

export type LogCheckCode = keyof typeof logCheckCodes;

/** More single faults than this of one kind are counted, not listed: a torn disk must not make a list of millions. */
const faultsListedMax = 100;

type Tally = { held: number; unit: string; faults: LogCheck[]; faultsMore: number; verdictMore: Verdict };

/** Collects the findings of a check: one line for all that held, one line for each fault. */
export class CheckList {
  #tallies = new Map<LogCheckCode, Tally>();

  /** One more thing held; `unit` names such things in the plural. */
  held(code: LogCheckCode, unit: string): void {
    const tally = this.#tally(code);
    tally.held++;
    tally.unit = unit;
  }

  broken(code: LogCheckCode, subject: string, reason: string): void {
    this.#fault({ code, subject, verdict: "broken", reason });
  }

  couldNotCheck(code: LogCheckCode, subject: string, reason: string): void {
    this.#fault({ code, subject, verdict: "could-not-check", reason });
  }

  /** Whether a fault of this kind was found. */
  hasFault(code: LogCheckCode): boolean {
    return (this.#tallies.get(code)?.faults.length ?? 0) > 0;
  }

  checks(): LogCheck[] {
    const names = Object.keys(logCheckCodes) as LogCheckCode[];
    return names.flatMap((code) => {
      const { held, unit, faults, faultsMore, verdictMore } = this.#tally(code);
      const list = [...faults];
      if (faultsMore > 0) {
        list.push({
          code,
          subject: `${faultsMore} more`,
          verdict: verdictMore,
          reason: "only the first are listed",
        });
      }
      if (held > 0)
        list.unshift({ code, subject: `${held} ${unit}`, verdict: "held", reason: logCheckCodes[code] });
      return list;
    });
  }

  #fault(check: LogCheck): void {
    const tally = this.#tally(check.code);
    if (tally.faults.length < faultsListedMax) tally.faults.push(check);
    else {
      tally.faultsMore++;
      if (check.verdict === "broken") tally.verdictMore = "broken";
    }
  }

  #tally(code: LogCheckCode): Tally {
    let tally = this.#tallies.get(code);
    if (tally === undefined) {
      tally = { held: 0, unit: "", faults: [], faultsMore: 0, verdictMore: "could-not-check" };
      this.#tallies.set(code, tally);
    }
    return tally;
  }
}

/** The verdict over a list: broken if anything is, else could-not-check if anything could not be, else held. */
export function overallVerdict(checks: readonly Pick<LogCheck, "verdict">[]): Verdict {
  if (checks.some(({ verdict }) => verdict === "broken")) return "broken";
  return checks.some(({ verdict }) => verdict === "could-not-check") ? "could-not-check" : "held";
}
