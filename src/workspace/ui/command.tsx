import {
  createContext,
  lazy,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import type { Preview } from "#workspace/desk/command.ts";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import type { CommandName, InputOf } from "#workspace/desk/commands.ts";
import type { Refusal } from "#record/result.ts";
import { holdMs, showHeld, useSendOnLeaving } from "./held.tsx";

const PreviewDialog = lazy(() => import("./PreviewDialog.tsx"));

export type CommandOptions = {
  /** What it is about, for the outbox and the toast: "Appeal A-2025-014 opened". */
  readonly title: string;
  /** Where the refusal is shown: in the dialog (usual), or by the caller beside the field that it is about. */
  readonly refusals?: "dialog" | "caller";
  /** Which of many it is about, such as a payment's number: `useHeld` finds it by that. */
  readonly about?: string;
  /**
   * False: sent at once, without time to take it back. For what shows its progress, or where the next thing on the same
   * screen is decided on the books that this one leaves.
   */
  readonly isHeld?: boolean;
};

/**
 * How it ended. `id` is the number of the waiting item, for `ask("outbox.settled", { id })`.
 *
 * - `confirmed`: kept on this device and on its way. With `toTheEnd` only when it has not come through: no connection, or
 *   something to look at. - `recorded`: on the record; only with `toTheEnd`.
 * - `back`: gone back from the preview, or taken back while it waited. - `left`: she went to another screen meanwhile.
 */
export type CommandEnd =
  | { readonly kind: "confirmed" | "recorded"; readonly id: number }
  | { readonly kind: "back" | "left" }
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
  useSendOnLeaving();
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

type Run<N extends CommandName> = (input: InputOf<N>, options: CommandOptions) => Promise<CommandEnd>;

/**
 * A command of the desk as a function: asks the rules, shows what becomes permanent, and after the word "Record" hands it
 * to the outbox. It is held there for a few seconds, with a toast that counts down, takes it back or sends it now.
 *
 * @example const open = useCommand("appeal.open");
 *          const end = await open(input, { title: words.opened(input.id) }); if (end.kind === "confirmed") setOpen(false)
 */
export function useCommand<N extends CommandName>(name: N): Run<N> {
  const show = usePreview();
  return useMemo(
    () =>
      async (input, { title, refusals = "dialog", isHeld = true, about }) => {
        try {
          const decided = await ask("command.preview", { name, input });
          if (!decided.ok) return await refuseWith(decided.refusal, title, refusals, show);
          const { value: preview } = decided;
          if (!(await show(title, { kind: "preview", preview }))) return { kind: "back" };
          const id = await ask("command.record", {
            name,
            title,
            input,
            digest: preview.digest,
            ...(about !== undefined && { about }),
            ...(isHeld && { holdMs }),
          });
          showHeld(id, title);
          return { kind: "confirmed", id };
        } catch (error) {
          if (!(error instanceof DeskFailure)) throw error;
          return refuseWith({ code: error.code, message: error.message }, title, refusals, show);
        }
      },
    [name, show],
  );
}

/**
 * As `useCommand`, and answers only when it is on the record: for a form that stays filled in while its outcome can be taken
 * back, and leads to what it made.
 */
export function useCommandToTheEnd<N extends CommandName>(name: N): Run<N> {
  const run = useCommand(name);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return useCallback(
    async (input, options) => {
      const end = await run(input, options);
      if (end.kind !== "confirmed") return end;
      const { state } = await ask("outbox.settled", { id: end.id });
      // She went elsewhere while it waited; nothing must pull her back.
      if (!isHere.current) return { kind: "left" };
      if (state === "removed") return { kind: "back" };
      return state === "recorded" ? { kind: "recorded", id: end.id } : end;
    },
    [run],
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
