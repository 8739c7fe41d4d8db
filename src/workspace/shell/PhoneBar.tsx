import { Drawer } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Icon } from "#workspace/ui/icons.tsx";
import { useLanguage, useWords } from "./language.tsx";
import { SectionLinks } from "./Rail.tsx";
import { sectionOf, shownGroups } from "./routes.tsx";
import { phoneSections } from "./sections.ts";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

/** Below on a phone: four sections and the rest, each within reach of a thumb. */
export function PhoneBar() {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const { foundation } = useSignedIn();
  const [path] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const current = sectionOf(path);
  const all = shownGroups.flat();
  const preferred = all.filter(({ id }) => phoneSections.includes(id));
  const sections = [...preferred, ...all.filter((section) => !preferred.includes(section))].slice(0, 4);
  return (
    <>
      <nav className="phone-bar" aria-label={words.sections}>
        {sections.map(({ id, path, icon, title }) => (
          <Link
            key={id}
            href={path}
            className="phone-link"
            aria-current={id === current ? "page" : undefined}
          >
            <Icon name={icon} size={22} />
            <span>{title[language]}</span>
          </Link>
        ))}
        <button type="button" className="phone-link" aria-expanded={isOpen} onClick={() => setOpen(true)}>
          <Icon name="more" size={22} />
          <span>{words.more}</span>
        </button>
      </nav>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={foundation.name ?? "Aigaq"}
        size="18rem"
        closeButtonProps={{ "aria-label": words.close }}
      >
        <nav aria-label={words.sections}>
          <SectionLinks className="rail-link rail-link-large" onGo={() => setOpen(false)} />
        </nav>
      </Drawer>
    </>
  );
}
