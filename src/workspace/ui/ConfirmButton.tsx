import { Button, Popover, type ButtonProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import { uiWords } from "./words.ts";

type ConfirmButtonProps = {
  readonly children: ReactNode;
  /** What happens if one goes on, in a sentence. */
  readonly question: string;
  /** The word on the second button: the deed itself, never "OK". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly variant?: ButtonProps["variant"];
  readonly isDangerous?: boolean;
  readonly leftSection?: ReactNode;
};

/** A button that asks once more, in place. For what can be undone use a toast with Undo instead. */
export function ConfirmButton({
  children,
  question,
  confirm,
  onConfirm,
  variant = "default",
  isDangerous = false,
  leftSection,
}: ConfirmButtonProps) {
  const words = useWords(uiWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} trapFocus shadow="md" returnFocus>
      <Popover.Target>
        <Button variant={variant} leftSection={leftSection} onClick={() => setOpen(!isOpen)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="confirm-question">{question}</p>
        <div className="buttons">
          <Button
            size="xs"
            {...(isDangerous && { color: "red.8" })}
            onClick={() => {
              setOpen(false);
              onConfirm();
            }}
          >
            {confirm}
          </Button>
          <Button size="xs" variant="default" onClick={() => setOpen(false)}>
            {words.back}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
