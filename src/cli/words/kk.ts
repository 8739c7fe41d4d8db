import type { Words } from "./language.ts";
import { en } from "./en.ts";
export const kk: Words = en;
