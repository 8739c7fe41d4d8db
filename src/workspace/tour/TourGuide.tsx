import { Button } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { useLocation } from "wouter";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { AlteredCopy } from "./AlteredCopy.tsx";
import { placeOf } from "./steps.ts";
import type { Tour } from "./tour-context.ts";
import { useHighlight } from "./use-highlight.ts";
import { tourWords, unbroken } from "./words.ts";
import "./tour.css";

/**
 * Speaks of one thing at a time from the foot of the screen, where it covers nothing that it speaks of. It takes no focus, and
 * keeps the one that was given to it when its button leads to another screen.
 */
export default function TourGuide({ tour }: { readonly tour: Tour }) {
  const words = useWords(tourWords);
  const { leave, foundation } = useSignedIn();
  const [path] = useLocation();
  const frame = useRef<HTMLElement>(null);
  const { steps, at, go, close } = tour;
  const step = steps[at];
  const isHere = step !== undefined && placeOf(step) === path;
  useHighlight(step?.target, isHere);
  useHeight(frame);
  const keepFocus = useKeptFocus(frame);
  if (step === undefined) return null;
  const { title, text } = words.steps[step.id];
  const turn = (next: number) => {
    keepFocus();
    go(next);
  };
  const isLast = at === steps.length - 1;
  return (
    <section
      ref={frame}
      className="tour"
      aria-label={words.tour}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <div className="tour-bar" aria-hidden="true">
        {steps.map(({ id }, i) => (
          <span key={id} className={i <= at ? "tour-done" : undefined} />
        ))}
      </div>
      <button type="button" className="tour-close" aria-label={words.skip} onClick={close}>
        <Icon name="close" size={18} />
      </button>
      <div className="tour-text" aria-live="polite" aria-atomic="true">
        <h2>
          <span className="tour-progress">{words.progress(at + 1, steps.length)}</span>
          <span className="spoken">: </span>
          {title}
        </h2>
        <p>{unbroken(text)}</p>
      </div>
      {step.id === "altered" && isHere && <AlteredCopy />}
      <div className="tour-buttons">
        {!isHere && (
          <Button variant="default" onClick={() => turn(at)}>
            {words.show}
          </Button>
        )}
        <Button variant="default" disabled={at === 0} onClick={() => turn(at - 1)}>
          {words.back}
        </Button>
        {isLast ? (
          <>
            <Button variant="default" onClick={close}>
              {words.stay}
            </Button>
            <Button onClick={() => void leave(false)}>
              {foundation.started ? words.leave : words.begin}
            </Button>
          </>
        ) : (
          <Button rightSection={<Icon name="next" size={18} />} onClick={() => turn(at + 1)}>
            {words.next}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Tells the page how high the guide is, so that it can be scrolled wholly out from behind it. */
function useHeight(frame: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const measure = () => style.setProperty("--tour", `${element.offsetHeight}px`);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty("--tour");
    };
  }, [frame]);
}

/** Every screen takes the focus to its heading; who walks by keyboard would have to come back here after each step. */
function useKeptFocus(frame: RefObject<HTMLElement | null>): () => void {
  const until = useRef(0);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (Date.now() > until.current || !(target instanceof HTMLHeadingElement)) return;
      const buttons = frame.current?.querySelectorAll<HTMLButtonElement>(
        ".tour-buttons button:not(:disabled)",
      );
      buttons?.[buttons.length - 1]?.focus({ preventScroll: true });
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [frame]);
  return () => {
    until.current = Date.now() + 3000;
  };
}
