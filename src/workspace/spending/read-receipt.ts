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

/** A photo is cleaned in memory as a whole; a PDF beyond that is looked into at its two ends. */
const wholeBytesMax = 25 * 1024 * 1024;
const endBytes = 8 * 1024 * 1024;
/** Sealed and padded it may be an eighth longer, and the server takes 2 GiB. */
const receiptBytesMax = 1_900_000_000;

/** Cleans a photo on this device, or looks into a PDF. Nothing is sent by this. */
export async function readReceipt(name: string, content: Blob): Promise<ReadReceipt> {
  try {
    return await readWhole(name, content);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // The browser holds a name, not a copy: the file was changed, moved or its stick pulled out meanwhile.
    return refused("file-unreadable", "the file was changed or removed; choose it again");
  }
}

async function readWhole(name: string, content: Blob): Promise<ReadReceipt> {
  const isLarge = content.size > wholeBytesMax;
  if (content.size > receiptBytesMax) return tooLarge;
  const ends = isLarge ? [content.slice(0, endBytes), content.slice(-endBytes)] : [content];
  const bytes = new Uint8Array(await new Blob(ends).arrayBuffer());
  const pdf = inspectPdf(bytes);
  if (pdf !== undefined) {
    const { found, isComplete } = pdf;
    return { kind: "pdf", receipt: { file: { name, content } }, found, isComplete: isComplete && !isLarge };
  }
  if (isLarge) return tooLarge;
  const cleaned = cleanImage(bytes);
  if (!cleaned.ok) return { kind: "refused", refusal: cleaned.refusal };
  const { bytes: clean, removed } = cleaned.value;
  return {
    kind: "image",
    receipt: {
      file: { name, content: new Blob([new Uint8Array(clean)]) },
      ...(removed.length > 0 && { original: content }),
    },
    removed,
  };
}

const tooLarge = refused("receipt-too-large", "a photo may have 25 MB, a PDF 1.9 GB");

function refused(code: string, message: string): ReadReceipt {
  return { kind: "refused", refusal: { code, message } };
}
