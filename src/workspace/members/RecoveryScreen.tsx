import { Button } from "@mantine/core";
import { useState } from "react";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { Moment } from "#workspace/ui/Day.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import { NewSheets } from "./NewSheets.tsx";
import { failing, ShareFields, type ShareRefusal } from "./ShareFields.tsx";
import { memberWords } from "./words.ts";
import "./members.css";

/** The trustees' sheets: tried, split anew, or made for new keys. */
export default function RecoveryScreen() {
  const words = useWords(memberWords);
  const { isSample, foundation } = useSignedIn();
  const { data } = useAsk("members.list", {});
  return (
    <>
      <PageHeader
        title={words.recoveryTitle}
        lead={words.recoveryLead}
        back={{ href: "/members", label: words.back }}
      />
      {isSample ? (
        <Note>{words.sample}</Note>
      ) : (
        <>
          <Rehearsal />
          <NewSheets kind="split" foundation={foundation.name ?? ""} />
          {data?.isOfficer === true && <NewSheets kind="renew" foundation={foundation.name ?? ""} />}
        </>
      )}
    </>
  );
}

function Rehearsal() {
  const words = useWords(memberWords);
  const { data: last } = useAsk("recovery.last-rehearsed", {});
  const [shares, setShares] = useState<readonly string[]>(["", ""]);
  const [outcome, setOutcome] = useState<"opened" | ShareRefusal>();
  const rehearse = async () => {
    const answer = await failing(ask("recovery.rehearse", { shares: shares.filter((text) => text !== "") }));
    setOutcome(answer ?? "opened");
    if (answer === undefined) setShares(["", ""]);
  };
  return (
    <Section
      title={words.rehearse}
      lead={words.rehearseLead}
      isCard
      actions={
        <span className="member-id">
          {last === null || last === undefined ? (
            words.neverRehearsed
          ) : (
            <>
              {words.lastRehearsed} <Moment at={last} isRelative />
            </>
          )}
        </span>
      }
    >
      <form
        className="form form-wide"
        onSubmit={(event) => {
          event.preventDefault();
          void rehearse();
        }}
      >
        <ShareFields
          shares={shares}
          onChange={setShares}
          refusal={outcome === "opened" ? undefined : outcome}
        />
        {outcome === "opened" && <Note tone="good">{words.rehearsed}</Note>}
        <div className="buttons">
          <Button type="submit" disabled={shares.filter((text) => text.trim() !== "").length < 2}>
            {words.rehearseNow}
          </Button>
        </div>
      </form>
    </Section>
  );
}
