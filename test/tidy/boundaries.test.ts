// The import table is law: each import of each source file is looked up in boundaries.ts.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { boundaries } from "../../boundaries.ts";

const root = resolve(import.meta.dirname, "../..");
const src = join(root, "src");
const importPattern =
  /(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)|getBuiltinModule\??\.?\(\s*"([^"]+)"\s*\)/gu;

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|mts)$/u.test(name) ? [path] : [];
  });
}

/** "#record/hash.ts" and "../record/hash.ts" -> "record/hash.ts"; undefined for what is not ours. */
function oursOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return relative(src, resolve(dirname(from), specifier));
  return undefined;
}

/** One sentence for each import of `text` that the table forbids. */
export function forbiddenImports(path: string, text: string): string[] {
  const folder = relative(src, path).split("/")[0] ?? "";
  const rule = boundaries[folder];
  if (rule === undefined) return [`src/${folder} is not in boundaries.ts`];
  const isTest = path.endsWith(".test.ts") || path.endsWith("conformance.ts");
  return [...text.matchAll(importPattern)].flatMap((match) => {
    const builtin = match[3];
    const specifier = match[1] ?? match[2] ?? builtin ?? "";
    const where = `${relative(root, path)} imports ${specifier}`;
    if (builtin !== undefined) return []; // a run-time port: absent in browsers, chosen inside one file
    if (isTest) return []; // a test may look at its subject from anywhere
    const ours = oursOf(specifier, path);
    if (ours !== undefined) {
      const allowed = [folder, ...rule.ours].some(
        (name) => ours === name || ours === `${name}.ts` || ours.startsWith(`${name}/`),
      );
      return allowed ? [] : [`${where}: ${folder} may import ${rule.ours.join(", ") || "nothing"} of ours`];
    }
    if (specifier.startsWith("node:")) {
      const name = specifier.slice(5).split("/")[0] ?? "";
      return rule.node.includes(name) ? [] : [`${where}: not among the Node modules of ${folder}`];
    }
    const name = specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/");
    return rule.npm.includes(name) ? [] : [`${where}: not among the npm packages of ${folder}`];
  });
}

test("no source file imports what boundaries.ts forbids", () => {
  expect(sourceFiles(src).flatMap((path) => forbiddenImports(path, readFileSync(path, "utf8")))).toEqual([]);
});

test("the check itself catches a kernel that reaches for the vault, for Node and for an unlisted package", () => {
  const forged =
    'import { openBytes } from "#vault/open/cobblestone.ts";\nimport "node:fs";\nimport x from "left-pad";\nconst y = await import("../domain/funds/state.ts");\n';
  expect(forbiddenImports(join(src, "record/forged.ts"), forged)).toHaveLength(4);
});

test("sealing never imports opening", () => {
  const sealing = sourceFiles(src).filter(
    (path) => path.includes("/vault/seal/") && !path.endsWith(".test.ts"),
  );
  for (const path of sealing) expect(readFileSync(path, "utf8"), path).not.toMatch(/from "[^"]*\/open\//u);
});

test("pure folders take clock and randomness as arguments", () => {
  const pure = ["record", "domain", "statements", "dossier", "vault"];
  const banned = /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bconsole\./u;
  const found = sourceFiles(src)
    .filter((path) => pure.includes(relative(src, path).split("/")[0] ?? "") && !path.endsWith(".test.ts"))
    .filter((path) => banned.test(readFileSync(path, "utf8")));
  expect(found.map((path) => relative(root, path))).toEqual([]);
});
