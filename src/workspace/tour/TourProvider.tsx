import { useCallback, useMemo, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { subjects } from "#workspace/shell/routes.tsx";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { stepsOver } from "./steps.ts";
import { TourContext } from "./tour-context.ts";

/** Keeps where in the tour one is, for as long as the sample is open. */
export function TourProvider({ children }: { readonly children: ReactNode }) {
  const { isSample } = useSignedIn();
  const [, navigate] = useLocation();
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(true);
  const steps = useMemo(
    () => stepsOver(subjects.flatMap(({ screens }) => screens.map(({ path }) => path))),
    [],
  );
  const go = useCallback(
    (next: number) => {
      const step = steps[next];
      if (step === undefined) return;
      setAt(next);
      setOpen(true);
      navigate(step.path);
    },
    [steps, navigate],
  );
  const tour = useMemo(
    () => ({ steps, at, isOpen, go, close: () => setOpen(false) }),
    [steps, at, isOpen, go],
  );
  return <TourContext value={isSample && steps.length > 0 ? tour : undefined}>{children}</TourContext>;
}
