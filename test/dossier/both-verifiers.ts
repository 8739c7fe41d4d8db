import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { expect } from "vitest";
import { makeBag } from "#dossier/bag.ts";
import { checkDossier, type DossierReport } from "#dossier/check.ts";

export type Report = Pick<DossierReport, "verdict" | "checks" | "claim">;
export type Content = Map<string, Uint8Array>;

export const zip = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  zipSync(Object.fromEntries([...files].map(([name, body]) => [`dossier/${name}`, body])), { level: 0 });

export const unzip = (bytes: Uint8Array): Content =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, body]) => [name.slice(name.indexOf("/") + 1), body]));

/** What a careful forger does: new lists of digests over what he changed. */
export const rebag = (files: ReadonlyMap<string, Uint8Array>): Content => {
  const payload = new Map([...files].filter(([name]) => name.startsWith("data/")));
  const tags = new Map(
    ["README.txt", "verify.html", "verify.py"].flatMap((name) =>
      files.has(name) ? [[name, files.get(name) as Uint8Array] as const] : [],
    ),
  );
  return makeBag(payload, tags, "2025-10-09");
};

const brief = ({ verdict, checks, claim }: Report) => ({
  verdict,
  claim,
  checks: checks.map(({ code, subject, verdict: one }) => `${code}|${subject}|${one}`),
});

const byPython = (zips: readonly Uint8Array[]): readonly Report[] => {
  const folder = mkdtempSync(join(tmpdir(), "aigaq-dossier-"));
  try {
    const paths = zips.map((bytes, i) => {
      const path = join(folder, `${i}.zip`);
      writeFileSync(path, bytes);
      return path;
    });
    const many = join(import.meta.dirname, "check-many.py");
    const verifyPy = join(import.meta.dirname, "../../src/verifier/verify.py");
    const out = execFileSync("python3", [many, verifyPy], {
      input: paths.join("\n"),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    return out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Both programs answer alike for every archive: verdict, claim, and each check with its subject. Gives the answers. */
export const expectAgreement = async (
  named: readonly (readonly [string, Uint8Array])[],
): Promise<readonly Report[]> => {
  const python = byPython(named.map(([, bytes]) => bytes));
  const ours: Report[] = [];
  for (const [i, [name, bytes]] of named.entries()) {
    const report = await checkDossier(bytes);
    expect({ name, ...brief(python[i] as Report) }).toEqual({ name, ...brief(report) });
    ours.push(report);
  }
  return ours;
};
