import { Button } from "@mantine/core";
import { useState } from "react";
import { entryLabels, labelOf } from "#domain/funds/labels.ts";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { appealWords } from "./words.ts";

const shownAtFirst = 12;

/** Every entry about the appeal, the newest first. */
export function Timeline({ id }: { readonly id: string }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const [most, setMost] = useState(shownAtFirst);
  const { data } = useAsk("appeals.events", { id, most });
  const { rows: events, total } = data ?? { rows: [], total: 0 };
  return (
    <>
      <ol className="timeline">
        {events.map(({ index, type, day, member, about, sum }) => (
          <li key={index}>
            <span className="timeline-what">
              {labelOf(entryLabels, type, language)}
              {about !== undefined && about !== id && ` ${about}`}
              {sum !== undefined && (
                <>
                  {" · "}
                  <Money minor={sum.minor} currency={sum.currency} />
                </>
              )}
            </span>
            <span className="line-note">
              <Day day={day} length="long" /> · {member} · {words.entry(index)}
            </span>
          </li>
        ))}
      </ol>
      {total > most && (
        <Button variant="subtle" size="xs" onClick={() => setMost(total)}>
          {words.showAll(formatCount(total, language))}
        </Button>
      )}
    </>
  );
}
