import { Link, useLocation } from "wouter";
import { Icon } from "#workspace/ui/icons.tsx";
import { useLanguage, useWords } from "./language.tsx";
import { Mark } from "./Mark.tsx";
import { sectionOf, shownGroups } from "./routes.tsx";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

/** The sections, at the left of a wide screen. */
export function Rail() {
  const words = useWords(shellWords);
  const { foundation } = useSignedIn();
  return (
    <nav className="rail" aria-label={words.sections}>
      <Link href="/" className="rail-head">
        <Mark size={26} />
        <span className="rail-name">{foundation.name ?? "Aigaq"}</span>
      </Link>
      <SectionLinks className="rail-link" />
    </nav>
  );
}

/** The links of all sections, in their groups: of the rail, and of the drawer of a phone. */
export function SectionLinks({
  className,
  onGo,
}: {
  readonly className: string;
  readonly onGo?: () => void;
}) {
  const { language } = useLanguage();
  const [path] = useLocation();
  const current = sectionOf(path);
  return shownGroups.map((group) => (
    <ul key={group[0]?.id} className="sections">
      {group.map(({ id, path, icon, title }) => (
        <li key={id}>
          <Link
            href={path}
            className={className}
            aria-current={id === current ? "page" : undefined}
            {...(onGo !== undefined && { onClick: onGo })}
          >
            <Icon name={icon} />
            <span>{title[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  ));
}
