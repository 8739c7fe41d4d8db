/** What a program can see of a page that a person would stumble over: rules of WCAG, width, size of targets, focus. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Violations of WCAG 2.2 A and AA, one line each; the page must let scripts in (`hasNoPolicy`). */
export async function axeViolations(
  page: Page,
  { colorsOnly = false }: { readonly colorsOnly?: boolean } = {},
): Promise<readonly string[]> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe);
  const rules = colorsOnly
    ? `{ type: "rule", values: ["color-contrast", "link-in-text-block"] }`
    : `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]`;
  return page.evaluate(`axe.run({
    runOnly: ${rules},
    resultTypes: ["violations"],
  }).then(({ passes, violations }) => passes.length < ${colorsOnly ? 1 : 8} ? ["nothing was looked at"] :
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => id + ": " + html.slice(0, 200) + " " + (any[0]?.message ?? "").slice(0, 160))))`);
}

/** How much wider the page is than its window, in pixels, and what sticks out. */
export function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1 && one.childElementCount === 0,
    );
    return [
      `${scrollWidth - clientWidth} px too wide`,
      ...wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 160)),
    ];
  });
}

/** Things to press that are lower or narrower than 24 px and stand in no line of text (WCAG 2.5.8). */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pressed =
      "a[href], button, summary, select, input:not([type=hidden], [type=file]), [role=button], [role=menuitem]";
    const small: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>(pressed)) {
      const { width, height } = one.getBoundingClientRect();
      if (width === 0 || height === 0 || !one.checkVisibility({ visibilityProperty: true })) continue;
      if (width >= 24 && height >= 24) continue;
      // A box to tick is pressed by its label; a link in a sentence may be as high as its line.
      const label = one instanceof HTMLInputElement ? one.labels?.[0]?.getBoundingClientRect() : undefined;
      if (label !== undefined && label.height >= 20 && label.width >= 24) continue;
      const isInText =
        one.tagName === "A" &&
        [...(one.parentElement?.childNodes ?? [])].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
        );
      if (isInText || one.closest("p, dd, td, li > p") !== null) continue;
      // Off the screen until it has the focus, like the way past the menu.
      if (one.matches(".skip")) continue;
      small.push(`${Math.round(width)}×${Math.round(height)} ${one.outerHTML.slice(0, 120)}`);
    }
    return small;
  });
}

export type Stop = {
  /** Which element: its place in the document. */
  readonly place: number;
  readonly html: string;
  readonly isSeen: boolean;
};

/** The element that has the focus, and whether anybody can see that it has; undefined: none has. */
export function focused(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement) || one === document.body) return undefined;
    const ringed = (element: Element | null | undefined): boolean => {
      if (element === null || element === undefined) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (
        (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1.5) ||
        (boxShadow !== "none" && /0px 0px 0px [2-9]/u.test(boxShadow))
      );
    };
    // A box, a switch or a segment paints its ring on what stands for it; a field on its border.
    const isField = one.matches("input:not([type=checkbox], [type=radio]), textarea, select");
    const near = [
      one,
      one.parentElement,
      one.nextElementSibling,
      ...(one instanceof HTMLInputElement ? (one.labels ?? []) : []),
    ];
    const { width, height } = one.getBoundingClientRect();
    return {
      place: [...document.querySelectorAll("*")].indexOf(one),
      html: one.outerHTML.slice(0, 160),
      isSeen: near.some(ringed) || isField || (width > innerWidth / 2 && height > innerHeight / 2),
    };
  });
}
