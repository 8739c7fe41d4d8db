import { createContext, useContext } from "react";
import type { TourStep } from "./steps.ts";

export type Tour = {
  readonly steps: readonly TourStep[];
  /** Number of the step, from 0. */
  readonly at: number;
  readonly isOpen: boolean;
  /** Goes to a step and to its screen. */
  go(at: number): void;
  close(): void;
};

export const TourContext = createContext<Tour | undefined>(undefined);

/** The tour; undefined outside of the sample. */
export const useTour = (): Tour | undefined => useContext(TourContext);
