import { useCallback, useState } from "react";
import type { Refusal } from "#record/result.ts";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { holdMs, showHeld, takeBack } from "#workspace/ui/held.tsx";
import { uiWords } from "#workspace/ui/words.ts";
import type { RowChoice } from "./commands.ts";

/** Who decides and why, kept from row to row: mornings of fifty gifts have one person and few grounds. Not on the disk. */
const said = { by: "", ground: "" };

export type DecideRows = {
  readonly by: string;
  setBy(by: string): void;
  readonly ground: string;
  setGround(ground: string): void;
  /** The refusal of the last try; undefined after one that was taken. */
  readonly refusal: Refusal | undefined;
  /** The rules are being asked. */
  readonly isBusy: boolean;
  /** True when it was taken. */
  decide(rows: readonly RowChoice[], title: string): Promise<boolean>;
  /** Takes the last decision back while it waits. */
  undoLast(): Promise<void>;
};

/** A decision without a dialog: what becomes permanent stands beside the button, and it can be taken back for a moment. */
export function useDecideRows(): DecideRows {
  const words = useWords(uiWords);
  const [by, setBy] = useState(said.by);
  const [ground, setGround] = useState(said.ground);
  const [refusal, setRefusal] = useState<Refusal>();
  const [last, setLast] = useState<number>();
  const [isBusy, setBusy] = useState(false);
  const decide = useCallback(
    async (rows: readonly RowChoice[], title: string) => {
      const input = { rows, by, ground };
      const name = "matching.decide";
      setBusy(true);
      try {
        const preview = await ask("command.preview", { name, input });
        if (!preview.ok) {
          setRefusal(preview.refusal);
          return false;
        }
        const { digest } = preview.value;
        const id = await ask("command.record", { name, title, input, digest, holdMs });
        setRefusal(undefined);
        setLast(id);
        showHeld(id, title);
        return true;
      } catch (error) {
        if (!(error instanceof DeskFailure)) throw error;
        setRefusal({ code: error.code, message: error.message });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [by, ground],
  );
  const undoLast = useCallback(async () => {
    if (last === undefined) return;
    setLast(undefined);
    await takeBack(last, words);
  }, [last, words]);
  return {
    by,
    setBy: (text) => setBy((said.by = text)),
    ground,
    setGround: (text) => setGround((said.ground = text)),
    refusal,
    isBusy,
    decide,
    undoLast,
  };
}
