import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";

/** A short message that goes away by itself; for what nobody has to act on. */
export function toast(text: string, tone: "plain" | "bad" = "plain"): void {
  notifications.show({ message: text, ...(tone === "bad" && { color: "red.8" }) });
}

type Undoable = {
  readonly text: string;
  /** The word on the button. */
  readonly undo: string;
  /** False when it was too late. */
  readonly onUndo: () => Promise<boolean>;
  readonly undone: string;
  readonly tooLate: string;
  /** Comes with the words that replace all this once there is nothing left to take back; undefined: it still waits. */
  readonly settled?: Promise<string | undefined>;
};

/** A message with a way back. Stays for ten seconds, and as long as the mouse is over it. */
export function undoable({ text, undo, onUndo, undone, tooLate, settled }: Undoable): void {
  const id = `undo-${crypto.randomUUID()}`;
  notifications.show({
    id,
    autoClose: 10_000,
    message: (
      <span className="toast-line">
        <span>{text}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            void onUndo().then((isUndone) => toast(isUndone ? undone : tooLate));
          }}
        >
          {undo}
        </Button>
      </span>
    ),
  });
  void replaceWhen(id, settled);
}

/** A toast that was closed or taken back has gone from the screen, and is not shown again. */
async function replaceWhen(id: string, settled: Promise<string | undefined> | undefined): Promise<void> {
  const words = await settled;
  if (words !== undefined) notifications.update({ id, message: words, autoClose: 5000 });
}
