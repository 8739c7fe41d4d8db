// What may only seal (the server, the public report form) takes this folder and nothing else of the vault: then no
// program of theirs contains a way to open what others sent.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("sealing imports neither opening nor keys", () => {
  const folder = new URL("./", import.meta.url);
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".test.ts")) continue;
    const source = readFileSync(new URL(name, folder), "utf8");
    const imported = Array.from(
      source.matchAll(/(?:from|import\()\s*"([^"]+)"/gu),
      ([, specifier]) => specifier,
    );
    for (const specifier of imported) expect(specifier).toMatch(/^(?:\.\/|#record\/)/u);
    expect(source).not.toMatch(/createDecipher|subtle\.decrypt/u);
  }
});
