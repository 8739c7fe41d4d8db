import { QrCode } from "#workspace/ui/QrCode.tsx";
import { Day, today } from "#workspace/ui/Day.tsx";
import { useWords } from "../language.tsx";
import { firstRunWords } from "./words.ts";
import "./recovery-sheet.css";

type RecoverySheetProps = {
  readonly foundation: string;
  readonly trustee: string;
  readonly text: string;
  readonly number: number;
  readonly total: number;
  readonly threshold: number;
};

/** Where the share is typed on the day; undefined where this is not yet the address that others know. */
function quorumAddress(): string | undefined {
  const { protocol, host } = globalThis.location;
  return protocol === "https:" ? `${host}/app/quorum` : undefined;
}

/** One page of paper for one trustee: what it is, what to do with it, and the share as text and as a picture. */
export function RecoverySheet({ foundation, trustee, text, number, total, threshold }: RecoverySheetProps) {
  const words = useWords(firstRunWords);
  const address = quorumAddress();
  const [head = "", body = ""] = text.split(" ");
  return (
    <article className="sheet recovery-sheet">
      <p className="recovery-foundation">{foundation}</p>
      <h1>{words.sheetTitle}</h1>
      <p>
        {words.sheetNumber(number, total)} · <Day day={today()} length="long" />
      </p>
      <p className="recovery-keeper">
        {words.sheetFor}: <strong>{trustee}</strong>
      </p>
      <p>{words.sheetWhat(threshold)}</p>
      <p>{words.sheetDo}</p>
      <p>{address === undefined ? words.sheetSomewhere : words.sheetWhere(address)}</p>
      <p>{words.sheetWhen}</p>
      <div className="recovery-share">
        <code>
          {head}
          <br />
          {body.replaceAll(/((?:[^-]+-){3}[^-]+)-/gu, "$1-\n")}
        </code>
        <QrCode text={text} label={words.sheetCode} />
      </div>
    </article>
  );
}
