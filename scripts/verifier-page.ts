// `verify.html`: one file from `src/verifier/page.ts`, for a browser without a network. No source maps, no names of the
// building machine, fixed targets: the same sources give the same bytes.
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { build } from "vite";
import { pageShell, pageStyle } from "#verifier/page-shell.ts";

const root = resolve(import.meta.dirname, "..");
const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

const bundle = async (): Promise<string> => {
  const built = await build({
    root,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: {
      write: false,
      target: ["chrome111", "firefox115", "safari16.4"],
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: resolve(root, "src/verifier/page.ts"),
        output: { format: "iife", codeSplitting: false },
      },
    },
  });
  const outputs = Array.isArray(built)
    ? built.flatMap((one) => one.output)
    : "output" in built
      ? built.output
      : [];
  const chunks = outputs.filter((one) => one.type === "chunk");
  const [only] = chunks;
  if (only === undefined || chunks.length !== 1 || outputs.length !== 1)
    throw new Error(`the page is one script, not ${outputs.map((one) => one.fileName).join(", ")}`);
  return only.code;
};

/** The whole page. */
export const buildVerifyHtml = async (): Promise<string> => {
  // A text of the program that looks like the end of its own element would end it.
  const script = (await bundle()).replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  return pageShell(script, sha256(script), sha256(pageStyle));
};
