import { useCallback } from "react";
import { ask, onDesk } from "#workspace/desk/client.ts";
import type { Settled } from "#workspace/desk/waiting-item.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { toast } from "#workspace/ui/toasts.tsx";
import type { BroughtFile } from "#workspace/desk/command.ts";
import type { StatementImportResult } from "./commands.ts";
import {
  asRefusal,
  change,
  fileOf,
  readAgain,
  readRestAgain,
  receiptNamed,
  type QueuedFile,
} from "./import-queue.ts";
import { importWords } from "./words.ts";

/**
 * Records files one after the other, in the order given: a table may lean on the statement before it, so each is decided on
 * the books that the one before left. What is refused or put off does not stop the others; each says so itself.
 */
export function useRecordFiles(): (keys: readonly number[]) => Promise<void> {
  const words = useWords(importWords);
  const importTable = useCommand("import.table");
  const importList = useCommand("import.list");
  return useCallback(
    async (keys) => {
      for (const key of keys) change(key, { state: { kind: "recording", id: undefined } });
      for (const key of keys) {
        const one = fileOf(key);
        if (one === undefined) continue;
        try {
          await recordOne(one);
        } catch (error) {
          change(key, { state: { kind: "refused", refusal: asRefusal(error) } });
        }
      }
      await readRestAgain();

      async function recordOne(one: QueuedFile): Promise<void> {
        const { key, file, reading, options, accepted } = one;
        const title = words.title1(file.name);
        if (reading?.kind === "statement") {
          const id = await ask("imports.begin", {
            name: file.name,
            file,
            title,
            ...options,
            ...(accepted !== undefined && { accepted }),
          });
          change(key, { state: { kind: "recording", id } });
          await settle(key, id, (result) =>
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the job of this command ends with
            change(key, { state: { kind: "imported", result: result as StatementImportResult | undefined } }),
          );
          return;
        }
        if (reading === undefined || reading.kind === "refused") return;
        // Not held: the next file may lean on this one, and its outcome is shown on its card at once.
        const how = { title, refusals: "caller", isHeld: false } as const;
        const end =
          reading.kind === "list"
            ? await importList({ what: reading.what, list: reading.list }, how)
            : await importTable(
                { what: reading.what, rows: reading.rows, files: broughtFiles(reading.needs) },
                how,
              );
        if (end.kind === "refused") change(key, { state: { kind: "refused", refusal: end.refusal } });
        else if ("id" in end) await settle(key, end.id, () => change(key, { state: { kind: "recorded" } }));
        else change(key, { state: { kind: "read" } });
      }

      async function settle(key: number, id: number, done: (result: unknown) => void): Promise<void> {
        const settled = await ask("outbox.settled", { id });
        if (settled.state !== "waiting") return ended(key, id, settled, done);
        change(key, { state: { kind: "waiting", id } });
        // It may be sent, refused or taken back hours later, and the file's card must not go on saying that it waits.
        void noLongerWaiting(id).then((later) => ended(key, id, later, done));
      }

      async function ended(
        key: number,
        id: number,
        settled: Settled,
        done: (result: unknown) => void,
      ): Promise<void> {
        if (settled.state === "recorded") return done(settled.result);
        // Read anew: a part of it may be on the record.
        if (settled.state === "removed") return readAgain(key, fileOf(key)?.options ?? {});
        if (settled.state === "refused" && settled.refusal !== undefined) {
          // It would hold up everything behind it; the file is still here to be tried again.
          const removal = await ask("outbox.remove", { id });
          const remains = typeof removal === "string" ? [] : removal.remains;
          change(key, { state: { kind: "refused", refusal: settled.refusal, remains } });
          toast(words.stopped, "bad");
          return;
        }
        change(key, { state: { kind: "waiting", id } });
      }
    },
    [words, importTable, importList],
  );
}

/** Ends when an item of the outbox has gone from it or needs somebody's look. */
function noLongerWaiting(id: number): Promise<Settled> {
  return new Promise((resolve) => {
    const look = async () => {
      const item = (await ask("outbox.items", {})).find((one) => one.id === id);
      if (item?.state === "waiting" || item?.state === "sending") return;
      stop();
      // Rejected after signing out: then nobody looks at the card any more.
      ask("outbox.settled", { id }).then(resolve, () => undefined);
    };
    const stop = onDesk((event) => {
      if (event.kind === "changed") void look();
    });
    void look();
  });
}

/** The receipts among the files of this tab that the rows of a table name. */
function broughtFiles(needs: readonly string[]): readonly BroughtFile[] {
  return needs.flatMap((name) => {
    const content = receiptNamed(name);
    return content === undefined ? [] : [{ name, content }];
  });
}
