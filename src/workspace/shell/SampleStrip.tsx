import { useWords } from "./language.tsx";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

/** Says on every screen of the sample that nothing in it is true or kept. */
export function SampleStrip() {
  const words = useWords(shellWords);
  const { isSample, leave } = useSignedIn();
  if (!isSample) return null;
  return (
    <aside className="strip strip-sample">
      <span id="sample-strip">{words.sample}</span>
      <button type="button" className="plain-button" onClick={() => void leave(false)}>
        {words.leaveSample}
      </button>
    </aside>
  );
}
