/**
 * The sample foundation on a real server, put there the way a browser does it: by a desk that founds, reads each file and
 * records it. For tests whose subject begins where the files are in.
 */
import { openAsBlob, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectOk, type Refusal, type Result } from "#record/result.ts";
import { foundation, readTable } from "#test/books/sample-files.ts";
import { sampleFiles } from "#test/books/sample-foundation.ts";
import { receiptPdf } from "#test/cli/receipts.ts";
import { fetchWithCookies } from "#test/workspace/cookies.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { BroughtFile, Preview } from "#workspace/desk/command.ts";
import { commandNamed, type CommandName, type InputOf } from "#workspace/desk/commands.ts";
import { Desk } from "#workspace/desk/desk.ts";

/** The invented passphrase of every officer here. */
export const passphrase = "korrekt pferd batterie klammer";
export const foundationName = "Үлгі";

/** A receipt for each payment of the sample, by the name that spending.csv gives it. */
export function sampleReceipts(): BroughtFile[] {
  return readTable("spending.csv").map(({ values }) => ({
    name: values["receipt"] ?? "",
    content: new Blob([new Uint8Array(receiptPdf(values))]),
  }));
}

/** A desk in this process, over HTTP, with the cookie of a browser of its own. */
export class NodeDesk implements Disposable {
  readonly desk: Desk;

  constructor(address: string) {
    this.desk = new Desk({
      origin: address,
      tell: () => undefined,
      now: () => Date.now(),
      command: commandNamed,
      fetcher: fetchWithCookies(address),
    });
  }

  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
    return anyCall[name]?.(this.desk, input) as Promise<CallAnswer<N>>;
  }

  /** Starts the foundation and signs its officer in; answers with the trustees' shares. */
  async found(): Promise<readonly string[]> {
    const { shares } = await this.ask("foundation.prepare", {
      name: foundationName,
      languages: ["kk", "ru", "en"],
      currency: "KZT",
      officerName: "Айгүл Мысалова",
      lock: { kind: "passphrase", passphrase },
      recovery: { threshold: 2, trustees: ["Дана", "Пётр", "Zhanar"] },
    });
    expectOk(await this.ask("foundation.start", { rehearsed: true }));
    return shares.map(({ text }) => text);
  }

  async signIn(member = "M-01"): Promise<void> {
    await this.ask("sign-in", { member, key: { kind: "passphrase", passphrase } });
  }

  /** Previews, confirms and waits until it is on the record. */
  async record<N extends CommandName>(name: N, input: InputOf<N>): Promise<void> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the answer of this call for every command
    const answer = (await this.ask("command.preview", { name, input } as never)) as Result<Preview, Refusal>;
    const { digest } = expectOk(answer);
    const id = await this.ask("command.record", { name, title: name, input, digest } as never);
    await this.#settled(id as number, name);
  }

  async #settled(id: number, what: string): Promise<void> {
    const settled = await this.ask("outbox.settled", { id });
    if (settled.state !== "recorded") throw new Error(`${what}: ${JSON.stringify(settled)}`);
  }

  /** Reads a file of the sample and records what it is, with the receipts that it names. */
  async importFile(name: string, receipts: readonly BroughtFile[] = []): Promise<void> {
    const path = join(foundation, name);
    const file = await openAsBlob(path);
    const reading = await this.ask("imports.read", { name, file });
    switch (reading.kind) {
      case "statement": {
        const id = await this.ask("imports.begin", { name, file, title: name });
        await this.#settled(id, name);
        return;
      }
      case "list":
        await this.record("import.list", { what: reading.what, list: reading.list });
        return;
      case "table": {
        const files = receipts.filter((one) => reading.needs.includes(one.name));
        await this.record("import.table", { what: reading.what, rows: reading.rows, files });
        return;
      }
      case "refused":
        throw new Error(`${name}: ${JSON.stringify(reading.refusal)} ${readFileSync(path).length}`);
    }
  }

  /** The whole sample. */
  async importSample(receipts: readonly BroughtFile[] = []): Promise<void> {
    for (const name of sampleFiles) await this.importFile(name, receipts);
  }

  /** Closes the first weeks of the record, so that the public site shows something. */
  async closeWeeks(count: number): Promise<void> {
    for (const { week } of (await this.ask("periods.weeks", {}))
      .toSorted((a, b) => (a.week < b.week ? -1 : 1))
      .slice(0, count))
      await this.record("period.close", { week });
  }

  [Symbol.dispose](): void {
    this.desk.close();
  }
}
