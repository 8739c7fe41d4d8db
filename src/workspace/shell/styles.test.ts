// A Mantine piece without its style sheet is not refused by anything: it just looks broken. So it is refused here.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const sheets = join(root, "node_modules/@mantine/core/styles");
const listed = ["first-styles.ts", "mantine-styles.ts"]
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
  .join("\n");

/** What Mantine builds from other pieces of its own. */
const madeOf: Readonly<Record<string, readonly string[]>> = {
  Autocomplete: ["Combobox", "Input"],
  Select: ["Combobox", "Input", "ScrollArea"],
  MultiSelect: ["Combobox", "Input", "Pill", "PillsInput"],
  TagsInput: ["Combobox", "Input", "Pill", "PillsInput"],
  TextInput: ["Input"],
  Textarea: ["Input"],
  NativeSelect: ["Input"],
  FileInput: ["Input"],
  Modal: ["ModalBase", "Overlay", "Paper", "CloseButton"],
  Drawer: ["ModalBase", "Overlay", "Paper", "CloseButton"],
  Menu: ["Popover", "UnstyledButton"],
};

test("each Mantine piece that a screen uses has its style sheet", () => {
  const used = globSync("src/workspace/**/*.tsx", { cwd: root }).flatMap((path) =>
    [
      ...readFileSync(join(root, path), "utf8").matchAll(/import \{([^}]*)\} from "@mantine\/core"/gu),
    ].flatMap(([, names = ""]) => names.split(",").map((name) => name.trim())),
  );
  const needed = new Set(used.flatMap((name) => [name, ...(madeOf[name] ?? [])]));
  const missing = [...needed].filter(
    (name) => existsSync(join(sheets, `${name}.css`)) && !listed.includes(`/styles/${name}.css"`),
  );
  expect(missing).toEqual([]);
});
