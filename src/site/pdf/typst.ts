import { utf8 } from "#record/bytes.ts";
import { assert } from "#record/result.ts";

/**
 * What makes a PDF, handed in by whoever has files: the compiler's WebAssembly and the fonts, as bytes. Typst sees no other
 * font, so a letter that these lack would show; a test looks at all letters of the three languages.
 */
export type PdfParts = { readonly wasm: Uint8Array; readonly fonts: readonly Uint8Array[] };

/** A document: a Typst source, and files that it reads by name. Nothing is fetched and no other file is seen. */
export type TypstDocument = {
  readonly source: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

export type PdfMaker = { make(document: TypstDocument): Uint8Array };

/**
 * Loads the compiler: half a second and some hundred megabytes, so it is done when the first PDF is asked for and kept. The
 * same document gives the same bytes, because its date is given in the source and no clock is read.
 */
export async function loadPdfMaker({ wasm, fonts }: PdfParts): Promise<PdfMaker> {
  const { default: start, TypstCompilerBuilder } = await import("@myriaddreamin/typst-ts-web-compiler");
  await start({ module_or_path: new Uint8Array(wasm) });
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of fonts) await builder.add_raw_font(font);
  const compiler = await builder.build();
  return {
    make({ source, files }) {
      compiler.reset();
      compiler.reset_shadow();
      for (const { name, bytes } of files) compiler.map_shadow(`/${name}`, bytes);
      compiler.add_source("/main.typ", source);
      // The name of a format that the compiler does not know gives its own format and no error, hence the look at the result.
      const answer: unknown = compiler.compile("/main.typ", undefined, "pdf", plainDiagnostics);
      const pdf =
        typeof answer === "object" && answer !== null && "result" in answer ? answer.result : undefined;
      assert(
        pdf instanceof Uint8Array && magic.every((byte, i) => pdf[i] === byte),
        `the statement compiles: ${JSON.stringify(answer).slice(0, 500)}`,
      );
      return pdf;
    },
  };
}

const plainDiagnostics = 1;
const magic = utf8("%PDF-");
