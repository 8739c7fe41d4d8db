import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "./aigaq.ts";
import { foundation, scratchFolder } from "./prepared.ts";

/** One mistake of a person. `{data}` among the words stands for the sample foundation's folder. */
export type Mistake = {
  readonly what: string;
  readonly words: readonly string[];
  /** The refusal's code; empty where there is none to read. */
  readonly code: string;
  readonly says: RegExp;
  readonly env?: Surroundings["env"];
};

export const sample = (name: string): string => join(foundation, name);
export const scratch = scratchFolder();

/** Writes a file that a person might have and gives its path. */
export function written(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

const firstStatement = readFileSync(sample("kzt-1.1c.txt"), "utf8");
export const notAStatement = written("letter.txt", "Dear bank,\nplease send us our statement.\n");
export const wrongTotal = written(
  "wrong-total.txt",
  firstStatement.replace("КонечныйОстаток=16125122.00", "КонечныйОстаток=16125123.00"),
);
export const cutOff = written("cut-off.txt", firstStatement.slice(0, 3000));
export const ruined = written("ruined.txt", firstStatement.replace(/[а-яё]/giu, "?"));
export const wordsForDecisions = "bank_reference,appeal,ground,decided_by";
