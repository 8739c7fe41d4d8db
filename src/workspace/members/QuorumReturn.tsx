import { Button, Radio } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { ask } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { remember } from "#workspace/shell/sign-in/remembered.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { answerOf } from "./quorum-answer.ts";
import { NewPassphraseFields } from "./NewPassphraseFields.tsx";
import { memberWords } from "./words.ts";

type QuorumReturnProps = {
  readonly shares: readonly string[];
  readonly people: Extract<CallAnswer<"quorum.open">, { ok: true }>["value"];
};

/** Who comes back, and with what she opens her keys from now on. */
export function QuorumReturn({ shares, people }: QuorumReturnProps) {
  const words = useWords(memberWords);
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  // Where somebody was revoked, whoever counts as an officer may be a thief's: then nobody is chosen beforehand.
  const [member, setMember] = useState(() =>
    people.every(({ isCurrent }) => isCurrent)
      ? ((people.find(({ isOfficer }) => isOfficer) ?? people[0])?.id ?? "")
      : "",
  );
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => heading.current?.focus(), []);

  const comeBack = async () => {
    setRefusal(undefined);
    setBusy(true);
    const lock = { kind: "passphrase", passphrase } as const;
    const answer = await answerOf(ask("quorum.return", { shares, member, lock }));
    setBusy(false);
    if (!answer.ok) {
      setRefusal(answer.refusal);
      return;
    }
    remember(member);
    navigate("/", { replace: true });
    await queries.invalidateQueries();
  };
  const isReady = member !== "" && passphrase !== "" && passphrase === again;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) void comeBack();
      }}
    >
      <h2 tabIndex={-1} ref={heading}>
        {words.quorumWho}
      </h2>
      <Radio.Group label={words.member} description={words.quorumWhoHint} value={member} onChange={setMember}>
        <div className="quorum-people">
          {people.map(({ id, name, isOfficer, isCurrent }) => {
            const shown = name === null ? id : `${id} · ${name}`;
            const label = isOfficer ? words.quorumOfficer(shown) : shown;
            return (
              <Radio key={id} value={id} label={isCurrent ? label : words.quorumRemoved(shown)} size="md" />
            );
          })}
        </div>
      </Radio.Group>
      <NewPassphraseFields
        label={words.next}
        value={passphrase}
        onChange={setPassphrase}
        again={again}
        onAgain={setAgain}
      />
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <Button type="submit" size="md" loading={isBusy} disabled={!isReady}>
        {words.quorumReturn}
      </Button>
      <p role="status">{isBusy && words.quorumReturning}</p>
    </form>
  );
}
