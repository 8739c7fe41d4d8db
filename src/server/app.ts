/** All addresses of the server but the public site, which `pages/public-site.ts` answers before. */
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { StoreDamaged, StoreFull, StoreUnreachable } from "#storage/contract.ts";
import { invitationRoutes, publicInvitationRoutes } from "./access/invitations.ts";
import { letterRoutes, publicLetterRoutes } from "./access/letters.ts";
import { meRoutes } from "./access/me.ts";
import { publicRecoveryRoutes, recoveryRoutes } from "./access/recovery.ts";
import { originOf, refuseForeign, requireMember } from "./access/requests.ts";
import { signInRoutes } from "./access/sign-in.ts";
import { appendRoutes } from "./entries/append.ts";
import { changeRoutes } from "./entries/changes.ts";
import { objectRoutes } from "./entries/objects.ts";
import { readingRoutes } from "./entries/reading.ts";
import { roomSnapshotRoutes } from "./entries/room-snapshots.ts";
import { tlogRoutes } from "./entries/tlog.ts";
import { fileRoutes } from "./files/routes.ts";
import { foundationRoutes } from "./foundation.ts";
import { HttpFailure } from "./http-failure.ts";
import { staticAppRoutes } from "./pages/static-app.ts";
import type { Services, ServerEnv } from "./services.ts";
import { untilReady } from "./until-ready.ts";

/** `report` is told of our own bugs and of damage: never of who asked for what. */
export function makeApp(services: Services, report: (problem: string) => void): Hono<ServerEnv> {
  const { settings, host } = services;
  const app = new Hono<ServerEnv>();

  app.use(async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(securityHeaders))
      if (!headers.has(name)) headers.set(name, value);
    if (originOf(context, settings).startsWith("https:"))
      headers.set("Strict-Transport-Security", "max-age=31536000");
  });

  app.onError((cause, context) => {
    const failure = asFailure(cause);
    if (failure === undefined) {
      report(`bug: ${cause.stack ?? cause.message}`);
      return context.json({ error: { code: "bug", message: "Something went wrong in the server." } }, 500);
    }
    if (failure.status >= 500 && failure.status !== 503) report(`${failure.code}: ${failure.message}`);
    for (const [name, value] of Object.entries(failure.headers)) context.header(name, value);
    const { code, message, details } = failure;
    return context.json({ error: { ...jsonOf(details), code, message } }, failure.status);
  });
  app.notFound((context) =>
    context.json({ error: { code: "not-found", message: "There is nothing at this address." } }, 404),
  );

  app.get("/health", (context) => {
    const status: ContentfulStatusCode = host.damage === undefined ? 200 : 503;
    const { size, isReady } = host;
    return context.json({ ok: host.damage === undefined, started: size > 0, size, ready: isReady }, status);
  });
  tlogRoutes(app, services);
  staticAppRoutes(app, services);

  app.use("/api/*", refuseForeign(settings));
  foundationRoutes(app, services);
  app.use("/api/*", untilReady(host));
  signInRoutes(app, services);
  publicLetterRoutes(app, services);
  publicInvitationRoutes(app, services);
  publicRecoveryRoutes(app, services);

  app.use("/api/*", requireMember(services));
  meRoutes(app, services);
  invitationRoutes(app, services);
  recoveryRoutes(app, services);
  letterRoutes(app, services);
  readingRoutes(app, services);
  appendRoutes(app, services);
  objectRoutes(app, services);
  roomSnapshotRoutes(app, services);
  fileRoutes(app, services);
  changeRoutes(app, services);
  return app;
}

const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "geolocation=(), microphone=(), interest-cohort=()",
  "X-Robots-Tag": "noindex",
  // Answers of the API are one member's; what may be kept says so itself.
  "Cache-Control": "no-store",
};

function asFailure(cause: unknown): HttpFailure | undefined {
  if (cause instanceof HttpFailure) return cause;
  if (cause instanceof StoreFull)
    return new HttpFailure(507, "disk-full", "The server's disk is full; nothing was changed.");
  if (cause instanceof StoreUnreachable)
    return new HttpFailure(
      503,
      "store-unreachable",
      "The server's database does not answer; try again soon.",
    );
  if (cause instanceof StoreDamaged)
    return new HttpFailure(500, "store-damaged", `The server's storage is damaged: ${cause.message}`);
  return undefined;
}

/** Hashes in hex, and nothing that JSON cannot carry. */
function jsonOf(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) => {
      if (typeof value === "bigint") return [[name, String(value)]];
      return typeof value === "object" && value !== null ? [] : [[name, value]];
    }),
  );
}
