import { endReasonLabels } from "#domain/funds/labels.ts";
import { formatDay } from "#language/dates.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import type { AppealPage } from "./calls.ts";
import { publicPageOf } from "./public-page.ts";
import { appealWords } from "./words.ts";

/** In place of how to give: when and why nobody asks for it any more, and what happens with what is left. */
export function EndedCard({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { ended, leftover } = page;
  if (ended === undefined) return null;
  return (
    <div className="give is-ended">
      <div>
        <p className="give-title">
          {words.endedText(formatDay(ended.ended, language), endReasonLabels[ended.reason][language])}
        </p>
        <p className="give-lead">{words.endedNote}</p>
        {leftover !== undefined && (
          <p className="give-lead">
            {words.leftoverField}: {leftover}
          </p>
        )}
        <p className="give-address">
          <a href={publicPageOf(page, language)} target="_blank" rel="noreferrer">
            {words.publicPage} <Icon name="external" size={14} />
          </a>
        </p>
      </div>
    </div>
  );
}
