import { Tooltip } from "@mantine/core";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { useTour } from "./tour-context.ts";
import { tourWords } from "./words.ts";

/** In the top bar of the sample: closes the tour, and goes on with it where it was left. */
export function TourButton() {
  const words = useWords(tourWords);
  const tour = useTour();
  if (tour === undefined) return null;
  const label = words.resume(tour.at + 1, tour.steps.length);
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className="tool tool-tour"
        aria-pressed={tour.isOpen}
        aria-label={label}
        onClick={() => (tour.isOpen ? tour.close() : tour.go(tour.at))}
      >
        <Icon name="tour" />
      </button>
    </Tooltip>
  );
}
