/** The desk's worker: one member's opened record, beside the page. */
import "#record/portable.ts";
import { Failure } from "#session/refusals/failure.ts";
import type { Command, Job } from "./command.ts";
import { Desk } from "./desk.ts";
import { signInCalls } from "./sign-in-calls.ts";
import type { FromDesk, ToDesk } from "./wire.ts";

const tell = (message: FromDesk): void => globalThis.postMessage(message);

/**
 * What is asked before anyone has signed in. Only this comes with the worker: readers of bank files, dossiers and search
 * weigh more than all of it, so they are loaded while she types her passphrase.
 */
const firstCalls: ReadonlySet<string> = new Set(["desk.state", "desk.language", "sign-in.locks"]);

let subjects: Promise<typeof import("./calls.ts")> | undefined;
let commandNamed: ((name: string) => Command<unknown> | Job<unknown> | undefined) | undefined;

/** All calls and commands of all subjects, once. After a lost connection it is tried again. */
function loadSubjects(): Promise<typeof import("./calls.ts")> {
  subjects ??= Promise.all([import("./calls.ts"), import("./commands.ts")]).then(
    ([calls, commands]) => {
      commandNamed = commands.commandNamed;
      return calls;
    },
    (error: unknown) => {
      subjects = undefined;
      throw error;
    },
  );
  return subjects;
}

async function callNamed(name: string) {
  const first: Readonly<Record<string, unknown>> = signInCalls;
  if (!firstCalls.has(name) || !Object.hasOwn(first, name)) return (await loadSubjects()).anyCall[name];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `anyCall` of calls.ts, of which these are a part
  return first[name] as (desk: Desk, input: unknown) => Promise<unknown>;
}

const desk = new Desk({
  origin: globalThis.location.origin,
  tell: (event) => tell({ event }),
  now: () => Date.now(),
  command: (name) => commandNamed?.(name),
});

globalThis.addEventListener("message", ({ data }: MessageEvent<ToDesk>) => void answer(data));
globalThis.addEventListener("online", () => void desk.catchUp().catch(() => undefined));

async function answer({ id, name, input }: ToDesk): Promise<void> {
  try {
    const call = await callNamed(name);
    if (call === undefined) throw new Error(`bug: the desk has no "${name}"`);
    tell({ id, answer: await desk.turns.answer(() => call(desk, input)) });
    if (name === "desk.state" && !desk.isOpen) {
      void loadSubjects().catch(() => undefined);
      void desk.prepare().catch(() => undefined);
    }
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
