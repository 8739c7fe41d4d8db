// Writes docs/reference/cli.md from the list of commands. `node scripts/generate-reference.ts`; a test fails when it is stale.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import process from "node:process";
import { commands } from "#cli/commands.ts";
import { en } from "#cli/words/en.ts";

export const referencePath = new URL("../docs/reference/cli.md", import.meta.url);

/** What a flag holds and when it is needed; a flag that is not here is a bug that the test names. */
const flagWords: Readonly<Record<string, string>> = {
  name: "a name: of the foundation (`init`) or of the new member, which stays hidden",
  currency: "three letters of ISO 4217; `init` takes KZT when none is given",
  account: "the account number, where the file does not say it",
  map: "which column holds what: `date=1,amount=3,memo=Purpose`, by number from 1 or by heading",
  "accept-discrepancy": 'import in spite of problems: `"who: why"` goes on the record with them',
  attach: "the folder with the receipts that the table names; they are sealed into the data folder",
  post: "one post, such as `P-008`",
  case: "one case",
  from: "first day of a period, `YYYY-MM-DD`; for `spending reserve` the account that pays",
  to: "last day of the period",
  "related-party": "all payments to staff, officers and their relatives",
  appeal: "one appeal, such as `A-2025-003`",
  claim: "what is asserted: an amount, a currency and `raised`, `spent`, `returned`, `covered` or `left`",
  disclose: "hidden fields to show, separated by commas",
  out: "the file or folder to write; nothing is overwritten",
  policy: "the policy to check against, from another source than the dossier",
  "with-names": "write donors, payees and memos too",
  witnessed: "a checkpoint seen elsewhere, to compare with",
  category: "category of the payment, such as `hotel`",
  amount: "a sum such as `309800.00`",
  payee: "who is paid; stays hidden",
  date: "a day, `YYYY-MM-DD`",
  receipt: "file name of the receipt, in the folder of `--attach`",
  related: "`staff`, `officer` or `relative`, when the payee is one",
  relation: "whose relative, or which post is held",
  reason: "why, for the record",
  leftover:
    "what happens with what is left, in a sentence; needed where the appeal did not say it when it was opened",
  decision: "the decision that gives or takes back the cover",
  roles: "roles on the record, separated by commas; `finance` when none is given",
  trustees: "number of shares, 5 when not given",
  quorum: "how many shares recover the key, 3 when not given",
  end: "a member all of whose keys end as well: none of yours, or her device was taken; may be repeated",
  host: "the name or address to listen on, `localhost` when not given; `0.0.0.0` for all",
  port: "the port, 8080 when not given",
  settings: "a file of settings; docs/reference/settings.md lists them",
  shares: "the folder with the trustees' shares",
};

/** The page, as it should stand in the repository. */
export function reference(): string {
  const lines = [
    "# The command line",
    "",
    "Made by `node scripts/generate-reference.ts` from the list of commands; not edited by hand.",
    "",
    "Every command also takes `--help`, `--json` (JSON for programs, English messages with stable codes), `--lang kk|ru|en` and",
    "`--quiet` (no progress). The passphrase comes from `AIGAQ_PASSPHRASE` or a prompt, never from a flag: flags can be read by",
    "everybody on the machine. The language comes from `--lang`, else `AIGAQ_LANG`, else the terminal's locale.",
    "",
    "`--data DIR` is the data folder. Commands that take it also take `--as MEMBER`, such as `M-02`: whose keys to use. Without it",
    "the first member acts whose keys lie in the folder.",
    "",
    "Two more variables: `AIGAQ_NEW_PASSPHRASE` holds the passphrase of a new member (`members add`), or of one who comes back (`recovery return`), where no terminal asks for it;",
    "`AIGAQ_WITNESSED` names a folder outside the data folder that keeps the record's last state, so that an older copy refuses to write.",
    "",
    "Exit status:",
    "",
    "- 0: done; for checks: everything held",
    "- 1: broken: the record or the dossier does not hold",
    '- 2: refused, or mistyped; with `--json` as `{"refused":{"code","message","line"}}`',
    "- 3: could not be checked in full",
    "- 70: a bug of the program",
    "",
  ];
  for (const command of commands) {
    lines.push(`## aigaq ${command.name}`, "", sentence(en.about[command.name] ?? ""), "");
    lines.push("```", `aigaq ${command.usage.replace(/\s{2,}/gu, "    # ")}`, "```", "");
    const flags = Object.keys(command.flags).filter((flag) => isListed(flag, command.usage));
    for (const flag of flags) lines.push(`- \`--${flag}\`: ${flagWords[flag] ?? `**undescribed**`}`);
    if (flags.length > 0) lines.push("");
  }
  return lines.join("\n").replace(/\n+$/u, "\n");
}

/** Flags of a command beside those that the page explains once, as the usage names them; two are not in any usage. */
function isListed(flag: string, usage: string): boolean {
  if (flag === "data" || flag === "as") return false;
  return flag === "witnessed" || flag === "roles" || new RegExp(`--${flag}\\b`, "u").test(usage);
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(referencePath, reference());
  process.stdout.write("docs/reference/cli.md written.\n");
}
