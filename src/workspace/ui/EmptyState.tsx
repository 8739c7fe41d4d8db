import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Icon, type IconName } from "./icons.tsx";

type EmptyStateProps = {
  readonly icon: IconName;
  /** What is not here yet, in a few words. */
  readonly title: string;
  /** What to do, and what will stand here then. */
  readonly text: string;
  readonly action?:
    | { readonly label: string; readonly href: string }
    | { readonly label: string; readonly onClick: () => void };
  /** Instead of the button: a drop zone, for example. */
  readonly children?: ReactNode;
};

/** What stands where a list would be. It never says only "nothing found". */
export function EmptyState({ icon, title, text, action, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={28} />
      </span>
      <p className="empty-title">{title}</p>
      <p className="empty-text">{text}</p>
      {action !== undefined && "href" in action && (
        <Button component={Link} href={action.href}>
          {action.label}
        </Button>
      )}
      {action !== undefined && "onClick" in action && (
        <Button onClick={action.onClick}>{action.label}</Button>
      )}
      {children}
    </div>
  );
}
