import { Link } from "wouter";
import { useEffect, useState } from "react";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { EntryPage } from "#workspace/shell/EntryPage.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { QuorumReturn } from "./QuorumReturn.tsx";
import { QuorumShares } from "./QuorumShares.tsx";
import { memberWords } from "./words.ts";
import "./members.css";

/** A share that was judged good, and the number that stands on its sheet. */
export type TakenShare = { readonly text: string; readonly number: number };

type Opened = Extract<CallAnswer<"quorum.open">, { ok: true }>["value"];

/** For the day when no officer can sign in. What is typed lives in this component and nowhere else. */
export default function QuorumPage({ foundation }: { readonly foundation: string }) {
  const words = useWords(memberWords);
  const [shares, setShares] = useState<readonly TakenShare[]>([]);
  const [opened, setOpened] = useState<Opened>();
  /** Another number is another form, with nothing typed into it. */
  const [visit, setVisit] = useState(0);
  useEffect(() => {
    // A browser may keep a left page whole, to show it again at "Back".
    const forget = () => {
      setShares([]);
      setOpened(undefined);
      setVisit((before) => before + 1);
    };
    addEventListener("pagehide", forget);
    return () => removeEventListener("pagehide", forget);
  }, []);
  return (
    <EntryPage
      title={words.quorumTitle}
      lead={words.quorumLead}
      width="middle"
      above={foundation !== "" && <p className="member-id">{foundation}</p>}
    >
      <Note>{words.quorumForgets}</Note>
      {opened === undefined ? (
        <QuorumShares key={visit} shares={shares} onChange={setShares} onOpened={setOpened} />
      ) : (
        <QuorumReturn shares={shares.map(({ text }) => text)} {...opened} />
      )}
      <Link href="/" className="entry-link">
        {words.quorumBack}
      </Link>
    </EntryPage>
  );
}
