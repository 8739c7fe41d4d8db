// `npm run tour`: makes the sample foundation and walks story 1 in the terminal, step by step, with
// the commands as a person would type them. Asks nothing, needs no terminal, and may be run again at any time.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import process from "node:process";
import { chooseLanguage } from "#cli/words/language.ts";
import { tourWords, type StepName } from "./tour-words.ts";

const root = resolve(import.meta.dirname, "..");
const passphrase = "korrekt pferd batterie klammer";
const language = chooseLanguage(process.argv, process.env);
const words = tourWords[language];

/** A folder for the sample alone: in the checkout, or in the system's temporary folder where that cannot be written. */
function freshFolder(): string {
  const folder = join(root, ".cache/sample");
  // Only what an earlier `npm run tour` made is cleared away, and it marked that.
  const mark = join(folder, "made-by-npm-run-tour");
  try {
    if (existsSync(mark)) rmSync(folder, { recursive: true });
    if (existsSync(folder)) throw new Error("not ours");
    mkdirSync(folder, { recursive: true });
    writeFileSync(mark, "");
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), "aigaq-sample-"));
  }
}

const folder = freshFolder();
const shown = (path: string) => {
  const fromHere = relative(root, path);
  return fromHere.startsWith("..") ? path : fromHere;
};
const data = shown(join(folder, "data"));
const dossier = shown(join(folder, "dossier.zip"));
const sample = "test/samples/foundation";
const isColoured = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
const bold = (text: string) => (isColoured ? `\u001b[1m${text}\u001b[0m` : text);
const dim = (text: string) => (isColoured ? `\u001b[2m${text}\u001b[0m` : text);
const say = (line = "") => process.stdout.write(`${line}\n`);

/** A word as a shell would want it typed. */
const quoted = (word: string) => (/^[\w./=:@+-]+$/u.test(word) ? word : `"${word}"`);
const typed = (command: readonly string[]) => `./aigaq ${command.map(quoted).join(" ")}`;

/** Shows the command, runs it in the checkout, shows what it prints as it comes. */
function run(command: readonly string[]): Promise<number | null> {
  say(dim(`  $ ${typed(command)}`));
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [join(root, "src/cli/main.ts"), ...command, "--quiet"], {
      cwd: root,
      env: { ...process.env, AIGAQ_PASSPHRASE: passphrase, AIGAQ_LANG: language },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.once("error", reject);
    child.once("close", (code) => {
      for (const line of out.trimEnd().split("\n")) say(line === "" ? "" : `    ${line}`);
      done(code);
    });
  });
}

const file = (name: string) => `${sample}/${name}`;
const into = (...command: string[]) => [...command, "--data", data];
const steps: readonly (readonly [StepName, ...(readonly string[])[]])[] = [
  ["init", into("init", "--name", "Үлгі")],
  ["catalogue", into("appeals", "import", file("appeals.json")), into("posts", "import", file("posts.json"))],
  [
    "statements",
    into("statement", "import", file("kzt-1.1c.txt")),
    into("statement", "import", file("kzt-2.1c.txt")),
    into("statement", "import", file("eur.camt053.xml")),
  ],
  [
    "decisions",
    into("decisions", "import", file("decisions.csv")),
    into("refunds", "import", file("refunds.csv")),
  ],
  [
    "spending",
    into("spending", "import", file("spending.csv")),
    into("confirmations", "import", file("confirmations.csv")),
  ],
  ["events", into("rates", "import", file("rates.csv")), into("events", "import", file("events.csv"))],
  ["again", into("statement", "import", file("kzt-2.1c.txt"))],
  ["asked", into("funds", "--post", "P-007")],
  ["question", into("funds", "show", "A-2025-003")],
  [
    "dossier",
    into("dossier", "make", "--appeal", "A-2025-003", "--claim", "31000000 KZT raised", "--out", dossier),
  ],
  ["verify", ["dossier", "verify", dossier]],
  ["check", into("log", "check")],
];

say();
say(bold(words.title));
for (const line of words.intro) say(line);
say();
say(words.passphrase(passphrase));
for (const [i, [name, ...commands]] of steps.entries()) {
  say();
  say(bold(`${i + 1}/${steps.length}  ${words.steps[name]}`));
  for (const command of commands) {
    const code = await run(command);
    if (code === 0) continue;
    say(words.failed(code));
    process.exit(1);
  }
}

say();
const places = [data, dossier, sample];
for (const [i, what] of words.lies.entries()) say(`  ${places[i]}  ${dim(what)}`);
say();
say(bold(words.next));
say(dim(`  $ export AIGAQ_PASSPHRASE="${passphrase}"`));
const altered = shown(join(folder, "altered.zip"));
const unpacked = shown(join(folder, "dossier"));
const tries = [
  [`unzip -q ${dossier} -d ${unpacked}`, words.tries.unzip],
  [typed(into("funds", "--from", "2025-03-01", "--to", "2025-03-31")), words.tries.period],
  [typed(into("funds", "--post", "P-003")), words.tries.post],
  [
    `cp ${dossier} ${altered} && printf x | dd of=${altered} bs=1 seek=5000 conv=notrunc && ./aigaq dossier verify ${altered}`,
    words.tries.altered,
  ],
  [typed(into("export", "hledger", "--out", shown(join(folder, "books.journal")))), words.tries.export],
  ["./aigaq help", words.tries.help],
] as const;
for (const [command, what] of tries) say(`${dim(`  $ ${command}`)}\n      ${what}`);
say();
say(words.again(shown(folder)));
