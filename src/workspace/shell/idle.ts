import { useEffect, useRef } from "react";

const signsOfLife = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/**
 * Calls back when nobody touched the device for `minutes`; undefined: never. Looks at the clock and not only at a timer: a
 * laptop that slept with its lid closed was away as well.
 */
export function useIdle(minutes: number | undefined, onIdle: () => void): void {
  const latest = useRef(onIdle);
  useEffect(() => {
    latest.current = onIdle;
  });
  useEffect(() => {
    if (minutes === undefined) return undefined;
    let last = Date.now();
    const touch = () => {
      last = Date.now();
    };
    const look = () => {
      if (Date.now() - last < minutes * 60_000) return;
      touch();
      latest.current();
    };
    const timer = setInterval(look, 5_000);
    for (const sign of signsOfLife) document.addEventListener(sign, touch, { passive: true, capture: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      for (const sign of signsOfLife) document.removeEventListener(sign, touch, { capture: true });
      document.removeEventListener("visibilitychange", look);
    };
  }, [minutes]);
}
