// The one way in, for any Node from 20 on: installs what is missing, then runs the asked-for task on the
// pinned Node. Plain JavaScript on purpose: an older Node cannot parse our TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import process from "node:process";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");

/** node_modules is complete when npm's own receipt is as new as the lock file and the pinned Node is there. */
function isInstalled() {
  const receipt = join(modules, ".package-lock.json");
  if (!existsSync(receipt) || !existsSync(join(bin, "node"))) return false;
  return statSync(receipt).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    ...options,
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

export function install() {
  if (isInstalled()) return;
  process.stderr.write("Installing what is missing (once) …\n");
  const status = run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status !== 0) {
    process.stderr.write("npm ci failed. Check the network connection and run the same command again.\n");
    process.exit(status);
  }
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).optionalDependencies;
  if (!existsSync(join(bin, "node"))) {
    process.stderr.write(
      `No pinned Node for ${process.platform}-${process.arch} in package.json (${Object.keys(wanted).join(", ")}).\n`,
    );
    process.exit(1);
  }
}

const isInPath = (program) => spawnSync("which", [program]).status === 0;

// A program with a star, as under /usr/lib/postgresql, is in the folder of any version, where no PATH leads.
function isUnder(pattern) {
  const [above, below] = pattern.split("/*/");
  return existsSync(above) && readdirSync(above).some((version) => existsSync(join(above, version, below)));
}

/** Debian packages that a check needs; already installed ones cost nothing. */
function debianPackages(wanted) {
  const missing = wanted.filter(
    ({ program }) => !(program.includes("*") ? isUnder(program) : isInPath(program)),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  process.stderr.write(`Installing from Debian: ${names.join(" ")} …\n`);
  const quiet = { stdio: ["ignore", "ignore", "inherit"] };
  const isRoot = process.getuid?.() === 0;
  const apt = (args) =>
    isRoot ? run("apt-get", args, quiet) : run("sudo", ["-n", "apt-get", ...args], quiet);
  apt(["-qq", "update"]);
  if (apt(["-qq", "install", "-y", "--no-install-recommends", ...names]) !== 0)
    process.stderr.write(`Could not install ${names.join(" ")}; install them by hand and run again.\n`);
}

const node = () => realpathSync(join(bin, "node"));
const ts = (file, ...args) => run(node(), [join(root, file), ...args]);

/**
 * A program that runs until it is told to stop. The signal goes on to it and this one waits: a server that is stopped
 * finishes what it has begun.
 */
function serve(file, args) {
  const child = spawn(node(), [join(root, file), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  });
  // Ctrl+C reaches both by itself; sent twice, it would be the second and impatient one.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  child.once("error", (error) => {
    throw error;
  });
  child.once("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

/** Every check that needs no browser; stops at the first that fails, and says which. */
function check() {
  const steps = [
    ["types", "tsc", ["--noEmit"]],
    ["lint", "oxlint", ["--deny-warnings"]],
    ["format", "oxfmt", ["--check", "."]],
    ["unused code", "knip", ["--no-progress"]],
    ["tests", "vitest", ["run"]],
  ];
  for (const [what, program, args] of steps) {
    process.stdout.write(`\n— ${what}\n`);
    const status = run(join(bin, program), args);
    if (status !== 0) {
      process.stderr.write(`\n${what}: failed (${program} ${args.join(" ")})\n`);
      return status;
    }
  }
  return 0;
}

function test() {
  // npm ci has just read the lock file, so it is whole; a lock that lacks a platform package fails here first.
  debianPackages([
    { name: "chromium", program: "chromium" },
    { name: "fonts-noto-core", program: "chromium" },
    { name: "python3", program: "python3" },
    { name: "hledger", program: "hledger" },
    { name: "beancount", program: "bean-check" },
    { name: "poppler-utils", program: "pdftotext" },
    { name: "postgresql", program: "/usr/lib/postgresql/*/bin/pg_ctl" },
  ]);
  const status = check();
  if (status !== 0) return status;
  process.stdout.write("\n— whole programs, stories, kills\n");
  const whole = run(join(bin, "vitest"), ["run", "--config", "vitest.whole.config.ts"]);
  if (whole !== 0) return whole;
  process.stdout.write("\n— browser\n");
  return run(node(), [
    "--test",
    "--test-concurrency=2",
    "--test-global-setup=test/e2e/setup.ts",
    "test/e2e/*.test.ts",
  ]);
}

const [task, ...rest] = process.argv.slice(2);
install();
switch (task) {
  case "start":
    serve("scripts/start.ts", rest);
    break;
  case "tour":
    process.exit(ts("scripts/tour.ts", ...rest));
    break;
  case "check":
    process.exit(check());
    break;
  case "test":
    process.exit(test());
    break;
  case "drills":
    process.exit(ts("test/drills/run.ts", ...rest));
    break;
  case "bench":
    debianPackages([
      { name: "ledger", program: "ledger" },
      { name: "hledger", program: "hledger" },
      { name: "beancount", program: "bean-query" },
    ]);
    process.exit(ts("bench/run.ts", ...rest));
    break;
  case "install":
    process.exit(0);
    break;
  default:
    process.stderr.write(
      `Unknown task "${task ?? ""}". Try: npm start, npm run tour, npm test, npm run check, npm run bench.\n`,
    );
    process.exit(2);
}
