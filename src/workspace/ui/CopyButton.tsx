import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "./icons.tsx";
import { uiWords } from "./words.ts";

type CopyButtonProps = {
  readonly text: string;
  /** What is copied, for the label: "Copy the reference code". Shown as text unless `isSmall`. */
  readonly label: string;
  readonly isSmall?: boolean;
};

/** Copies, and says so where it was pressed. */
export function CopyButton({ text, label, isSmall = false }: CopyButtonProps) {
  const words = useWords(uiWords);
  const { copied, copy } = useClipboard({ timeout: 2000 });
  const said = copied ? words.copied : label;
  if (!isSmall)
    return (
      <Button
        variant="default"
        leftSection={<Icon name={copied ? "check" : "copy"} size={16} />}
        onClick={() => copy(text)}
      >
        {said}
      </Button>
    );
  return (
    <Tooltip label={said}>
      <ActionIcon variant="subtle" color="gray" aria-label={said} onClick={() => copy(text)}>
        <Icon name={copied ? "check" : "copy"} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
