import {
  createContext,
  lazy,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import type { Preview } from "#workspace/desk/command.ts";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { CommandName, InputOf } from "#workspace/desk/commands.ts";
import type { Refusal } from "#record/result.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { undoable } from "./toasts.tsx";
import { uiWords } from "./words.ts";

const PreviewDialog = lazy(() => import("./PreviewDialog.tsx"));

export type CommandOptions = {
  /** What it is about, for the outbox and the toast: "Appeal A-2025-014 opened". */
  readonly title: string;
  /** Where the refusal is shown: in the dialog (usual), or by the caller beside the field that it is about. */
  readonly refusals?: "dialog" | "caller";
};

/** How it ended. `id` is the number of the waiting item, for `ask("outbox.settled", { id })`. */
export type CommandEnd =
  | { readonly kind: "recorded"; readonly id: number }
  | { readonly kind: "back" }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** What the dialog shows; `answer` closes it. */
export type Asked = {
  readonly title: string;
  readonly outcome:
    | { readonly kind: "preview"; readonly preview: Preview }
    | { readonly kind: "refused"; readonly refusal: Refusal };
  readonly answer: (isConfirmed: boolean) => void;
};

type Host = (asked: Asked) => void;
const Context = createContext<Host | undefined>(undefined);

/** Once around the app: shows the preview of whatever a screen wants to record. */
export function CommandHost({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  return (
    <Context value={setAsked}>
      {children}
      {asked !== undefined && (
        <Suspense fallback={null}>
          <PreviewDialog
            asked={{
              ...asked,
              answer: (isConfirmed) => {
                setAsked(undefined);
                asked.answer(isConfirmed);
              },
            }}
          />
        </Suspense>
      )}
    </Context>
  );
}

/** Opens the preview by itself: the outbox shows a changed item so. True when it was confirmed. */
export function usePreview(): (title: string, outcome: Asked["outcome"]) => Promise<boolean> {
  const host = useContext(Context);
  if (host === undefined) throw new Error("bug: a command outside of CommandHost");
  return useCallback(
    (title, outcome) => new Promise<boolean>((resolve) => host({ title, outcome, answer: resolve })),
    [host],
  );
}

/**
 * A command of the desk as a function: asks the rules, shows what becomes permanent, and after the word "Record" hands it
 * to the outbox, with a toast that can take it back while it waits.
 *
 * @example const open = useCommand("appeal.open");
 *          const end = await open(input, { title: words.opened(input.id) }); if (end.kind === "recorded") navigate(…)
 */
export function useCommand<N extends CommandName>(
  name: N,
): (input: InputOf<N>, options: CommandOptions) => Promise<CommandEnd> {
  const show = usePreview();
  const words = useWords(uiWords);
  return useMemo(
    () =>
      async (input, { title, refusals = "dialog" }) => {
        try {
          const decided = await ask("command.preview", { name, input });
          if (!decided.ok) return await refuseWith(decided.refusal, title, refusals, show);
          const { value: preview } = decided;
          if (!(await show(title, { kind: "preview", preview }))) return { kind: "back" };
          const id = await ask("command.record", { name, title, input, digest: preview.digest });
          undoable({
            text: title,
            undo: words.undo,
            onUndo: () => ask("outbox.remove", { id }),
            undone: words.takenBack,
            tooLate: words.tooLate,
            settled: ask("outbox.settled", { id }).then(
              ({ state }) =>
                state === "recorded"
                  ? words.recorded(title)
                  : state === "waiting"
                    ? undefined
                    : words.needsAnswer(title),
              () => undefined,
            ),
          });
          return { kind: "recorded", id };
        } catch (error) {
          if (!(error instanceof DeskFailure)) throw error;
          return refuseWith({ code: error.code, message: error.message }, title, refusals, show);
        }
      },
    [name, show, words],
  );
}

async function refuseWith(
  refusal: Refusal,
  title: string,
  where: "dialog" | "caller",
  show: ReturnType<typeof usePreview>,
): Promise<CommandEnd> {
  if (where === "dialog") await show(title, { kind: "refused", refusal });
  return { kind: "refused", refusal };
}
