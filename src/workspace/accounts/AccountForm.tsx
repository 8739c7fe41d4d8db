import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import type { CommandEnd } from "#workspace/ui/command.tsx";
import { accountWords } from "./words.ts";

type AccountFormProps = {
  /** Previews and records what was filled in; undefined while something is missing. */
  readonly send: (() => Promise<CommandEnd>) | undefined;
  /** It was recorded, or is no longer wanted. */
  readonly onEnd: () => void;
  readonly children: ReactNode;
};

/** What is filled in on the screens of accounts, in its place, without leaving them. */
export function AccountForm({ send, onEnd, children }: AccountFormProps) {
  const words = useWords(accountWords);
  const finish = async (): Promise<void> => {
    if ((await send?.())?.kind === "confirmed") onEnd();
  };
  return (
    <form
      className="card form account-form"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void finish();
      }}
    >
      {children}
      <div className="buttons">
        <Button type="submit" disabled={send === undefined}>
          {words.next}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
