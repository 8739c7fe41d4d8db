import { deflateSync } from "node:zlib";

/**
 * A small PDF that looks like a receipt: its text stands in a deflated stream, as in real ones, and its title in the
 * clear. The payee stands in UTF-16, as PDF writes what is not Latin.
 */
export function receiptPdf(payment: Readonly<Record<string, string>>): Uint8Array {
  const payee = utf16Hex(payment["payee"] ?? "");
  const text = `BT /F1 12 Tf 72 720 Td (${payment["id"] ?? ""} ${payment["amount"] ?? ""}) Tj 0 -20 Td <${payee}> Tj ET`;
  const stream = deflateSync(Buffer.from(text, "latin1"));
  const parts = [
    "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n",
    "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n",
    "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >> endobj\n",
    `4 0 obj << /Length ${stream.length} /Filter /FlateDecode >> stream\n`,
    stream,
    `\nendstream endobj\n5 0 obj << /Title <feff${payee}> >> endobj\ntrailer << /Root 1 0 R /Info 5 0 R >>\n%%EOF\n`,
  ];
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
}

function utf16Hex(text: string): string {
  return Buffer.from(text, "utf16le").swap16().toString("hex");
}
