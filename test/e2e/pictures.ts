/**
 * Pictures of what a test has before it, for docs/screenshots: taken on the way when SCREENSHOTS=1, so that they show what
 * was tested.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { env } from "node:process";
import { languages } from "#language/language.ts";
import { smallPng } from "./small-png.ts";
import type { Visitor } from "./visitor.ts";

const root = resolve(import.meta.dirname, "../..");
const isAsked = env["SCREENSHOTS"] === "1";
const folder = "docs/screenshots";

/** `screen-language-device[-dark].png`. In the dark only in Kazakh: the colours are the same in each language. */
export async function takePicture(
  visitor: Visitor,
  screen: string,
  { isDarkToo = false }: { readonly isDarkToo?: boolean } = {},
): Promise<void> {
  if (!isAsked) return;
  await visitor.lightAs("light");
  const { page, language, device } = visitor;
  const save = async (suffix: string): Promise<void> => {
    mkdirSync(join(root, folder), { recursive: true });
    const path = join(root, folder, `${screen}-${language}-${device}${suffix}.png`);
    const png = await page.screenshot({ animations: "disabled", caret: "hide" });
    writeFileSync(path, smallPng(png));
  };
  await page.evaluate(() => scrollTo(0, 0));
  await save("");
  if (!isDarkToo || language !== "kk") return;
  await visitor.lightAs("dark");
  await save("-dark");
  await visitor.lightAs("light");
}

/** What is no screen of a subject. */
const otherTitles: Readonly<Record<string, string>> = {
  "first-doors": "First run: two doors",
  "first-foundation": "First run: the foundation",
  "first-you": "First run: the first officer",
  "first-trustees": "First run: trustees",
  "first-sheets": "First run: recovery sheets and rehearsal",
  "first-start": "First run: the last look",
  "sign-in": "Sign-in",
  locked: "Locked",
  "quorum-shares": "Back with the trustees' sheets: the shares",
  "quorum-return": "Back with the trustees' sheets: who comes back",
  "recovery-renew": "Recovery: new sheets for new keys, not in force yet",
  palette: "Dialog: palette",
  preview: "Dialog: preview of what becomes permanent",
  shortcuts: "Dialog: keyboard shortcuts",
  "letter-question": "A letter, as its reader sees it",
  "letter-wrong": "A letter: something is wrong",
  "letter-sent": "A letter: answered",
  "letter-incomplete": "A letter: the link is cut short",
  "letter-damaged": "A letter: the link is another one",
  "letter-gone": "A letter: expired or taken back",
  tour: "The sample foundation with its guide",
};

/** The list of the pictures, for people who look through the folder; `titles`: of each screen, in English. */
export function writePictureIndex(titles: ReadonlyMap<string, string>): void {
  const at = join(root, folder);
  if (!isAsked || !existsSync(at)) return;
  const pictures = readdirSync(at).filter((name) => name.endsWith(".png"));
  const endings = [
    ...languages.flatMap((language) => [`${language}-desktop`, `${language}-phone`]),
    "kk-desktop-dark",
  ];
  const nameOf = (file: string) => endings.find((ending) => file.endsWith(`-${ending}.png`));
  const screens = new Set(
    pictures.flatMap((file) => {
      const ending = nameOf(file);
      return ending === undefined ? [] : [file.slice(0, -`-${ending}.png`.length)];
    }),
  );
  const cell = (screen: string, ending: string, text: string): string =>
    pictures.includes(`${screen}-${ending}.png`) ? `[${text}](${screen}-${ending}.png)` : "";
  const rows = [...screens].toSorted().map((screen) => {
    const cells = languages.map((language) =>
      [cell(screen, `${language}-desktop`, "desktop"), cell(screen, `${language}-phone`, "phone")]
        .filter((text) => text !== "")
        .join(", "),
    );
    return `| ${titles.get(screen) ?? otherTitles[screen] ?? screen} | ${cells.join(" | ")} | ${cell(screen, "kk-desktop-dark", "dark")} |`;
  });
  const text = [
    "# Screens of the workspace",
    "",
    "Taken by the browser tests (`SCREENSHOTS=1 node --test test/e2e/accessible.test.ts test/e2e/first-run.test.ts test/e2e/quorum.test.ts`) on the",
    "invented sample foundation: 1280 × 800 at a desk, 360 × 740 on a phone.",
    "",
    "| Screen | Қазақша | Русский | English | Dark |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ];
  writeFileSync(join(at, "README.md"), text.join("\n"));
}
