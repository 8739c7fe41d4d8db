import type { ReactNode } from "react";
import { Link } from "wouter";

type StatTileProps = {
  readonly label: string;
  readonly value: ReactNode;
  /** What the figure is made of, or since when. */
  readonly note?: ReactNode;
  readonly tone?: "plain" | "good" | "warn" | "bad";
  /** Where the figure is explained. */
  readonly href?: string;
};

/** One figure. Put several into `<div className="tiles">`. */
export function StatTile({ label, value, note, tone = "plain", href }: StatTileProps) {
  const content = (
    <>
      <span className="tile-label">{label}</span>
      <span className="tile-value">{value}</span>
      {note !== undefined && <span className="tile-note">{note}</span>}
    </>
  );
  if (href === undefined) return <div className={`tile tile-${tone}`}>{content}</div>;
  return (
    <Link href={href} className={`tile tile-link tile-${tone}`}>
      {content}
    </Link>
  );
}
