import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import { change, type QueuedFile } from "./import-queue.ts";
import { importWords } from "./words.ts";

/** A named person takes a file that does not add up. Closed at first: a complete file is better than a reason. */
export function AcceptForm({ queued }: { readonly queued: QueuedFile }) {
  const words = useWords(importWords);
  const { accepted } = queued;
  const [isOpen, setOpen] = useState(false);
  const [by, setBy] = useState(accepted?.by ?? "");
  const [why, setWhy] = useState(accepted?.why ?? "");
  if (accepted !== undefined && !isOpen)
    return (
      <p className="import-accepted">
        {words.acceptedBy(accepted.by)}
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {words.acceptUndo}
        </Button>
      </p>
    );
  if (!isOpen)
    return (
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {words.accept}
      </Button>
    );
  const isFilled = by.trim() !== "" && why.trim() !== "";
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFilled) return;
        change(queued.key, { accepted: { by: by.trim(), why: why.trim() } });
        setOpen(false);
      }}
    >
      <p className="import-soft">{words.acceptLead}</p>
      <TextInput
        label={words.acceptBy}
        value={by}
        onChange={(event) => setBy(event.currentTarget.value)}
        autoComplete="name"
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label={words.acceptWhy}
        description={words.acceptWhyHint}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <div className="buttons">
        <Button type="submit" disabled={!isFilled}>
          {words.acceptDo}
        </Button>
      </div>
    </form>
  );
}
