import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import process from "node:process";
import { root } from "./measure.ts";

/** Where and with what the figures were obtained. */
export type Machine = {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** Of the last minute, when the section began: above 1 someone else was at work. */
  readonly load: number;
  readonly commit: string;
  readonly versions: Readonly<Record<string, string>>;
};

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()}, Linux ${release()}`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    commit: firstLine("git", ["-C", root, "rev-parse", "--short", "HEAD"]) ?? "not in git",
    versions: {
      node: process.versions.node,
      openssl: process.versions.openssl,
      sqlite: process.versions["sqlite"] ?? "unknown",
      python: version("python3"),
      ledger: version("ledger"),
      hledger: version("hledger"),
      beancount: version("bean-check"),
    },
  };
}

const version = (program: string): string =>
  /\d+(?:\.\d+)+/u.exec(firstLine(program, ["--version"]) ?? "")?.[0] ?? "not installed";

function firstLine(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.split("\n", 1)[0] : undefined;
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/mu.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
