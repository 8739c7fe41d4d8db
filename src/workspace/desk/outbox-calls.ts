import { refuse, type Refusal, type Result } from "#record/result.ts";
import type { Preview } from "./command.ts";
import type { Desk } from "./desk.ts";
import type { Confirmed, Removal, Settled, WaitingItem } from "./waiting-item.ts";
import { previewCommand, receiptsOf } from "./preview.ts";

export type CommandInput = { readonly name: string; readonly input: unknown };

export const outboxCalls = {
  /** What a command would put on the record now. */
  "command.preview": async (desk: Desk, { name, input }: CommandInput): Promise<Result<Preview, Refusal>> => {
    const command = desk.command(name);
    if (command === undefined || "run" in command) return refuse({ code: "command-unknown", message: name });
    return previewCommand(desk.session, command, input, await receiptsOf(command.files?.(input) ?? []));
  },

  /** Confirms what the preview with this digest showed. Kept on the device, then sent; answers with the item's number. */
  "command.record": async (
    desk: Desk,
    { name, ...confirmed }: Omit<Confirmed, "command"> & CommandInput,
  ): Promise<number> => desk.opened.outbox.add({ command: name, ...confirmed }),

  "outbox.items": async (desk: Desk): Promise<readonly WaitingItem[]> =>
    desk.isOpen ? desk.opened.outbox.items : [],

  /** Takes back what is not on the record, or says why not. */
  "outbox.remove": async (desk: Desk, { id }: { id: number }): Promise<Removal> =>
    desk.opened.outbox.remove(id),

  /** Ends the time for taking back of one item and of those before it. */
  "outbox.send-now": async (desk: Desk, { id }: { id: number }): Promise<void> =>
    desk.opened.outbox.sendNow(id),

  /** Ends the time for taking back of all: whoever leaves the page cannot take anything back any more. */
  "outbox.send-held": async (desk: Desk): Promise<void> => {
    if (desk.isOpen) await desk.opened.outbox.sendHeld();
  },

  "outbox.confirm": async (desk: Desk, { id, digest }: { id: number; digest: string }): Promise<void> =>
    desk.opened.outbox.confirm(id, digest),

  /** Waits until an item is on the record or stops. */
  "outbox.settled": async (desk: Desk, { id }: { id: number }): Promise<Settled> =>
    desk.opened.outbox.settled(id),

  /** Somebody has read that books of a colleague's device, which were shown first, were wrong. */
  "desk.difference-read": async (desk: Desk): Promise<void> => desk.opened.newcomer.read(),

  /** Tries now: the button beside "no connection". */
  "desk.catch-up": async (desk: Desk): Promise<void> => desk.catchUp(),
};
