import type { Arguments, CommandShape } from "./arguments.ts";
import type { Language, Words } from "./words/language.ts";

/** What a command is called with. `quiet`: no progress lines. */
export type Call = {
  readonly args: Arguments;
  readonly words: Words;
  readonly language: Language;
  readonly quiet: boolean;
};

export type CommandModule = { run(call: Call): Promise<number | void> };

export type Command = CommandShape & {
  /** One to three words, as typed: "funds show". */
  readonly name: string;
  load(): Promise<CommandModule>;
};

const data = { data: "text", as: "text" } as const;
const decisionsLike = { ...data, attach: "text" } as const;

const paymentFlags = {
  ...decisionsLike,
  appeal: "text",
  category: "text",
  amount: "text",
  currency: "text",
  payee: "text",
  date: "text",
  from: "text",
  receipt: "text",
  related: "text",
  relation: "text",
  reason: "text",
  decision: "text",
} as const;

/** Every command, in the order in which a new foundation meets them; `aigaq help` prints this list. */
export const commands: readonly Command[] = [
  {
    name: "init",
    usage: "init --data DIR --name NAME [--currency KZT]",
    positionals: [],
    flags: { ...data, name: "text", currency: "text" },
    load: () => import("./commands/init.ts"),
  },
  ...(["appeals", "posts"] as const).map((what) => ({
    name: `${what} import`,
    usage: `${what} import FILE.json --data DIR`,
    positionals: ["FILE.json"],
    flags: decisionsLike,
    load: () => import("./commands/import-json.ts").then((module) => module.importJson(what)),
  })),
  {
    name: "appeal end",
    usage: "appeal end A-ID --date D --reason goal-reached|need-fell-away|other [--leftover TEXT] --data DIR",
    positionals: ["A-ID"],
    flags: { ...data, date: "text", reason: "text", leftover: "text" },
    load: () => import("./commands/appeal-end.ts").then((module) => module.end),
  },
  {
    name: "appeal reopen",
    usage: "appeal reopen A-ID --date D --reason WHY --data DIR",
    positionals: ["A-ID"],
    flags: { ...data, date: "text", reason: "text" },
    load: () => import("./commands/appeal-end.ts").then((module) => module.reopen),
  },
  {
    name: "statement inspect",
    usage: "statement inspect FILE [--account ID] [--map date=1,amount=3,…] [--json]",
    positionals: ["FILE"],
    flags: { account: "text", map: "text" },
    load: () => import("./commands/statement-inspect.ts"),
  },
  {
    name: "statement import",
    usage: 'statement import FILE [--account ID] [--map …] [--accept-discrepancy "who: why"] --data DIR',
    positionals: ["FILE"],
    flags: { ...decisionsLike, account: "text", map: "text", "accept-discrepancy": "text" },
    load: () => import("./commands/statement-import.ts"),
  },
  ...(["decisions", "refunds", "spending", "confirmations", "rates", "events"] as const).map((what) => ({
    name: `${what} import`,
    usage: `${what} import FILE.csv [--attach DIR] --data DIR`,
    positionals: ["FILE.csv"],
    flags: decisionsLike,
    load: () => import("./commands/import-csv.ts").then((module) => module.importCsv(what)),
  })),
  {
    name: "funds show",
    usage: "funds show APPEAL [--json] --data DIR",
    positionals: ["APPEAL"],
    flags: data,
    load: () => import("./commands/funds-show.ts"),
  },
  {
    name: "funds",
    usage: "funds [--post P | --case C | --from D --to D | --related-party] [--json] --data DIR",
    positionals: [],
    flags: { ...data, post: "text", case: "text", from: "text", to: "text", "related-party": "switch" },
    load: () => import("./commands/funds.ts"),
  },
  {
    name: "accounts",
    usage: "accounts [--json] --data DIR",
    positionals: [],
    flags: data,
    load: () => import("./commands/accounts.ts"),
  },
  {
    name: "unmatched",
    usage: "unmatched [--json] --data DIR",
    positionals: [],
    flags: data,
    load: () => import("./commands/unmatched.ts"),
  },
  {
    name: "dossier make",
    usage:
      'dossier make --appeal A | --post P | --case C | --from D --to D [--claim "31000000 KZT raised"] [--disclose FIELD,…] --out FILE.zip --data DIR',
    positionals: [],
    flags: {
      ...data,
      appeal: "text",
      post: "text",
      case: "text",
      from: "text",
      to: "text",
      claim: "text",
      disclose: "text",
      out: "text",
    },
    load: () => import("./commands/dossier-make.ts"),
  },
  {
    name: "dossier verify",
    usage: "dossier verify FILE.zip [--policy FILE] [--json]",
    positionals: ["FILE.zip"],
    flags: { policy: "text" },
    load: () => import("./commands/dossier-verify.ts"),
  },
  {
    name: "export",
    usage: "export hledger|beancount|csv --out FILE [--with-names] --data DIR",
    positionals: ["hledger|beancount|csv"],
    flags: { ...data, out: "text", "with-names": "switch" },
    load: () => import("./commands/export.ts"),
  },
  {
    name: "log check",
    usage: "log check --data DIR [--json]",
    positionals: [],
    flags: data,
    load: () => import("./commands/log-check.ts"),
  },
  ...(
    [
      [
        "spending reserve",
        "S-ID --appeal A --category C --amount SUM --currency CUR --payee NAME --date D [--from ACCOUNT] [--receipt FILE --attach DIR] [--related staff|officer|relative --relation WHO]",
        "reserve",
      ],
      ["spending approve", "S-ID", "approve"],
      ["spending pay", "S-ID --date D", "pay"],
      ["spending void", "S-ID --reason WHY", "voidPayment"],
    ] as const
  ).map(([name, rest, step]) => ({
    name,
    usage: `${name} ${rest} --data DIR [--as MEMBER]`,
    positionals: ["S-ID"],
    flags: paymentFlags,
    load: () => import("./commands/payments.ts").then((module) => module[step]),
  })),
  {
    name: "spending receipt",
    usage: "spending receipt S-ID --out FILE --data DIR",
    positionals: ["S-ID"],
    flags: { ...data, out: "text" },
    load: () => import("./commands/receipt.ts"),
  },
  ...(["given", "repaid"] as const).map((type) => ({
    name: type === "given" ? "cover give" : "cover repay",
    usage: `cover ${type === "given" ? "give" : "repay"} APPEAL --amount SUM --currency CUR --date D --decision TEXT --data DIR`,
    positionals: ["APPEAL"],
    flags: paymentFlags,
    load: () => import("./commands/payments.ts").then((module) => module.cover(type)),
  })),
  {
    name: "close",
    usage: "close WEEK --data DIR            WEEK such as 2025-W10",
    positionals: ["WEEK"],
    flags: decisionsLike,
    load: () => import("./commands/close.ts"),
  },
  {
    name: "correct",
    usage: "correct ENTRY --reason WHY --data DIR",
    positionals: ["ENTRY"],
    flags: { ...decisionsLike, reason: "text" },
    load: () => import("./commands/correct.ts"),
  },
  {
    name: "notices",
    usage: "notices [--json] --data DIR",
    positionals: [],
    flags: data,
    load: () => import("./commands/notices.ts"),
  },
  {
    name: "members",
    usage: "members [--json] --data DIR",
    positionals: [],
    flags: data,
    load: () => import("./commands/members.ts").then((module) => module.list),
  },
  {
    name: "members add",
    usage: "members add --name NAME --data DIR",
    positionals: [],
    flags: { ...decisionsLike, name: "text", roles: "text" },
    load: () => import("./commands/members.ts").then((module) => module.add),
  },
  {
    name: "members remove",
    usage: "members remove MEMBER --reason TEXT --data DIR",
    positionals: ["MEMBER"],
    flags: { ...decisionsLike, reason: "text" },
    load: () => import("./commands/members.ts").then((module) => module.remove),
  },
  {
    name: "recovery split",
    usage: "recovery split --out FOLDER [--trustees 5] [--quorum 3] --data DIR",
    positionals: [],
    flags: { ...decisionsLike, out: "text", trustees: "text", quorum: "text" },
    load: () => import("./commands/recovery.ts").then((module) => module.split),
  },
  {
    name: "recovery rehearse",
    usage: "recovery rehearse --shares FOLDER --data DIR",
    positionals: [],
    flags: { ...data, shares: "text" },
    load: () => import("./commands/recovery.ts").then((module) => module.rehearse),
  },
  {
    name: "recovery renew",
    usage: "recovery renew --out FOLDER [--shares FOLDER] [--trustees 5] [--quorum 3] --data DIR",
    positionals: [],
    flags: { ...data, out: "text", shares: "text", trustees: "text", quorum: "text" },
    load: () => import("./commands/recovery-renew.ts").then((module) => module.renew),
  },
  {
    name: "recovery return",
    usage: "recovery return [MEMBER] [--end MEMBER]… [--shares FOLDER] --data DIR",
    positionals: ["MEMBER?"],
    flags: { data: "text", shares: "text", end: "texts" },
    load: () => import("./commands/recovery-return.ts").then((module) => module.comeBack),
  },
  {
    name: "serve",
    usage: "serve --data DIR [--host HOST] [--port PORT] [--settings FILE.json]",
    positionals: [],
    flags: { data: "text", host: "text", port: "text", settings: "text" },
    load: () => import("./commands/serve.ts"),
  },
  {
    name: "serve prepare",
    usage: "serve prepare --data DIR",
    positionals: [],
    flags: data,
    load: () => import("./commands/serve-prepare.ts"),
  },
];

/** The command that `argv` begins with: the longest name that fits, flags before it left in place. */
export function findCommand(
  argv: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  const words = argv.filter((word) => !word.startsWith("-"));
  let best: Command | undefined;
  for (const command of commands) {
    const name = command.name.split(" ");
    const fits = name.every((word, i) => words[i] === word);
    if (fits && name.length > (best?.name.split(" ").length ?? 0)) best = command;
  }
  if (best === undefined) return undefined;
  const left = best.name.split(" ");
  const rest = argv.filter((word) => {
    if (left[0] !== word) return true;
    left.shift();
    return false;
  });
  return { command: best, rest };
}
