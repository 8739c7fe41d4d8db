/**
 * Pictures of what a test has before it, for docs/screenshots: taken on the way, so that they show what was tested. They are
 * kept in .cache, and put into the documents when SCREENSHOTS=1.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { env } from "node:process";
import type { Visitor } from "./visitor.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = env["SCREENSHOTS"] === "1" ? "docs/screenshots" : ".cache/e2e/screenshots";

/** `screen-language-device[-dark].png`. In the dark only in Kazakh: the colours are the same in each language. */
export async function takePicture(
  visitor: Visitor,
  screen: string,
  { isDarkToo = false }: { readonly isDarkToo?: boolean } = {},
): Promise<void> {
  const { page, language, device } = visitor;
  const save = (suffix: string) => {
    mkdirSync(join(root, folder), { recursive: true });
    const path = join(root, folder, `${screen}-${language}-${device}${suffix}.png`);
    return page.screenshot({ path, animations: "disabled", caret: "hide" });
  };
  await page.evaluate(() => scrollTo(0, 0));
  await save("");
  if (!isDarkToo || language !== "kk") return;
  await visitor.lightAs("dark");
  await save("-dark");
  await visitor.lightAs("light");
}
