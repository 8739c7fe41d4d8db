import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect } from "vitest";
import { aigaq, aigaqDone, aigaqJson } from "#test/cli/aigaq.ts";
import { cheapen } from "#test/cli/prepared.ts";
import type { Step } from "./read-story.ts";

/** What a story has put together and not yet handed to the program. */
type Waiting = { appeals: object[]; posts: object[]; rows: Map<string, string[][]> };

const tables = {
  decision: { command: "decisions", head: ["bank_reference", "appeal", "ground", "decided_by"] },
  refund: { command: "refunds", head: ["bank_reference", "date", "amount", "currency", "reason"] },
  payment: {
    command: "spending",
    head: ["id", "date", "appeal", "category", "amount", "currency", "payee", "receipt"],
  },
  confirmation: { command: "confirmations", head: ["spending", "role", "date"] },
} as const;

/**
 * Tells a story through the command line, as the people in it would: facts become the files that they would have, and are
 * imported before the next expectation; an expectation asks the program and compares.
 */
export class Telling {
  readonly #folder: string;
  readonly #data: string;
  #name = "";
  #policy = {};
  #statement:
    | { head: Extract<Step, { kind: "statement" }>; rows: Extract<Step, { kind: "row" }>[] }
    | undefined;
  #lastStatement = "";
  #dossiers = 0;
  #waiting: Waiting = { appeals: [], posts: [], rows: new Map() };

  constructor(folder: string) {
    this.#folder = folder;
    this.#data = join(folder, "data");
  }

  async take(step: Step): Promise<void> {
    if (step.kind.startsWith("expect") || step.kind === "statement") await this.#handOver();
    switch (step.kind) {
      case "title":
        return;
      case "foundation":
        this.#name = step.name;
        return;
      case "policy":
        this.#policy = { unsigned: "general", shortfall: "general" };
        return;
      case "appeal": {
        const [kk, ru, en] = step.titles;
        const { id, hashtag, opened } = step;
        this.#waiting.appeals.push({ id, hashtag, opened, title: { kk, ru, en }, currency: "KZT" });
        return;
      }
      case "post": {
        const { id, appeal, form, published, sum } = step;
        this.#waiting.posts.push({ id, appeal, kind: form, published, target: sum });
        return;
      }
      case "statement":
        this.#statement = { head: step, rows: [] };
        return;
      case "row":
        this.#statement?.rows.push(step);
        return;
      case "closing":
        await this.#importStatement(step.amount);
        return;
      case "statement again": {
        await this.#handOver();
        const again = await aigaq(["statement", "import", this.#lastStatement, "--data", this.#data]);
        expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/nothing was added/iu) });
        return;
      }
      case "decision":
      case "refund":
      case "payment":
      case "confirmation": {
        const rows = this.#waiting.rows.get(step.kind) ?? [];
        this.#waiting.rows.set(step.kind, [...rows, [...step.cells]]);
        return;
      }
      default:
        await this.#expect(step);
    }
  }

  async #handOver(): Promise<void> {
    const { appeals, posts, rows } = this.#waiting;
    this.#waiting = { appeals: [], posts: [], rows: new Map() };
    if (!existsSync(this.#data)) {
      await aigaqDone(["init", "--data", this.#data, "--name", this.#name]);
      await cheapen(this.#data);
    }
    if (appeals.length > 0)
      await this.#import("appeals", "json", JSON.stringify({ ...this.#policy, appeals }));
    if (posts.length > 0) await this.#import("posts", "json", JSON.stringify(posts));
    for (const kind of ["decision", "refund", "payment", "confirmation"] as const) {
      const { command, head } = tables[kind];
      const lines = rows.get(kind)?.map((cells) => cells.map((cell) => `"${cell}"`).join(","));
      if (lines !== undefined) await this.#import(command, "csv", [head.join(","), ...lines, ""].join("\n"));
    }
  }

  async #import(command: string, kind: string, content: string): Promise<void> {
    const path = join(this.#folder, `${command}.${kind}`);
    writeFileSync(path, content);
    await aigaqDone([command, "import", path, "--data", this.#data]);
    rmSync(path);
  }

  /** The bank's own file, in the form that banks of Kazakhstan write for 1C. */
  async #importStatement(closing: string): Promise<void> {
    const { head, rows } = this.#statement ?? {};
    if (head === undefined || rows === undefined) throw new Error("closing without a statement");
    await this.#handOver();
    const total = (direction: string) => {
      const own = rows.filter((row) => row.direction === direction);
      const minor = own.reduce((sum, row) => sum + BigInt(row.amount.replace(".", "")), 0n);
      return `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;
    };
    const day = (date: string) => date.split("-").toReversed().join(".");
    const account = `РасчСчет=${head.account}`;
    const lines = ["1CClientBankExchange", "ВерсияФормата=2.00", "Кодировка=UTF8", "СекцияРасчСчет"];
    lines.push(`ДатаНачала=${day(head.from)}`, `ДатаКонца=${day(head.to)}`, account);
    lines.push(`НачальныйОстаток=${head.opening}`, `ВсегоПоступило=${total("in")}`);
    lines.push(`ВсегоСписано=${total("out")}`, `КонечныйОстаток=${closing}`, "КонецРасчСчет");
    for (const { date, direction, amount, reference, party, memo } of rows) {
      const isIn = direction === "in";
      lines.push("СекцияДокумент=ПлатежноеПоручение", `ДатаОперации=${day(date)}`);
      lines.push(`${isIn ? "СуммаПриход" : "СуммаРасход"}=${amount}`, `НомерДокумента=${reference}`);
      lines.push(`${isIn ? "ПлательщикНаименование" : "ПолучательНаименование"}=${party}`);
      lines.push(`${isIn ? "ПолучательИИК" : "ПлательщикИИК"}=${head.account}`, `НазначениеПлатежа=${memo}`);
      lines.push(`Сумма=${amount}`, `Валюта=${head.currency}`, "КонецДокумента");
    }
    this.#lastStatement = join(this.#folder, "statement.txt");
    writeFileSync(this.#lastStatement, [...lines, "КонецФайла", ""].join("\r\n"));
    await aigaqDone(["statement", "import", this.#lastStatement, "--data", this.#data]);
    this.#statement = undefined;
  }

  async #expect(step: Step): Promise<void> {
    const ask = (...words: string[]) => aigaqJson([...words, "--data", this.#data]);
    switch (step.kind) {
      case "expect figure": {
        const { figure, sum, count } = step;
        const view = await ask("funds", "show", step.appeal);
        const names = { returned: "refunded", covered: "coveredFromGeneral", left: "balance" } as const;
        const found = view[figure in names ? names[figure as keyof typeof names] : figure];
        const things = figure === "spent" ? "payments" : "donations";
        expect(found).toEqual([{ ...sum, ...(count !== undefined && { [things]: count }) }]);
        return;
      }
      case "expect general": {
        const { general } = await ask("funds");
        expect(general).toEqual({ ...step.sum, donations: step.count });
        return;
      }
      case "expect targets": {
        const words = await aigaqDone(["funds", "--data", this.#data]);
        // As the page says it to people: both sums stand in one sentence, in this order.
        const sums = /add up to ([\d,. ]+) KZT.*?([\d,.]+) KZT was asked/su.exec(
          words.replaceAll("\u00a0", " "),
        );
        const digits = sums?.[step.once ? 2 : 1]?.replace(/\D/gu, "");
        expect(digits).toBe(step.sum.minor);
        return;
      }
      case "expect confirmed":
        expect((await ask("funds", "show", step.appeal)).confirmedByBoth).toBe(step.count);
        return;
      case "expect unmatched":
        expect(Object.values(await ask("unmatched")).flat()).toEqual([]);
        return;
      case "expect record":
        expect(await ask("log", "check")).toMatchObject({ verdict: "held" });
        return;
      case "expect claim":
        return this.#expectClaim(step);
      case "expect dossier": {
        const files = unzipSync(readFileSync(this.#dossier()));
        const page = Object.keys(files).find((name) => name.endsWith(`/statement.${step.language}.html`));
        expect(new TextDecoder().decode(files[page ?? ""])).toContain(step.words);
        return;
      }
      case "expect altered": {
        const bytes = readFileSync(this.#dossier());
        const at = bytes.indexOf("/data/entries/") + 200;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        const altered = join(this.#folder, "altered.zip");
        writeFileSync(altered, bytes);
        expect(await aigaq(["dossier", "verify", altered])).toMatchObject({ code: 1 });
        return;
      }
      default:
        throw new Error(`line ${step.line}: nothing tells ${step.kind}`);
    }
  }

  #dossier(): string {
    return join(this.#folder, `dossier-${this.#dossiers}.zip`);
  }

  /** A false claim is refused by a sound dossier: it holds, and what it shows is another sum. */
  async #expectClaim({ claim, appeal, found }: Extract<Step, { kind: "expect claim" }>): Promise<void> {
    this.#dossiers += 1;
    const out = this.#dossier();
    await aigaqDone([
      "dossier",
      "make",
      "--appeal",
      appeal,
      "--claim",
      claim,
      "--out",
      out,
      "--data",
      this.#data,
    ]);
    const stranger = { env: { AIGAQ_PASSPHRASE: undefined }, cwd: this.#folder };
    const report = await aigaqJson(["dossier", "verify", out], stranger);
    expect(report).toMatchObject({
      verdict: "held",
      claim: { asserted: claim, agrees: found === undefined },
    });
    if (found === undefined) return;
    const digits = `${BigInt(found.minor) / 100n}`;
    expect(JSON.stringify(report.claim.found)).toMatch(new RegExp(`\\b${digits}`, "u"));
  }
}
