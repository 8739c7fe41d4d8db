import { readFileSync } from "node:fs";
import { checkDossier } from "#dossier/check.ts";
import { startTimer } from "./entries.ts";
import { verifyDossierFloor, type DossierTime } from "./floor/dossier.ts";

export type DossierTask = { readonly path: string };

/** The whole of `aigaq dossier verify` but for reading the file and printing; compilation of a first run included. */
export async function verifyDossierOurs({ path }: DossierTask): Promise<{ ms: number; cpuMs: number }> {
  const zip = new Uint8Array(readFileSync(path));
  const stop = startTimer();
  const { verdict } = await checkDossier(zip);
  const time = stop();
  if (verdict !== "held") throw new Error("the dossier does not hold");
  return time;
}

export const verifyDossierBare = ({ path }: DossierTask): DossierTime =>
  verifyDossierFloor(readFileSync(path));
