import { Button } from "@mantine/core";
import { ask } from "#workspace/desk/client.ts";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { Moment } from "#workspace/ui/Day.tsx";
import { HeldButtons, HeldText } from "#workspace/ui/held.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { State } from "#workspace/ui/State.tsx";
import { usePreview } from "#workspace/ui/command.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

type Item = CallAnswer<"outbox.items">[number];
type OutboxPanelProps = {
  readonly items: readonly Item[];
  readonly isOnline: boolean;
  readonly onLeave: () => void;
};

/** What is confirmed and not yet on the record: each can be taken back until it is sent. */
export default function OutboxPanel({ items, isOnline, onLeave }: OutboxPanelProps) {
  const words = useWords(shellWords);
  return (
    <div className="panel">
      <h2 className="panel-title">{words.outbox}</h2>
      <p className="panel-lead">
        {!isOnline ? words.offlineLead : items.length === 0 ? words.allSent : words.outboxLead}
      </p>
      {!isOnline && (
        <Button size="xs" variant="default" onClick={() => void ask("desk.catch-up", {})}>
          {words.tryAgain}
        </Button>
      )}
      {items.length > 0 && (
        <ul className="panel-list">
          {items.map((item) => (
            <Waiting key={item.id} item={item} onLeave={onLeave} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Waiting({ item, onLeave }: { readonly item: Item; readonly onLeave: () => void }) {
  const words = useWords(shellWords);
  const show = usePreview();
  const { id, at, state, refusal, preview } = item;
  // Of one left by an earlier tab not even the title can be read.
  const title = item.title === "" ? words.unreadable : item.title;
  const isStopped = state === "changed" || state === "refused";
  const confirmAgain = async () => {
    if (preview === undefined) return;
    onLeave();
    if (await show(title, { kind: "preview", preview }))
      await ask("outbox.confirm", { id, digest: preview.digest });
  };
  return (
    <li>
      <div className="panel-row">
        <span className="panel-row-title">{title}</span>
        {isStopped && (
          <State tone={state === "refused" ? "bad" : "warn"}>
            {state === "refused" ? words.stateRefused : words.stateChanged}
          </State>
        )}
      </div>
      {item.title !== "" && (
        <p className="panel-row-note">
          {isStopped ? <Moment at={at} isRelative /> : <HeldText item={item} />}
        </p>
      )}
      {state === "changed" && <p className="panel-row-note">{words.changedLead}</p>}
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
      <div className="buttons">
        {state === "changed" && (
          <Button size="xs" onClick={() => void confirmAgain()}>
            {words.lookAgain}
          </Button>
        )}
        <HeldButtons item={item} />
      </div>
    </li>
  );
}
