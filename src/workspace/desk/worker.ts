/** The desk's worker: one member's opened record, beside the page. */
import "#record/portable.ts";
import { Failure } from "#session/failure.ts";
import { anyCall } from "./calls.ts";
import { commandNamed } from "./commands.ts";
import { Desk } from "./desk.ts";
import type { FromDesk, ToDesk } from "./wire.ts";

const tell = (message: FromDesk): void => globalThis.postMessage(message);

const desk = new Desk({
  origin: globalThis.location.origin,
  tell: (event) => tell({ event }),
  now: () => Date.now(),
  command: commandNamed,
});

globalThis.addEventListener("message", ({ data }: MessageEvent<ToDesk>) => void answer(data));
globalThis.addEventListener("online", () => void desk.catchUp().catch(() => undefined));

async function answer({ id, name, input }: ToDesk): Promise<void> {
  try {
    const call = anyCall[name];
    if (call === undefined) throw new Error(`bug: the desk has no "${name}"`);
    tell({ id, answer: await call(desk, input) });
  } catch (error) {
    const isFailure = error instanceof Failure;
    tell({
      id,
      failure: {
        code: isFailure ? error.code : "bug",
        message: error instanceof Error ? error.message : String(error),
        details: isFailure ? { ...error.details } : {},
        ...(error instanceof Error && !isFailure && { stack: error.stack ?? "" }),
      },
    });
  }
}
