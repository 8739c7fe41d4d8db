// Builds the workspace into dist/app: pages, workers, icons, manifest, service worker, each text beside its compressed
// forms. Does nothing when nothing changed. The folder is swapped at the end, so a running server never sees half of it.
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, relative, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { iconPng, iconSvg } from "./app-icons.ts";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "src/workspace");
const target = join(root, "dist/app");

export type AppBuild = {
  /** Where to build to instead of dist/app: tests and releases. */
  readonly into?: string;
  /** Smallest files (brotli 11) at the cost of some seconds. */
  readonly isRelease?: boolean;
};

/** Brings dist/app up to date. */
export async function buildApp({ into = target, isRelease = false }: AppBuild = {}): Promise<void> {
  const wanted = sourcesHash(isRelease);
  const receipt = join(into, ".sources");
  if (existsSync(receipt) && readFileSync(receipt, "utf8") === wanted) return;
  const fresh = `${into}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  await bundle(fresh);
  await writeSampleAndVerifiers(fresh);
  writeExtras(fresh);
  compressAll(fresh, isRelease ? 11 : 9);
  writeFileSync(join(fresh, ".sources"), wanted);
  const old = `${into}.old-${process.pid}`;
  if (existsSync(into)) renameSync(into, old);
  renameSync(fresh, into);
  rmSync(old, { recursive: true, force: true });
}

/** A digest of everything that the built files depend on. */
function sourcesHash(isRelease: boolean): string {
  const hash = createHash("sha256").update(String(isRelease));
  const files = globSync(
    [
      "src/**/*.{ts,tsx,css,html,json,svg,py}",
      "scripts/{build-app,app-icons,png-file,build-sample,sample-*,build-verifier,verifier-page}.ts",
      "test/samples/foundation/*",
      "package-lock.json",
    ],
    { cwd: root, exclude: ["src/{server,cli}/**", "src/**/*.test.{ts,tsx}"] },
  ).toSorted();
  for (const file of files) {
    if (!statSync(join(root, file)).isFile()) continue;
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

async function bundle(outDir: string): Promise<void> {
  const { build } = await import("vite");
  const { default: react } = await import("@vitejs/plugin-react");
  const pages = ["index.html", "letter.html"]
    .map((name) => join(source, name))
    .filter((path) => existsSync(path));
  await build({
    configFile: false,
    root: source,
    base: "/app/",
    logLevel: "warn",
    publicDir: false,
    plugins: [react()],
    // Node's crypto is looked up at run time and absent in a browser; nothing else tells the two apart.
    define: { "process.env.NODE_ENV": '"production"' },
    html: { cspNonce: "__NONCE__" },
    worker: { format: "es" },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2023",
      // An inlined file is a data: address, which the page's policy refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
      // How long its plugins took is of no use to whoever starts the server.
      rolldownOptions: { input: pages, checks: { pluginTimings: false } },
    },
  });
}

/** The sample foundation of "Look around", and the two verifiers that travel in every dossier. */
async function writeSampleAndVerifiers(folder: string): Promise<void> {
  const { keptSample } = await import("./build-sample.ts");
  const { records, keyring } = await keptSample();
  mkdirSync(join(folder, "sample"));
  for (const [language, record] of Object.entries(records))
    writeFileSync(join(folder, `sample/record-${language}.bin`), record);
  writeFileSync(join(folder, "sample/keyring.json"), keyring);
  const { buildVerifyHtml } = await import("./verifier-page.ts");
  mkdirSync(join(folder, "verifiers"));
  writeFileSync(join(folder, "verifiers/verify.html"), await buildVerifyHtml());
  writeFileSync(join(folder, "verifiers/verify.py"), readFileSync(join(root, "src/verifier/verify.py")));
}

/** What Vite does not make: icons, manifest, and the service worker with the exact list of files. */
function writeExtras(folder: string): void {
  writeFileSync(join(folder, "icon.svg"), iconSvg);
  for (const size of [192, 512]) {
    writeFileSync(join(folder, `icon-${size}.png`), iconPng(size, 0.22));
    writeFileSync(join(folder, `icon-maskable-${size}.png`), iconPng(size, 0));
  }
  writeFileSync(join(folder, "manifest.webmanifest"), JSON.stringify(manifest, null, 1));
  // The sample is for looking around once; the rest is needed without a connection.
  const needed = files(folder).filter((path) => !path.startsWith(join(folder, "sample")));
  const list = needed.map((path) => [
    relative(folder, path).replaceAll("\\", "/"),
    createHash("sha256").update(readFileSync(path)).digest("base64"),
  ]);
  const worker = stripped(readFileSync(join(source, "service-worker.ts"), "utf8"));
  writeFileSync(join(folder, "service-worker.js"), worker.replaceAll("BUILT_FILES", JSON.stringify(list)));
}

/** TypeScript without its types. Node's own function, which it calls experimental and would say so at every start. */
function stripped(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** A neutral name: an icon on a phone should not say what its owner works on. */
const manifest = {
  name: "Workspace",
  short_name: "Workspace",
  id: "/app/",
  start_url: "/app/",
  scope: "/app/",
  display: "standalone",
  background_color: "#f6f8f7",
  theme_color: "#136854",
  icons: [
    { src: "/app/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    ...[192, 512].flatMap((size) => [
      { src: `/app/icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png", purpose: "any" },
      {
        src: `/app/icon-maskable-${size}.png`,
        sizes: `${size}x${size}`,
        type: "image/png",
        purpose: "maskable",
      },
    ]),
  ],
};

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Pages are left out: the server puts a fresh nonce into them at each request. The sample is sealed and does not shrink. */
function compressAll(folder: string, quality: number): void {
  const texts = files(folder).filter((path) => /\.(?:js|css|svg|json|wasm|webmanifest|py|txt)$/u.test(path));
  for (const path of texts) {
    const bytes = readFileSync(path);
    // A window as large as the file: the usual one of 4 MiB is allocated anew for each, and takes ten seconds for all.
    const window = Math.min(22, Math.max(10, Math.ceil(Math.log2(bytes.length + 1))));
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_LGWIN]: window,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

if (import.meta.main) {
  mkdirSync(join(root, "dist"), { recursive: true });
  await buildApp({ isRelease: process.argv.includes("--release") });
}
