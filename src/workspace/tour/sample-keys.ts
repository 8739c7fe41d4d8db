import { sha256 } from "#record/hash.ts";
import { utf8 } from "#record/bytes.ts";

/** Name of the sample's log: of the form that every log has. */
export const sampleOrigin = "aigaq/0000000000000001";

/** Keys that everybody knows: the sample is invented and may be changed by whoever looks at it, in his own tab. */
export const sampleSeeds = { log: sha256(utf8("the log of the sample foundation")) };
