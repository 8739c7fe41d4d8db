/**
 * While the server reads its log after a start, some seconds for 100 000 entries, whoever needs what stands in it waits: a figure
 * or a key that is missing still would be a wrong answer, and a refusal for four seconds would be one for nothing.
 */
import type { MiddlewareHandler } from "hono";
import { StoreDamaged } from "#storage/contract.ts";
import type { LogHost } from "./entries/log-host.ts";
import { HttpFailure } from "./http-failure.ts";
import type { ServerEnv } from "./services.ts";

/** Proxies give up on an answer after a minute, people before. */
const patienceMs = 10_000;

/** Whether the log was read, after waiting for it for a while. */
export async function isReadySoon(
  host: Pick<LogHost, "isReady" | "ready">,
  waitMs = patienceMs,
): Promise<boolean> {
  if (host.isReady) return true;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([host.ready.catch(() => undefined), patience]);
  clearTimeout(timer);
  return host.isReady;
}

/** @throws StoreDamaged for a log that is not what its checkpoint covers. */
export function untilReady(
  host: Pick<LogHost, "isReady" | "ready" | "damage">,
  waitMs?: number,
): MiddlewareHandler<ServerEnv> {
  return async (_context, next) => {
    const isReady = await isReadySoon(host, waitMs);
    if (!isReady && host.damage !== undefined) throw new StoreDamaged(host.damage);
    if (!isReady)
      throw new HttpFailure(503, "starting", "The server is starting and reads its log; try again soon.", {
        headers: { "Retry-After": "5" },
      });
    await next();
  };
}
