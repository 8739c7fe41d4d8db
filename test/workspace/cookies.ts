/** A `fetch` that keeps the server's cookie and names its own origin, as a browser's does. */
export function fetchWithCookies(origin: string): typeof fetch {
  let cookie = "";
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("Origin", origin);
    if (cookie !== "") headers.set("Cookie", cookie);
    const response = await fetch(input, { ...init, headers });
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) cookie = given.split(";")[0] ?? "";
    return response;
  };
}
