import { ask, useTakenOver } from "#workspace/desk/client.ts";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { formatCount } from "#language/numbers.ts";
import { useLanguage, useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** Whose word the figures on the screens are until this device has checked every entry; and, if they were wrong, that they were. */
export function TakenOverStrip() {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const taken = useTakenOver();
  if (taken === undefined) return null;
  const maker = <HiddenText>{taken.name ?? taken.member}</HiddenText>;
  if (taken.state === "differs")
    return (
      <div className="strip strip-bad" role="alert">
        <span>
          {words.wrongFrom} {maker}. {words.wrongNow}
        </span>
        <button type="button" className="plain-button" onClick={() => void ask("desk.difference-read", {})}>
          {words.wrongRead}
        </button>
      </div>
    );
  return (
    <aside className="strip">
      <span>
        {words.takenFrom} {maker}.{" "}
        {words.checkingAll(formatCount(taken.done, language), formatCount(taken.total, language))}
      </span>
    </aside>
  );
}
