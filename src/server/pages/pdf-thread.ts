/** Typesetting in a thread beside the server: a page must not wait for somebody's statement. */
import { Worker } from "node:worker_threads";
import type { TypstDocument } from "#site/pdf/typst.ts";

/** How long the thread stays for the next statement; it holds some 100 MB. */
const idleMs = 60_000;

type Asked = { resolve(pdf: Uint8Array): void; reject(cause: unknown): void };

export class PdfThread {
  #worker: Worker | undefined;
  readonly #asked: Asked[] = [];
  #idle: NodeJS.Timeout | undefined;

  /** The PDF of a document, after those asked for before it. Starts the thread when it is not there. */
  make(document: TypstDocument): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      worker.postMessage(document);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./pdf-worker.ts", import.meta.url));
    // It must not keep a server alive that is stopping.
    worker.unref();
    worker.on("message", (answer: { pdf: Uint8Array } | { problem: string }) => {
      const asked = this.#asked.shift();
      if ("pdf" in answer) asked?.resolve(answer.pdf);
      else asked?.reject(new Error(answer.problem));
      if (this.#asked.length > 0) return;
      this.#idle = setTimeout(() => this.#end(), idleMs);
      this.#idle.unref();
    });
    worker.on("error", (cause) => {
      this.#worker = undefined;
      for (const { reject } of this.#asked.splice(0)) reject(cause);
    });
    return worker;
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}
