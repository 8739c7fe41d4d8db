import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { Icon } from "./icons.tsx";

type PageHeaderProps = {
  readonly title: string;
  /** The tab's name where the title is not for everyone: browsers write it into their history. */
  readonly tab?: string;
  /** One sentence: what this screen is for, or how things stand. */
  readonly lead?: ReactNode;
  /** At most three buttons, the most usual one first. */
  readonly actions?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  /** Beside the title: a state, an id. */
  readonly aside?: ReactNode;
};

/**
 * The head of every screen. Names the tab and takes the focus, so that a screen reader says where one is now. The first
 * screen after loading leaves the focus at the top of the page: there the skip link is the next key.
 */
export function PageHeader({ title, tab = title, lead, actions, back, aside }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(tab);
  useEffect(() => {
    if (isFirstScreen) isFirstScreen = false;
    else heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="page-header">
      {back !== undefined && (
        <Link href={back.href} className="page-back">
          <Icon name="back" size={16} />
          {back.label}
        </Link>
      )}
      <div className="page-header-row">
        <div className="page-header-text">
          <h1 ref={heading} tabIndex={-1}>
            {title}
            {aside !== undefined && <span className="page-aside">{aside}</span>}
          </h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
    </header>
  );
}

let isFirstScreen = true;

/** The name of the tab: "Appeals · Aigaq". */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Aigaq" : `${title} · Aigaq`;
  }, [title]);
}
