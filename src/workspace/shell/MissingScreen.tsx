import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { useWords } from "./language.tsx";
import { firstPath } from "./routes.tsx";
import { shellWords } from "./words.ts";

/** An address that leads nowhere: a mistyped one, or one of a newer version. */
export function MissingScreen() {
  const words = useWords(shellWords);
  return (
    <>
      <PageHeader title={words.missing} />
      <EmptyState
        icon="search"
        title={words.missingTitle}
        text={words.missingText}
        action={{ label: words.toStart, href: firstPath }}
      />
    </>
  );
}
