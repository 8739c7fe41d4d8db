import { Popover } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { Moment } from "#workspace/ui/Day.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { useLanguage, useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** What happened while one was away, inside the app only: no letters, no pushes that a stranger could read. */
export function Notices() {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { data: notices = [] } = useAsk("activity.notices", {});
  const unread = notices.filter(({ isNew }) => isNew).length;
  // Seen when the list is closed again: until then the new ones stay marked.
  const change = (isNow: boolean) => {
    setOpen(isNow);
    if (!isNow && unread > 0) void ask("activity.mark-seen", {});
  };
  return (
    <Popover
      opened={isOpen}
      onChange={change}
      width={360}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="tool"
          aria-label={unread === 0 ? words.notices : words.noticesUnread(unread)}
          onClick={() => change(!isOpen)}
        >
          <Icon name="bell" />
          {unread > 0 && <span className="tool-dot" />}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.notices}>
        <div className="panel">
          <h2 className="panel-title">{words.notices}</h2>
          {notices.length === 0 ? (
            <p className="panel-lead">{words.noNotices}</p>
          ) : (
            <ul className="panel-list">
              {notices.map(({ id, at, text, path, isNew }) => (
                <li key={id} className={isNew ? "panel-new" : undefined}>
                  {path === undefined ? (
                    <span>{text[language]}</span>
                  ) : (
                    <Link href={path} className="panel-link" onClick={() => change(false)}>
                      {text[language]}
                    </Link>
                  )}
                  <p className="panel-row-note">
                    <Moment at={at} isRelative />
                  </p>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
