import { lazy, Suspense } from "react";
import { useTour } from "./tour-context.ts";

const TourGuide = lazy(() => import("./TourGuide.tsx"));

/** Where the guide stands in the order of reading: before the screen it speaks of. Loaded in the sample only. */
export function TourPlace() {
  const tour = useTour();
  if (tour?.isOpen !== true) return null;
  return (
    <Suspense fallback={null}>
      <TourGuide tour={tour} />
    </Suspense>
  );
}
