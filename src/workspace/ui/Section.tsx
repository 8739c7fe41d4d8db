import { useId, type ReactNode } from "react";

type SectionProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** On a card of its own; without it the content lies on the page. */
  readonly isCard?: boolean;
  /** By what name the guided tour points at it. */
  readonly tour?: string;
  readonly children: ReactNode;
};

/** A part of a screen with a heading of the second level. */
export function Section({ title, lead, actions, isCard = false, tour, children }: SectionProps) {
  const id = useId();
  return (
    <section className={isCard ? "section card" : "section"} aria-labelledby={id} data-tour={tour}>
      <div className="section-head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead !== undefined && <p className="section-lead">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
