// Starts the workspace without a connection. Holds exactly the files of one build, each checked against its hash; what
// the server answers under /api is never kept here. A plain script without imports: the build strips its types.

type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Waiting & { readonly request: Request; respondWith(answer: Promise<Response>): void };
declare const BUILT_FILES: readonly (readonly [path: string, sha256: string])[];

const base = new URL("./", location.href).pathname;
const fileList = BUILT_FILES;
const built: ReadonlyMap<string, string> = new Map(fileList);
// The name is a digest of the whole build, so that two builds never mix.
const cacheName = (async () => {
  const list = new TextEncoder().encode(JSON.stringify(fileList));
  return `app-${await digestOf(list)}`;
})();

async function digestOf(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}

/** Fetches one file of the build; throws unless its bytes are those of the list, so that a build is whole or absent. */
async function fetchBuilt(path: string): Promise<Response> {
  const response = await fetch(base + path, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const copy = response.clone();
  let bytes = new Uint8Array(await copy.arrayBuffer());
  if (path.endsWith(".html")) {
    // A page comes with a nonce of this request; it was hashed with the placeholder.
    const text = new TextDecoder().decode(bytes);
    const nonce = /<meta property="csp-nonce" nonce="([^"]+)"/u.exec(text)?.[1];
    bytes = new TextEncoder().encode(nonce === undefined ? text : text.replaceAll(nonce, "__NONCE__"));
  }
  if ((await digestOf(bytes)) !== built.get(path)) throw new Error(`${path} is not the file of this build`);
  return response;
}

addEventListener("install", (event) => {
  (event as Waiting).waitUntil(
    (async () => {
      const cache = await caches.open(await cacheName);
      for (const path of built.keys())
        if ((await cache.match(base + path)) === undefined)
          await cache.put(base + path, await fetchBuilt(path));
    })(),
  );
});

addEventListener("activate", (event) => {
  (event as Waiting).waitUntil(
    (async () => {
      const current = await cacheName;
      for (const name of await caches.keys())
        if (name.startsWith("app-") && name !== current) await caches.delete(name);
    })(),
  );
});

// The page asks for the change to a new version; it is never made under someone's hands.
addEventListener("message", (event) => {
  const worker = globalThis as unknown as { skipWaiting(): Promise<void> };
  if ((event as MessageEvent).data === "take-over") void worker.skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !pathname.startsWith(base)) return;
  const path = pathname.slice(base.length);
  if (built.has(path) && path !== "index.html") (event as Fetching).respondWith(fromCache(path, request));
  else if (request.mode === "navigate") (event as Fetching).respondWith(fromCache("index.html", request));
});

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(await cacheName);
  return (await cache.match(base + path)) ?? fetch(request);
}
