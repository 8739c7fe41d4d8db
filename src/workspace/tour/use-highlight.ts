import { useEffect } from "react";

const mark = "data-tour-now";
/** Tables and charts fill in after the screen is drawn and push things about; for this long the target is brought back. */
const settleMs = 2500;

/**
 * Rings the thing of that name and brings it into sight, also when it is drawn later or anew. The page is left alone as soon as
 * the person scrolls herself.
 */
export function useHighlight(target: string | undefined, isHere: boolean): void {
  useEffect(() => {
    if (target === undefined || !isHere) return undefined;
    let began = Date.now();
    let shown: Element | undefined;
    let isTheirs = false;
    const give = ({ target: where }: Event) => {
      isTheirs ||= !(where instanceof Element && where.closest(".tour") !== null);
    };
    const place = () => {
      const found = document.querySelector(`[data-tour="${target}"]`) ?? undefined;
      if (found !== shown) {
        shown?.removeAttribute(mark);
        found?.setAttribute(mark, "");
        began = Date.now();
        shown = found;
      }
      if (found !== undefined && !isTheirs && Date.now() - began < settleMs) bringIntoSight(found);
    };
    place();
    // Each new screen scrolls itself to its head once it is drawn, which no observer tells of.
    const again = setInterval(() => {
      if (shown !== undefined && Date.now() - began < settleMs) place();
    }, 200);
    const drawn = new MutationObserver(place);
    const moved = new ResizeObserver(place);
    drawn.observe(document.body, { childList: true, subtree: true });
    const main = document.querySelector("main");
    if (main !== null) moved.observe(main);
    for (const event of ["wheel", "touchmove", "keydown", "pointerdown"] as const)
      window.addEventListener(event, give, { passive: true });
    return () => {
      clearInterval(again);
      drawn.disconnect();
      moved.disconnect();
      for (const event of ["wheel", "touchmove", "keydown", "pointerdown"] as const)
        window.removeEventListener(event, give);
      shown?.removeAttribute(mark);
    };
  }, [target, isHere]);
}

/** Under the bar and above the guide (`scroll-padding`); the head of what is larger than that. */
function bringIntoSight(element: Element): void {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const top = Number.parseFloat(scrollPaddingTop) || 0;
  const bottom = window.innerHeight - (Number.parseFloat(scrollPaddingBottom) || 0);
  const box = element.getBoundingClientRect();
  const isLarge = box.height > bottom - top;
  const isInSight = box.top >= top && (isLarge ? box.top <= top + 48 : box.bottom <= bottom);
  if (!isInSight) element.scrollIntoView({ block: isLarge ? "start" : "center" });
}
