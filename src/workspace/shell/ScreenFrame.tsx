import { useEffect, type ReactNode } from "react";
import { useTitle } from "#workspace/ui/PageHeader.tsx";
import { useLanguage } from "./language.tsx";
import type { ThreeTexts } from "./subject.ts";

/** Around each screen: the tab's name until the screen gives a better one, and the top of the page. */
export function ScreenFrame({
  title,
  children,
}: {
  readonly title: ThreeTexts;
  readonly children: ReactNode;
}) {
  const { language } = useLanguage();
  useTitle(title[language]);
  useEffect(() => {
    // Going back keeps its place by the browser's own memory; a new screen begins at its head.
    window.scrollTo(0, 0);
  }, []);
  return <>{children}</>;
}
