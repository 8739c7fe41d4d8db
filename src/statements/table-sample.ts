import { csvSample } from "./csv.ts";
import { detect } from "./detect.ts";
import type { ByteSource } from "./source.ts";
import { xlsxSample } from "./xlsx.ts";

/**
 * The first rows of a table as text, for a person who says which column is which. Undefined when the file is no table
 * (MT940, CAMT and the like name their fields themselves).
 */
export async function tableSample(source: ByteSource): Promise<readonly (readonly string[])[] | undefined> {
  const detected = detect(source);
  if (!detected.ok) return undefined;
  if (detected.value === "csv") return csvSample(source);
  return detected.value === "xlsx" ? xlsxSample(source) : undefined;
}
