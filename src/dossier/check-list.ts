export type Verdict = "held" | "broken" | "could-not-check";

/** One line of the answer. `code` and `subject` are stable (spec/dossier.md); `reason` is for people. */
export type CheckLine = {
  readonly code: string;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly reason: string;
};

/** The codes in the order in which they are listed, with the unit in which what held is counted. */
const codes = {
  "bag.zip": "",
  "bag.form": "files",
  "bag.files": "files",
  "bag.manifest": "files",
  "policy.form": "",
  "checkpoint.form": "",
  "checkpoint.signature": "",
  "policy.quorum": "",
  "entry.included": "entries",
  "log.whole": "",
  "entry.form": "entries",
  "entry.genesis": "entries",
  "entry.key": "entries",
  "entry.signature": "entries",
  "stream.chain": "entries",
  anchor: "entries",
  "disclosure.digest": "files",
  "entry.fields": "entries",
  "statement.parts": "statements",
  "nullifier.once": "lines",
  "line.once": "lines",
  "attribution.opened": "lines",
  "attribution.sum": "lines",
  "payment.once": "payments",
  "refund.opened": "refunds",
  "cover.opened": "covers",
  "close.restated": "closes",
  "statement.form": "",
  "figures.foundation": "",
  "figures.log": "",
  "figures.witnesses": "",
  "figures.asked": "",
  "figures.totals": "",
  "figures.appeals": "",
  "figures.spending": "",
  "figures.hidden": "",
  "statement.text": "files",
  claim: "",
} as const;

export type CheckCode = keyof typeof codes;

/** Subjects listed one by one under a code; a forger can break thousands, a reader wants the first. */
const shownMax = 50;

/** One code of the list: all held gives one line with their number, otherwise every subject that did not hold. */
export class Check {
  readonly code: CheckCode;
  note = "";
  #held = 0;
  readonly #bad: { readonly subject: string; readonly verdict: Verdict; readonly reason: string }[] = [];

  constructor(code: CheckCode) {
    this.code = code;
  }

  ok(count = 1): void {
    this.#held += count;
  }

  broken(subject: string | number, reason: string): void {
    this.#bad.push({ subject: String(subject), verdict: "broken", reason });
  }

  unknown(reason: string, subject = ""): void {
    this.#bad.push({ subject, verdict: "could-not-check", reason });
  }

  get good(): boolean {
    return this.#bad.length === 0;
  }

  lines(): readonly CheckLine[] {
    const { code } = this;
    const unit = codes[code];
    if (this.good)
      return [
        { code, subject: unit === "" ? "" : `${this.#held} ${unit}`, verdict: "held", reason: this.note },
      ];
    const shown = this.#bad.slice(0, shownMax).map((bad): CheckLine => ({ code, ...bad }));
    const rest = this.#bad.slice(shownMax);
    if (rest.length === 0) return shown;
    const verdict = rest.some((bad) => bad.verdict === "broken") ? "broken" : "could-not-check";
    return [...shown, { code, subject: `${rest.length} more`, verdict, reason: "not listed one by one" }];
  }
}

/** All checks of a dossier, in their order. Those that were never reached say so. */
export class CheckList {
  readonly #checks = new Map<CheckCode, Check>();
  readonly #reached = new Set<CheckCode>();

  constructor() {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table above
    for (const code of Object.keys(codes) as CheckCode[]) this.#checks.set(code, new Check(code));
  }

  /** The check, from now on reached. */
  of(code: CheckCode): Check {
    this.#reached.add(code);
    return this.#checks.get(code) as Check;
  }

  /** Whether every check reached so far held, those of the bag's own digests aside. */
  get evidenceHolds(): boolean {
    return [...this.#reached].every(
      (code) => code.startsWith("bag.") || (this.#checks.get(code) as Check).good,
    );
  }

  lines(): readonly CheckLine[] {
    for (const [code, check] of this.#checks)
      if (!this.#reached.has(code)) check.unknown("what it rests on did not hold");
    return [...this.#checks.values()].flatMap((check) => check.lines());
  }
}

export const verdictOf = (lines: readonly CheckLine[]): Verdict =>
  lines.some((line) => line.verdict === "broken")
    ? "broken"
    : lines.some((line) => line.verdict === "could-not-check")
      ? "could-not-check"
      : "held";
