import type { DossierReport } from "#dossier/check.ts";
import type { CheckAnswer } from "./check-worker.ts";

/** Runs the verifier's own check in a worker of its own, which ends with it. */
export function checkInWorker(bytes: Uint8Array): Promise<DossierReport> {
  const worker = new Worker(new URL("./check-worker.ts", import.meta.url), {
    type: "module",
    name: "dossier-check",
  });
  return new Promise<DossierReport>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<CheckAnswer>) => {
      if ("report" in data) resolve(data.report);
      else reject(new Error(data.problem));
    });
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.postMessage(bytes);
  }).finally(() => worker.terminate());
}
