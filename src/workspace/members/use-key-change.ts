import { useCallback } from "react";
import type { Refusal, Result } from "#record/result.ts";
import type { Preview } from "#workspace/desk/command.ts";
import { DeskFailure } from "#workspace/desk/client.ts";
import { usePreview } from "#workspace/ui/command.tsx";
import { toast } from "#workspace/ui/toasts.tsx";

type KeyChangeAsked = {
  readonly title: string;
  /** What the toast says when it is on the record. */
  readonly done: string;
  readonly preview: () => Promise<Result<Preview, Refusal>>;
  readonly perform: (digest: string) => Promise<Result<null, Refusal>>;
};

/** Shows what a change of members makes permanent and records it once that was confirmed; true when it is recorded. */
export function useKeyChange(): (asked: KeyChangeAsked) => Promise<boolean> {
  const show = usePreview();
  return useCallback(
    async ({ title, done, preview, perform }) => {
      try {
        const previewed = await preview();
        if (!previewed.ok) {
          await show(title, { kind: "refused", refusal: previewed.refusal });
          return false;
        }
        if (!(await show(title, { kind: "preview", preview: previewed.value }))) return false;
        const performed = await perform(previewed.value.digest);
        if (performed.ok) toast(done);
        else await show(title, { kind: "refused", refusal: performed.refusal });
        return performed.ok;
      } catch (error) {
        if (!(error instanceof DeskFailure)) throw error;
        await show(title, { kind: "refused", refusal: { code: error.code, message: error.message } });
        return false;
      }
    },
    [show],
  );
}
