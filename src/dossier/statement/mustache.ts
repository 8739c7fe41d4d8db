/**
 * The part of Mustache that the statement needs: `{{name}}` (escaped), `{{#name}}…{{/name}}`, `{{^name}}…{{/name}}`, `{{.}}`.
 * Small on purpose: `verify.py` holds the same forty lines, and both must write the same bytes.
 */
export type View = string | boolean | readonly View[] | { readonly [name: string]: View };

type Section = { readonly kind: "each" | "without"; readonly text: string; readonly body: readonly Node[] };
type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly text: string }
  | Section;

const tag = /\{\{([#^/]?)([A-Za-z.]+)\}\}/g;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => escapes[sign] as string);

const parse = (template: string): readonly Node[] => {
  const stack: Node[][] = [[]];
  const open: { kind: "each" | "without"; text: string }[] = [];
  let from = 0;
  for (const found of template.matchAll(tag)) {
    const [whole, sign, name] = found as unknown as [string, string, string];
    (stack.at(-1) as Node[]).push({ kind: "text", text: template.slice(from, found.index) });
    from = found.index + whole.length;
    if (sign === "") (stack.at(-1) as Node[]).push({ kind: "value", text: name });
    else if (sign === "/") {
      const body = stack.pop() as Node[];
      const section = open.pop();
      if (section?.text !== name) throw new Error(`the template closes ${name}, which is not open`);
      (stack.at(-1) as Node[]).push({ ...section, body });
    } else {
      open.push({ kind: sign === "#" ? "each" : "without", text: name });
      stack.push([]);
    }
  }
  (stack.at(-1) as Node[]).push({ kind: "text", text: template.slice(from) });
  if (stack.length !== 1) throw new Error("the template leaves a section open");
  return stack[0] as Node[];
};

const lookUp = (contexts: readonly View[], name: string): View => {
  if (name === ".") return contexts.at(-1) as View;
  for (let at = contexts.length - 1; at >= 0; at--) {
    const context = contexts[at];
    if (typeof context === "object" && !Array.isArray(context) && Object.hasOwn(context, name))
      return (context as { [name: string]: View })[name] as View;
  }
  return false;
};

const write = (nodes: readonly Node[], contexts: readonly View[], out: string[]): void => {
  for (const node of nodes) {
    if (node.kind === "text") out.push(node.text);
    else if (node.kind === "value") {
      const value = lookUp(contexts, node.text);
      out.push(typeof value === "string" ? escapeHtml(value) : "");
    } else writeSection(node, contexts, out);
  }
};

const writeSection = ({ kind, text, body }: Section, contexts: readonly View[], out: string[]): void => {
  const value = lookUp(contexts, text);
  const list = Array.isArray(value)
    ? (value as readonly View[])
    : value === false || value === ""
      ? []
      : [value];
  if (kind === "each") for (const item of list) write(body, [...contexts, item], out);
  else if (list.length === 0) write(body, contexts, out);
};

/** `renderMustache("{{#rows}}<li>{{name}}</li>{{/rows}}", { rows: [{ name: "a & b" }] })` is `<li>a &amp; b</li>`. */
export const renderMustache = (template: string, view: View): string => {
  const out: string[] = [];
  write(parse(template), [view], out);
  return out.join("");
};
