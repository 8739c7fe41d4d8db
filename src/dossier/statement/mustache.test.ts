import { expect, test } from "vitest";
import { renderMustache } from "./mustache.ts";

test("values are escaped, so that no name of a payee becomes a part of the page", () => {
  expect(renderMustache("<b>{{name}}</b>", { name: `<script>"&'` })).toBe(
    "<b>&lt;script&gt;&quot;&amp;&#39;</b>",
  );
});

test("lists, conditions and their opposites", () => {
  expect(
    renderMustache("{{#rows}}{{name}}{{l.sep}}{{/rows}}", {
      rows: [{ name: "a" }, { name: "b" }],
      "l.sep": ";",
    }),
  ).toBe("a;b;");
  expect(renderMustache("{{#all}}{{.}} {{/all}}", { all: ["x", "y"] })).toBe("x y ");
  expect(
    renderMustache("{{#yes}}1{{/yes}}{{#no}}2{{/no}}{{^no}}3{{/no}}{{^rows}}4{{/rows}}", {
      yes: true,
      no: false,
      rows: [],
    }),
  ).toBe("134");
});

test("a name that is nowhere leaves nothing", () => {
  expect(renderMustache("[{{missing}}{{#missing}}x{{/missing}}]", {})).toBe("[]");
});

test("a template that does not close what it opens is our own mistake", () => {
  expect(() => renderMustache("{{#a}}", {})).toThrow("open");
  expect(() => renderMustache("{{#a}}{{/b}}", {})).toThrow("closes b");
});
