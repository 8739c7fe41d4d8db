import { lazy, Suspense, type ReactNode } from "react";
import type { Refused } from "#session/refusals/refusals.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "./icons.tsx";
import { uiWords } from "./words.ts";

const RefusalText = lazy(() => import("./RefusalText.tsx"));

type RefusalAlertProps = {
  readonly refusal: Refused;
  /** What to do now, where the sentence of the refusal does not say it: a sentence or a button. */
  readonly children?: ReactNode;
};

/** Why something was not done: the words, what to do, and the stable code to tell whoever helps. */
export function RefusalAlert({ refusal, children }: RefusalAlertProps) {
  const words = useWords(uiWords);
  return (
    <div className="notice notice-bad" role="alert">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{words.notDone}</p>
        <p>
          <Suspense fallback={refusal.message}>
            <RefusalText refusal={refusal} />
          </Suspense>
        </p>
        {children !== undefined && <div className="notice-more">{children}</div>}
        <p className="notice-code">
          {words.code} <code>{refusal.code}</code>
        </p>
      </div>
    </div>
  );
}
