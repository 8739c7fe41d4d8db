import type { ReactNode } from "react";
import { useTitle } from "#workspace/ui/PageHeader.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { Mark } from "./Mark.tsx";

type EntryPageProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Room for two doors, or for a form. */
  readonly width?: "narrow" | "middle" | "wide";
  /** Over the title: how far one has come. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
};

/** The pages before the workspace: nothing on them but what is asked, and the language at the top. */
export function EntryPage({ title, lead, width = "narrow", above, children }: EntryPageProps) {
  useTitle(title);
  return (
    <div className="entry">
      <header className="entry-top">
        <Mark />
        <LanguageSwitch />
      </header>
      <main className={`entry-main entry-${width}`}>
        {above}
        <h1>{title}</h1>
        {lead !== undefined && <p className="lead">{lead}</p>}
        {children}
      </main>
    </div>
  );
}
