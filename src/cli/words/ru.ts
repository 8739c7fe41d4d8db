import type { Words } from "./language.ts";
import { en } from "./en.ts";
export const ru: Words = en;
