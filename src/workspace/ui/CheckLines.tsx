import { State, type Tone } from "./State.tsx";
import "./check-lines.css";

type Verdict = "held" | "broken" | "could-not-check";

/** How a verdict of the verifier looks. */
export const verdictTones: Readonly<Record<Verdict, Tone>> = {
  held: "good",
  broken: "bad",
  "could-not-check": "warn",
};

type CheckLinesProps = {
  readonly checks: readonly {
    readonly code: string;
    readonly subject: string;
    readonly verdict: Verdict;
    readonly reason: string;
  }[];
  /** What each code asks, in her language; a code without words stands as it is. */
  readonly titles: Readonly<Record<string, string>>;
  readonly marks: Readonly<Record<Verdict, string>>;
};

/** Checks with their verdicts, one a line. */
export function CheckLines({ checks, titles, marks }: CheckLinesProps) {
  return (
    <ul className="check-lines">
      {checks.map(({ code, subject, verdict, reason }) => (
        <li key={`${code} ${subject} ${reason}`}>
          <State tone={verdictTones[verdict]}>{marks[verdict]}</State>
          <div>
            <p>{titles[code] ?? code}</p>
            {/* What held needs no reason; what did not is said as the verifier says it, in English, with its code. */}
            {verdict !== "held" && (
              <p className="check-reason">
                {subject} {reason} <code>{code}</code>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
