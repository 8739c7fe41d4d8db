import type { ReactNode } from "react";
import { Icon } from "./icons.tsx";

type NoteProps = {
  readonly tone?: "info" | "good" | "warn";
  readonly title?: string;
  readonly children: ReactNode;
};

const icons = { info: "info", good: "check", warn: "warning" } as const;

/** Something to know before going on. Not for refusals: those are `RefusalAlert`. */
export function Note({ tone = "info", title, children }: NoteProps) {
  return (
    <div className={`notice notice-${tone}`}>
      <Icon name={icons[tone]} />
      <div>
        {title !== undefined && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
