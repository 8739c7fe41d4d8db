import { Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useAsk, useOnline } from "#workspace/desk/client.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

const OutboxPanel = lazy(() => import("./OutboxPanel.tsx"));

/** Whether the server answers and what waits for it. Quiet when all is well; words as soon as it is not. */
export function ConnectionState() {
  const words = useWords(shellWords);
  const isOnline = useOnline();
  const { data: items = [] } = useAsk("outbox.items", {});
  const [isOpen, setOpen] = useState(false);
  const toSettle = items.filter(({ state }) => state === "changed" || state === "refused").length;
  const waiting = items.length - toSettle;
  const tone = toSettle > 0 ? "bad" : isOnline ? (waiting > 0 ? "info" : "quiet") : "warn";
  const text =
    toSettle > 0
      ? words.toSettle(toSettle)
      : waiting > 0
        ? words.waiting(waiting)
        : isOnline
          ? words.online
          : words.offline;
  // What stands on the button is part of its name, for those who say it aloud.
  const name = `${isOnline ? words.online : words.offline}. ${words.outbox}: ${items.length}`;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width="min(360px, calc(100vw - 16px))"
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={`tool tool-text connection connection-${tone}`}
          aria-label={name.includes(text) ? name : `${name}. ${text}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOnline ? (items.length > 0 ? "outbox" : "online") : "offline"} />
          <span className="connection-text" aria-hidden="true">
            {text}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.outbox}>
        <Suspense fallback={null}>
          <OutboxPanel items={items} isOnline={isOnline} onLeave={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
