import { useEffect, useState } from "react";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** How often a tab that stays open looks for a newer version. */
const lookEveryMs = 30 * 60_000;

/** Starts the service worker, and says when a newer version waits. It is never put in place under someone's hands. */
export function UpdateNotice() {
  const words = useWords(shellWords);
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const follow = async () => {
      const registration = await navigator.serviceWorker.register("/app/service-worker.js");
      const look = (worker: ServiceWorker | null) => {
        const ready = () => {
          if (worker?.state === "installed" && navigator.serviceWorker.controller !== null)
            setWaiting(worker);
        };
        worker?.addEventListener("statechange", ready);
        ready();
      };
      look(registration.waiting);
      registration.addEventListener("updatefound", () => look(registration.installing));
      timer = setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
    };
    // Without it everything works, only not without a connection.
    void follow().catch(() => undefined);
    return () => clearInterval(timer);
  }, []);
  if (waiting === undefined) return null;
  return (
    <div className="strip" role="status">
      <span>{words.updateWaits}</span>
      <button
        type="button"
        className="plain-button"
        onClick={() => {
          navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
          waiting.postMessage("take-over");
        }}
      >
        {words.updateNow}
      </button>
    </div>
  );
}
