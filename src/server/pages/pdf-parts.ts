/** What the site makes PDFs with, from the installed packages; read when the first PDF is asked for. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PdfParts } from "#site/pdf/typst.ts";

export async function readPdfParts(): Promise<PdfParts> {
  const read = (path: string) => new Uint8Array(readFileSync(path));
  const fonts = dirname(fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-serif/package.json")));
  return {
    wasm: read(fileURLToPath(import.meta.resolve("@myriaddreamin/typst-ts-web-compiler/wasm"))),
    fonts: ["400Regular", "700Bold"].map((style) => read(join(fonts, style, `NotoSerif_${style}.ttf`))),
  };
}
