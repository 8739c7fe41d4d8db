import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  cutOff,
  notAStatement,
  ruined,
  sample,
  scratch,
  wordsForDecisions,
  written,
  wrongTotal,
  type Mistake,
} from "./mistaken-files.ts";

export const mistakesInFiles: readonly Mistake[] = [
  // bank files
  {
    what: "a file that is not there",
    words: ["statement", "import", join(scratch, "nope.txt"), "--data", "{data}"],
    code: "file-missing",
    says: /no such file/u,
  },
  {
    what: "a folder instead of a file",
    words: ["statement", "import", scratch, "--data", "{data}"],
    code: "file-unreadable",
    says: /folder/u,
  },
  {
    what: "a letter instead of a statement",
    words: ["statement", "import", notAStatement, "--data", "{data}"],
    code: "not-a-statement",
    says: /line 1.*1C, MT940, CAMT/su,
  },
  {
    what: "a statement ruined by a wrong re-encoding",
    words: ["statement", "import", ruined, "--data", "{data}"],
    code: "",
    says: /line|encod|letters/iu,
  },
  {
    what: "a closing balance that the rows do not give",
    words: ["statement", "import", wrongTotal, "--data", "{data}"],
    code: "discrepancy-not-accepted",
    says: /Nothing was imported.*statement inspect.*16125123/su,
  },
  {
    what: "a statement that is cut off",
    words: ["statement", "import", cutOff, "--data", "{data}"],
    code: "discrepancy-not-accepted",
    says: /cut off/u,
  },
  {
    what: "an accepted discrepancy without a name and a reason",
    words: ["statement", "import", wrongTotal, "--accept-discrepancy", "fine", "--data", "{data}"],
    code: "acceptance-malformed",
    says: /"Name: why"/u,
  },
  {
    what: "a statement that does not say whose it is",
    words: [
      "statement",
      "import",
      written("bare.csv", "Date;Amount;Purpose\n2025-03-01;100.00;gift\n2025-03-02;50.00;gift\n"),
      "--data",
      "{data}",
    ],
    code: "account-missing",
    says: /--account NUMBER/u,
  },
  // tables
  {
    what: "a table with a row askew",
    words: [
      "decisions",
      "import",
      written("askew.csv", `${wordsForDecisions}\nC07000006,A-2025-001,call\n`),
      "--data",
      "{data}",
    ],
    code: "table-malformed",
    says: /line 2: 3 cells where the first line has 4/u,
  },
  {
    what: "an empty table",
    words: ["decisions", "import", written("empty.csv", ""), "--data", "{data}"],
    code: "table-empty",
    says: /first line names the columns/u,
  },
  {
    what: "a table that lacks a column",
    words: [
      "spending",
      "import",
      written("narrow.csv", "id,date\nS-2025-900,2025-03-01\n"),
      "--data",
      "{data}",
    ],
    code: "column-missing",
    says: /appeal/u,
  },
  {
    what: "a table in another encoding",
    words: [
      "decisions",
      "import",
      written("ansi.csv", Uint8Array.of(0xcf, 0xf0, 0xe8, 0x0a)),
      "--data",
      "{data}",
    ],
    code: "file-not-utf8",
    says: /UTF-8/u,
  },
  {
    what: "an appeal that is not on the record",
    words: ["funds", "show", "A-2025-999", "--data", "{data}"],
    code: "appeal-unknown",
    says: /Known: A-2025-001/u,
  },
  {
    what: "a decision for an unknown appeal",
    words: [
      "decisions",
      "import",
      written("unknown.csv", `${wordsForDecisions}\nC07000006,A-2025-999,call,Ana\n`),
      "--data",
      "{data}",
    ],
    code: "appeal-unknown",
    says: /line 2.*A-2025-999/u,
  },
  {
    what: "a decision against what stands",
    words: [
      "decisions",
      "import",
      written("against.csv", `${wordsForDecisions}\nC07000006,A-2025-001,call,Ana\n`),
      "--data",
      "{data}",
    ],
    code: "decision-conflicts",
    says: /C07000006.*A-2025-006.*correct that first/u,
  },
  {
    what: "a payment that differs from the recorded one",
    words: [
      "spending",
      "import",
      written("changed.csv", readFileSync(sample("spending.csv"), "utf8").replace("309800.00", "309900.00")),
      "--data",
      "{data}",
    ],
    code: "spending-changed",
    says: /S-2025-020.*minor.*void/su,
  },
  {
    what: "receipts that the folder lacks",
    words: ["spending", "import", sample("spending.csv"), "--attach", scratch, "--data", "{data}"],
    code: "receipts-missing",
    says: /R-0020\.pdf.*Nothing was recorded/su,
  },
  {
    what: "a confirmation that claims proof without a document",
    words: [
      "confirmations",
      "import",
      written("claimed.csv", "spending,role,date,how\nS-2025-020,lawyer,2025-03-05,signed\n"),
      "--data",
      "{data}",
    ],
    code: "confirmation-without-proof",
    says: /document/u,
  },
  {
    what: "a refund greater than the gift",
    words: [
      "refunds",
      "import",
      written(
        "too-much.csv",
        "bank_reference,date,amount,currency,reason\nC07000006,2025-05-20,99999999.00,KZT,x\n",
      ),
      "--data",
      "{data}",
    ],
    code: "refund-exceeds-gift",
    says: /more would be returned than was given/u,
  },
  {
    what: "JSON that is cut off",
    words: ["appeals", "import", written("cut.json", '{"appeals": ['), "--data", "{data}"],
    code: "json-malformed",
    says: /not JSON/u,
  },
  {
    what: "an appeal whose words were changed",
    words: [
      "appeals",
      "import",
      written("changed.json", readFileSync(sample("appeals.json"), "utf8").replace("Court costs", "Costs")),
      "--data",
      "{data}",
    ],
    code: "appeal-changed",
    says: /A-2025-006.*title.*as donors read them/su,
  },
  {
    what: "a post for an unknown appeal",
    words: [
      "posts",
      "import",
      written(
        "posts.json",
        readFileSync(sample("posts.json"), "utf8")
          .replaceAll("A-2025-006", "A-2025-999")
          .replace("P-006", "P-906"),
      ),
      "--data",
      "{data}",
    ],
    code: "appeal-unknown",
    says: /A-2025-999/u,
  },
];
