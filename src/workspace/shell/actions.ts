import { subjects } from "./routes.tsx";
import type { Action } from "./subject.ts";

/** Everything that the subjects offer to the palette; a subject lists its own in `subject.ts`. */
export const actions: readonly Action[] = subjects.flatMap(({ actions = [] }) => actions);
