import { Menu } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** Chromium's question whether to install; other browsers have it in their own menu. */
type InstallEvent = Event & { prompt(): Promise<unknown> };

let offer: InstallEvent | undefined;
const listeners = new Set<() => void>();

function keep(next: InstallEvent | undefined): void {
  offer = next;
  for (const listener of listeners) listener();
}

globalThis.addEventListener("beforeinstallprompt", (event) => {
  // Asked by the browser at once it would stand before the first screen; it waits in the menu until it is wanted.
  event.preventDefault();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this event has no type in TypeScript's library
  keep(event as InstallEvent);
});
globalThis.addEventListener("appinstalled", () => keep(undefined));

/** "Install on this device", where the browser offers it. */
export function InstallItem() {
  const words = useWords(shellWords);
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offer,
  );
  if (current === undefined) return null;
  return (
    <Menu.Item leftSection={<Icon name="device" size={18} />} onClick={() => void current.prompt()}>
      {words.install}
    </Menu.Item>
  );
}
