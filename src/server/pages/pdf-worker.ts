// The thread that typesets statements, one after the other.
import { parentPort } from "node:worker_threads";
import { loadPdfMaker, type TypstDocument } from "#site/pdf/typst.ts";
import { readPdfParts } from "./pdf-parts.ts";

if (parentPort !== null) {
  const port = parentPort;
  const maker = readPdfParts().then(loadPdfMaker);
  let last: Promise<void> = Promise.resolve();
  port.on("message", (document: TypstDocument) => {
    last = answerAfter(last, document);
  });
  async function answerAfter(before: Promise<void>, document: TypstDocument): Promise<void> {
    await before;
    try {
      port.postMessage({ pdf: (await maker).make(document) });
    } catch (cause) {
      port.postMessage({ problem: cause instanceof Error ? cause.message : String(cause) });
    }
  }
}
