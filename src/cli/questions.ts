/**
 * Questions to whoever sits at the terminal. Where there is none, the lines of standard input are the answers, in order: so a
 * program, or one person who reads to another, can give them. Nothing that is asked as a secret is shown or kept.
 */
import process from "node:process";
import { createInterface, type Interface } from "node:readline";
import { readHidden } from "./passphrase.ts";

export class Questions implements Disposable {
  #piped: { readonly lines: AsyncIterator<string>; readonly from: Interface } | undefined;

  get isTerminal(): boolean {
    return process.stdin.isTTY;
  }

  /** The answer, or undefined when there are no more lines. */
  async ask(question: string, { isSecret = false } = {}): Promise<string | undefined> {
    if (!this.isTerminal) return await this.#nextLine();
    process.stderr.write(`${question} `);
    if (isSecret) return await readHidden();
    const from = createInterface({ input: process.stdin });
    try {
      return await new Promise((resolve) => {
        from.once("line", resolve);
        from.once("close", () => resolve(undefined));
      });
    } finally {
      from.close();
    }
  }

  async #nextLine(): Promise<string | undefined> {
    if (this.#piped === undefined) {
      const from = createInterface({ input: process.stdin });
      this.#piped = { lines: from[Symbol.asyncIterator](), from };
    }
    const next = await this.#piped.lines.next();
    return next.done === true ? undefined : next.value;
  }

  /** Else a pipe that stays open would keep the program waiting. */
  [Symbol.dispose](): void {
    this.#piped?.from.close();
    if (this.#piped !== undefined) process.stdin.destroy();
  }
}
