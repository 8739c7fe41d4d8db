import { cleanImage } from "#workspace/receipts/clean-image.ts";
import { inspectPdf } from "#workspace/receipts/inspect-pdf.ts";
import type { Metadata } from "#workspace/receipts/metadata.ts";
import type { Refusal } from "#record/result.ts";
import type { BroughtReceipt } from "./commands.ts";

/** A receipt that was chosen, and what its file told besides what it shows. */
export type ReadReceipt =
  | {
      readonly kind: "image";
      readonly receipt: BroughtReceipt;
      /** Taken out of the copy that may be shown. */
      readonly removed: readonly Metadata[];
    }
  | {
      readonly kind: "pdf";
      readonly receipt: BroughtReceipt;
      /** Still in it: a PDF is not changed, because that would break signatures. */
      readonly found: readonly Metadata[];
      readonly isComplete: boolean;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Larger than any receipt; the sealing holds it in memory once. */
export const receiptBytesMax = 25 * 1024 * 1024;

/** Cleans a photo on this device, or looks into a PDF. Nothing is sent by this. */
export function readReceipt(name: string, bytes: Uint8Array): ReadReceipt {
  if (bytes.length > receiptBytesMax)
    return {
      kind: "refused",
      refusal: { code: "receipt-too-large", message: "the file has more than 25 MB" },
    };
  const pdf = inspectPdf(bytes);
  if (pdf !== undefined) return { kind: "pdf", receipt: { file: { name, bytes } }, ...pdf };
  const cleaned = cleanImage(bytes);
  if (!cleaned.ok) return { kind: "refused", refusal: cleaned.refusal };
  const { bytes: clean, removed } = cleaned.value;
  return {
    kind: "image",
    receipt: { file: { name, bytes: clean }, ...(removed.length > 0 && { original: bytes }) },
    removed,
  };
}
