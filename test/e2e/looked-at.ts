/** What a program can see of a page that a person would stumble over: rules of WCAG, width, size of targets, focus. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { Visitor } from "./visitor.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * Violations of WCAG 2.2 A and AA in the light and in the dark, one line each; the page must let scripts in (`hasNoPolicy`).
 * Begins in the light that is there and stays in the other one: turning it back costs more than looking.
 */
export async function violationsInBothLights(visitor: Visitor): Promise<readonly string[]> {
  const { page, light } = visitor;
  const lines: string[] = [];
  for (const one of [light, light === "light" ? "dark" : "light"] as const) {
    await visitor.lightAs(one);
    // What is not a colour is the same in the other light.
    const found = [
      ...(await axeViolations(page, { colorsOnly: one !== light })),
      ...(await faintDrawingText(page)),
    ];
    lines.push(...found.map((line) => `${one}: ${line}`));
  }
  return lines;
}

/** Violations of WCAG 2.2 A and AA, one line each; the page must let scripts in (`hasNoPolicy`). */
async function axeViolations(
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

/** Text in drawings, which axe leaves out, against what lies behind the drawing: 4.5 to 1 (WCAG 1.4.3). */
function faintDrawingText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/gu) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((one) => {
        const share = one / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (one: Element | null): string => {
      for (let at = one; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if ((channels(backgroundColor)[3] ?? 1) === 1) return backgroundColor;
      }
      return "rgb(255, 255, 255)";
    };
    const faint: string[] = [];
    for (const text of document.querySelectorAll("svg text")) {
      const svg = text.closest("svg");
      if (svg?.checkVisibility() !== true) continue;
      const [a, b] = [luminance(getComputedStyle(text).fill), luminance(behind(svg))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) faint.push(`${contrast.toFixed(1)} to 1: ${text.textContent}`);
    }
    return faint.slice(0, 3);
  });
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

/**
 * Things to press that are smaller than 24 px and too near to another one: no circle of 24 px around them is free
 * (WCAG 2.5.8, with its exceptions for links in a sentence and for what the label presses as well).
 */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pressed =
      "a[href], button, summary, select, input:not([type=hidden], [type=file]), [role=button], [role=menuitem]";
    const targets = [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((one) => {
      const label = one.matches("[type=checkbox], [type=radio]")
        ? (one as HTMLInputElement).labels?.[0]
        : undefined;
      const box = (label ?? one).getBoundingClientRect();
      // Off the screen until it has the focus, like the way past the menu.
      const isShown = one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip");
      return isShown && box.width > 0 && box.height > 0 ? [{ one, box }] : [];
    });
    const isSmall = ({ width, height }: DOMRect) => width < 24 || height < 24;
    const isInSentence = (one: HTMLElement): boolean =>
      one.tagName === "A" &&
      [...(one.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
    const tooNear = (box: DOMRect, other: DOMRect): boolean => {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (isSmall(other))
        return Math.hypot(x - other.x - other.width / 2, y - other.y - other.height / 2) < 24;
      const [dx, dy] = [
        Math.max(other.x - x, 0, x - other.right),
        Math.max(other.y - y, 0, y - other.bottom),
      ];
      return Math.hypot(dx, dy) < 12;
    };
    return targets
      .filter(({ one, box }) => isSmall(box) && !isInSentence(one))
      .filter(({ one, box }) =>
        targets.some(
          (other) =>
            other.one !== one &&
            !other.one.contains(one) &&
            !one.contains(other.one) &&
            tooNear(box, other.box),
        ),
      )
      .map(
        ({ one, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`,
      );
  });
}

export type Stop = {
  /** Which element of {@link tabbable}; -1: one that came later. */
  readonly place: number;
  readonly html: string;
  readonly isSeen: boolean;
};

/**
 * What Tab should come to: shown, not disabled, not one of a group of which the arrow keys choose. Each is marked with its
 * number; `isNew` false: those that were marked before and are still there.
 */
export async function tabbable(
  page: Page,
  { isNew = true }: { readonly isNew?: boolean } = {},
): Promise<ReadonlyMap<number, string>> {
  const list = await page.evaluate(
    (marksAnew) =>
      [
        ...document.querySelectorAll<HTMLElement>(
          "a[href], button, input, select, textarea, summary, [tabindex]",
        ),
      ]
        .filter(
          (one) =>
            one.tabIndex >= 0 &&
            !one.matches(":disabled, [type=radio], [type=hidden], [type=file]") &&
            one.checkVisibility({ visibilityProperty: true }) &&
            one.closest("[inert]") === null &&
            (marksAnew || one.dataset["stop"] !== undefined),
        )
        .map((one, i) => {
          if (marksAnew) one.dataset["stop"] = String(i);
          return [Number(one.dataset["stop"]), one.outerHTML.slice(0, 140)] as const;
        }),
    isNew,
  );
  return new Map(list);
}

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
      place: Number(one.dataset["stop"] ?? -1),
      html: one.outerHTML.slice(0, 160),
      isSeen: near.some(ringed) || isField || (width > innerWidth / 2 && height > innerHeight / 2),
    };
  });
}
