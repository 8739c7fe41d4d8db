import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { Refusal } from "#record/result.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { tourSteps } from "./steps.ts";

type LookAroundProps = {
  readonly label: string;
  readonly variant?: "filled" | "default" | "subtle";
};

/** The door into the sample: opens it in this tab's memory and begins the tour. */
export function LookAround({ label, variant = "default" }: LookAroundProps) {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const enter = async () => {
    setRefusal(undefined);
    setBusy(true);
    try {
      await ask("sample.open", {});
      navigate(tourSteps[0]?.path ?? "/");
      await queries.invalidateQueries();
    } catch (error) {
      setBusy(false);
      if (!(error instanceof DeskFailure)) throw error;
      setRefusal({ code: error.code, message: error.message });
    }
  };
  return (
    <>
      <Button
        variant={variant}
        size="md"
        fullWidth
        loading={isBusy}
        leftSection={<Icon name="tour" />}
        onClick={() => void enter()}
      >
        {label}
      </Button>
      {refusal !== undefined && <RefusalAlert refusal={refusal} />}
    </>
  );
}
