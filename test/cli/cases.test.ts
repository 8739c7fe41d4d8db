// A case is not an appeal and not a post: what several appeals brought for one girl is asked by case, with her share of each.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { aigaq, aigaqDone, aigaqJson } from "./aigaq.ts";
import { clearScratch, copyOf, foundation, importFile, newFolder, scratchFolder, slow } from "./prepared.ts";

afterAll(clearScratch);

test(
  "the money of a case is its share of its appeals, and a dossier of it verifies",
  async () => {
    const scratch = scratchFolder();
    const data = copyOf(await newFolder());
    const file = JSON.parse(readFileSync(join(foundation, "appeals.json"), "utf8"));
    for (const appeal of file.appeals) {
      if (appeal.id === "A-2025-002") appeal.cases = [{ case: "C-2025-001", parts: 1, of: 1 }];
      if (appeal.id === "A-2025-004") appeal.cases = [{ case: "C-2025-001", parts: 1, of: 2 }];
    }
    writeFileSync(join(scratch, "appeals.json"), JSON.stringify(file));
    await importFile(data, "appeals.json", scratch);
    await importFile(data, "eur.camt053.xml");
    const view = await aigaqJson(["funds", "--case", "C-2025-001", "--data", data]);
    expect(view).toMatchObject({
      case: "C-2025-001",
      appeals: [
        { appeal: "A-2025-002", share: { parts: 1, of: 1 }, received: [{ currency: "EUR", minor: "91500" }] },
        { appeal: "A-2025-004", share: { parts: 1, of: 2 }, received: [{ currency: "EUR" }] },
      ],
    });
    expect(await aigaqDone(["funds", "--case", "C-2025-001", "--data", data])).toMatch(/C-2025-001/u);
    const out = join(scratch, "case.zip");
    await aigaqDone(["dossier", "make", "--case", "C-2025-001", "--out", out, "--data", data]);
    const ended = await aigaq(["dossier", "verify", out, "--json"], { env: { AIGAQ_PASSPHRASE: undefined } });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ verdict: "held", claim: null });
  },
  slow,
);
