import { entryLabels, labelOf } from "./funds/labels.ts";
import { organisationLabels } from "./organisation/labels.ts";

/** Every entry type of the record, by the folder that knows what it says: the one place that knows every folder. */
export const entryTypes: ReadonlyMap<string, "funds" | "organisation"> = new Map([
  ...Object.keys(organisationLabels).map((type) => [type, "organisation"] as const),
  ...Object.keys(entryLabels).map((type) => [type, "funds"] as const),
]);

/** What an entry is called for people; a type that is not in the catalogue is called by its own name. */
export function entryLabel(type: string, language: "kk" | "ru" | "en"): string {
  return labelOf({ ...organisationLabels, ...entryLabels }, type, language);
}
