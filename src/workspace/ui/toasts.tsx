import { notifications } from "@mantine/notifications";

/** A short message that goes away by itself; for what nobody has to act on. */
export function toast(text: string, tone: "plain" | "bad" = "plain"): void {
  notifications.show({ message: text, ...(tone === "bad" && { color: "red.8" }) });
}
