/** What can keep something that waits from being sent: which errors pass by themselves, and the words for those that do not. */
import type { Refusal } from "#record/result.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Item } from "./waiting-item.ts";

export const unreadableRefusal: Refusal = {
  code: "waiting-unreadable",
  message:
    "What this device keeps of this decision cannot be read: it was altered, or sealed under keys that you no longer have. Look under Activity whether it is on the record; drop it here, and confirm it again if it is not.",
};

/** Stands in the list for one that does not open, so that she can drop it. */
export function unreadableItem(id: number): Item {
  return {
    id,
    command: "",
    title: "",
    input: {},
    digest: "",
    at: 0,
    state: "refused",
    refusal: unreadableRefusal,
    isUnreadable: true,
  };
}

export const noRoomToSend: Refusal = {
  code: "device-full-to-send",
  message:
    "This device has no room left for the browser, so this waits: before it is sent, what is sent must be noted here. It is kept. Free some space; it is tried again by itself.",
};

/** The books turned out to be somebody else's word while it was decided; `isUnchecked` of the session. */
export function isUnchecked(error: unknown): boolean {
  return error instanceof Failure && error.code === "books-unchecked";
}

/** Too many requests for now, or storage that does not answer for now. */
export function isBusy(error: unknown): boolean {
  const status = error instanceof Failure ? error.details["status"] : undefined;
  return status === 429 || status === 503;
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  return { code: "bug", message: error instanceof Error ? error.message : String(error) };
}
