/** The way in, as the page leads it: from the two doors to a foundation on the record. */
import type { Page } from "playwright-core";
import { firstRunWords } from "#workspace/shell/first-run/words.ts";
import { foundationName, passphrase } from "./founded.ts";
import type { Visitor } from "./visitor.ts";

export const trustees = ["Дана", "Пётр", "Zhanar"] as const;

export type WizardLook = (visitor: Visitor, step: string) => Promise<void>;

export type Ways = {
  readonly by?: "passphrase" | "passkey";
  readonly look?: WizardLook;
  /** How long a passkey may take to be made. */
  readonly patienceMs?: number;
};

/**
 * Goes through all five steps, with the rehearsal of the recovery, and ends inside the workspace.
 * `look` is called at each step, before it is filled in.
 */
export async function startFoundation(
  visitor: Visitor,
  { by = "passphrase", look, patienceMs = 30_000 }: Ways = {},
): Promise<void> {
  const { page, language } = visitor;
  const words = firstRunWords[language];
  const next = () => visitor.button(words.next).click();
  const start = visitor.button(words.doorStartButton);
  await start.waitFor();
  await look?.(visitor, "first-doors");
  await start.click();

  await page.getByLabel(words.name, { exact: true }).fill(foundationName);
  await look?.(visitor, "first-foundation");
  await next();

  await page.getByLabel(words.yourName, { exact: true }).fill("Айгүл Мысалова");
  if (by === "passkey") {
    await page.getByRole("radio", { name: words.byPasskey }).check();
    await visitor.button(words.passkeyMake).click();
    await page.getByText(words.passkeyMade).waitFor({ timeout: patienceMs });
  } else {
    await page.getByRole("textbox", { name: words.passphrase, exact: true }).fill(passphrase);
    await page.getByRole("textbox", { name: words.again, exact: true }).fill(passphrase);
  }
  await look?.(visitor, "first-you");
  await next();

  for (const [i, name] of trustees.entries())
    await page.getByRole("textbox", { name: words.trustee(i + 1), exact: true }).fill(name);
  await look?.(visitor, "first-trustees");
  await next();

  const shares = await shownShares(page);
  await look?.(visitor, "first-sheets");
  for (const [i, share] of [shares[0], shares[2]].entries())
    await page.getByLabel(words.share(i + 1), { exact: true }).fill(share ?? "");
  await visitor.button(words.rehearse).click();
  await page.getByText(words.rehearsed).waitFor();
  await next();

  await look?.(visitor, "first-start");
  await visitor.button(words.start).click();
  await page.locator(".app").waitFor({ timeout: 60_000 });
  await visitor.settled();
}

/** The shares as the page shows them to be copied by hand. */
async function shownShares(page: Page): Promise<readonly string[]> {
  const texts = page.locator(".wizard-share code");
  await texts.first().waitFor({ state: "attached", timeout: 60_000 });
  return texts.evaluateAll((all) => all.map((one) => one.textContent ?? ""));
}
