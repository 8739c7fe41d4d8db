import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../language.tsx";
import { firstRunWords } from "./words.ts";

type StepButtonsProps = {
  readonly onBack: () => void;
  /** The word on the button that goes on, where "Next" says too little. */
  readonly next?: ReactNode;
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
};

/** Back and on, at the same place in every step. The second one sends the form. */
export function StepButtons({ onBack, next, isBusy = false, isDisabled = false }: StepButtonsProps) {
  const words = useWords(firstRunWords);
  return (
    <div className="wizard-buttons">
      <Button variant="default" size="md" disabled={isBusy} onClick={onBack}>
        {words.back}
      </Button>
      <Button type="submit" size="md" loading={isBusy} disabled={isDisabled}>
        {next ?? words.next}
      </Button>
    </div>
  );
}
