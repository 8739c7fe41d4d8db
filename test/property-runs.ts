import * as fc from "fast-check";

/**
 * Each property is tried with a hundred cases, in other places at each run. `AIGAQ_PROPERTY_RUNS=3000 npm run check` tries
 * more: a property that fails once in a thousand cases would else stop somebody's work on an unrelated day. Properties whose
 * cases are dear name their own number, and keep it.
 */
const runs = Number(process.env["AIGAQ_PROPERTY_RUNS"] ?? 0);
if (runs > 0) fc.configureGlobal({ numRuns: runs });
