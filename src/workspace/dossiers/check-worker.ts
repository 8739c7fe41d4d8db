/** Checks a dossier beside the desk: thousands of signatures take seconds, and neither screen nor desk should wait for them. */
import "#record/portable.ts";
import { checkDossier, type DossierReport } from "#dossier/check.ts";

export type CheckAnswer = { readonly report: DossierReport } | { readonly problem: string };

globalThis.addEventListener("message", ({ data }: MessageEvent<Uint8Array>) => {
  void checkDossier(data).then(
    (report) => globalThis.postMessage({ report } satisfies CheckAnswer),
    (error: unknown) => globalThis.postMessage({ problem: String(error) } satisfies CheckAnswer),
  );
});
