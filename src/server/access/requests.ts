/** Whose request is it: its origin, its address, its session. */
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { HttpFailure } from "../http-failure.ts";
import type { Services, ServerEnv } from "../services.ts";
import type { Settings } from "../settings.ts";
import { limitedAddress, type rates } from "./rate-limit.ts";

const cookieName = "aigaq";

type Request = Context<ServerEnv>;

/** `https://aigaq.example`: where the person's browser is. It is what a sign-in is bound to. */
export function originOf(context: Request, settings: Settings): string {
  if (settings.origin !== undefined) return settings.origin;
  const url = new URL(context.req.url);
  const forwarded = settings.proxies > 0 ? context.req.header("x-forwarded-proto") : undefined;
  return forwarded === "https" ? `https://${url.host}` : url.origin;
}

/** The address of whoever asks, as far as it can be known; only for limits, and never kept. */
export function addressOf(
  request: { readonly direct: string | undefined; readonly forwardedFor: string | undefined },
  settings: Pick<Settings, "proxies">,
): string {
  const { direct = "", forwardedFor = "" } = request;
  if (settings.proxies === 0) return limitedAddress(direct);
  // Each proxy adds the address it sees at the end; what stands further left anyone may have written.
  const forwarded = forwardedFor.split(",").map((part) => part.trim());
  return limitedAddress(forwarded.at(-settings.proxies) ?? direct);
}

/**
 * Whether it comes from this very machine, to a server that is reached as this machine only. A reverse proxy connects from
 * here too, and a page whose name was pointed at 127.0.0.1 does, so neither counts.
 */
export function isFromHere(context: Request, settings: Settings): boolean {
  const address = context.env?.incoming?.socket.remoteAddress ?? "";
  const isLoopback = address === "::1" || /^(?:::ffff:)?127\./u.test(address);
  const host = new URL(context.req.url).hostname;
  const isForwarded = forwardingHeaders.some((name) => context.req.header(name) !== undefined);
  // nginx as it is delivered names itself as the host, adds no header, and speaks HTTP/1.0, which no browser does.
  const isOldHttp = context.env?.incoming?.httpVersion === "1.0";
  const isPublic = settings.origin !== undefined && !isHere(new URL(settings.origin).hostname);
  return isLoopback && isHere(host) && settings.proxies === 0 && !isForwarded && !isOldHttp && !isPublic;
}

function isHere(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

const forwardingHeaders = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
] as const;

/** 429 with Retry-After when this address (or `who`) asks too often. */
export function limit(
  context: Request,
  services: Pick<Services, "limits" | "settings">,
  kind: keyof typeof rates,
  who?: string,
): void {
  const direct = context.env?.incoming?.socket.remoteAddress;
  const forwardedFor = context.req.header("x-forwarded-for");
  const name = who ?? addressOf({ direct, forwardedFor }, services.settings);
  const refused = services.limits.take(kind, name);
  if (refused === undefined) return;
  throw new HttpFailure(
    429,
    "too-many-requests",
    `Too many requests; try again in ${refused.retryAfter} s.`,
    {
      details: { retryAfter: refused.retryAfter },
      headers: { "Retry-After": String(refused.retryAfter) },
    },
  );
}

/**
 * Against requests that another site makes a member's browser send: what changes something needs a header that no form and
 * no plain cross-site request can carry, and an origin that is ours.
 */
export function refuseForeign(settings: Settings): MiddlewareHandler<ServerEnv> {
  return async (context, next) => {
    const { method } = context.req;
    if (method !== "GET" && method !== "HEAD") {
      if (context.req.header("x-aigaq") !== "1")
        throw new HttpFailure(403, "header-missing", 'Requests that change something carry "X-Aigaq: 1".');
      const origin = context.req.header("origin");
      const site = context.req.header("sec-fetch-site");
      const isOurs =
        origin === undefined
          ? site === undefined || site === "same-origin" || site === "none"
          : origin === originOf(context, settings);
      if (!isOurs) throw new HttpFailure(403, "origin-foreign", "This request comes from another site.");
    }
    await next();
  };
}

/** All that is done for a member whose keys do not count before root keys have given her another. */
const beforeReturn: ReadonlySet<string> = new Set(["POST /api/entries", "POST /api/sign-out"]);

function isForReturn({ req }: Request): boolean {
  return req.method === "GET" || req.method === "HEAD" || beforeReturn.has(`${req.method} ${req.path}`);
}

/**
 * Lets only signed-in members on whose keys still count; and trustees, who have shown two root keys, to read and to put the key
 * of one on the record whose keys do not.
 */
export function requireMember(services: Services): MiddlewareHandler<ServerEnv> {
  return async (context, next) => {
    const token = getCookie(context, cookieName);
    const session = token === undefined ? undefined : await services.sessions.find(token);
    const isCurrent = session !== undefined && services.host.state.isCurrent(session.member);
    if (session === undefined || !(isCurrent || (session.isRecovery === true && isForReturn(context))))
      throw new HttpFailure(401, "not-signed-in", "Sign in first.");
    limit(context, services, "member", session.member);
    context.set("session", session);
    await next();
  };
}

export function requireOfficer(context: Request, services: Services): void {
  if (!services.host.state.isOfficer(context.get("session").member))
    throw new HttpFailure(403, "not-an-officer", "Only an officer may do this.");
}

export function giveCookie(context: Request, settings: Settings, token: string): void {
  setCookie(context, cookieName, token, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure: originOf(context, settings).startsWith("https:"),
  });
}

export function takeCookie(context: Request): void {
  deleteCookie(context, cookieName, { path: "/" });
}
