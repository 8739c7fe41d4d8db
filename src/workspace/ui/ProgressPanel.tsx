import { Button, Progress } from "@mantine/core";
import { formatCount } from "#language/numbers.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { uiWords } from "./words.ts";

type ProgressPanelProps = {
  /** What is being done: "kzt-1.1c.txt". */
  readonly title: string;
  /** The step it is at, in words: "Recording rows". */
  readonly step: string;
  readonly done: number;
  /** 0 when it is not known. */
  readonly total: number;
  readonly onStop?: () => void;
};

/** Work that lasts. Says the step and the count; a screen reader hears the step, not every number. */
export function ProgressPanel({ title, step, done, total, onStop }: ProgressPanelProps) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  const isKnown = total > 0;
  return (
    <div className="progress-panel">
      <div className="progress-head">
        <div>
          <p className="progress-title">{title}</p>
          <p className="progress-step">
            <span role="status">{step}</span>
            {done > 0 && (
              <span className="money">
                {" "}
                {isKnown
                  ? words.doneOf(formatCount(done, language), formatCount(total, language))
                  : formatCount(done, language)}
              </span>
            )}
          </p>
        </div>
        {onStop !== undefined && (
          <Button size="xs" variant="default" onClick={onStop}>
            {words.stop}
          </Button>
        )}
      </div>
      <Progress
        value={isKnown ? (100 * done) / total : 100}
        animated={!isKnown}
        aria-label={title}
        size="sm"
        radius="xl"
      />
    </div>
  );
}
