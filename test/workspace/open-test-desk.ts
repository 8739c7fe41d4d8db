/** A desk over a real record in memory: the log, the keys and the rules are the true ones, only nothing is on a disk. */
import { openLog } from "#log/sequencer.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import { expectOk, type Refusal } from "#record/result.ts";
import { found } from "#session/keys/found.ts";
import { localPort } from "#session/record-port.ts";
import { openMemoryStore } from "#storage/memory/memory-store.ts";
import { anyCall, type CallAnswer, type CallInput, type CallName } from "#workspace/desk/calls.ts";
import type { Preview } from "#workspace/desk/command.ts";
import { commandNamed, type CommandName, type InputOf } from "#workspace/desk/commands.ts";
import { Desk, type DeskEvent } from "#workspace/desk/desk.ts";
import { memoryLocalStore } from "#workspace/desk/local-store.ts";
import { memoryFiles } from "#workspace/desk/waiting-files.ts";
import type { Settled } from "#workspace/desk/waiting-item.ts";
import { logSigner, origin } from "#test/drills/invented-log.ts";

export type TestDesk = {
  readonly desk: Desk;
  readonly events: DeskEvent[];
  /** Asks as a screen does. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>>;
  /** Previews, confirms, and waits until it is on the record or stopped; a refusal of the preview throws. */
  record<N extends CommandName>(name: N, input: InputOf<N>): Promise<Settled>;
  /** Previews, confirms and holds it back, as it waits without a connection; answers with its number. */
  hold<N extends CommandName>(name: N, input: InputOf<N>): Promise<number>;
  /** The refusal of a preview; undefined when it is allowed. */
  refusal<N extends CommandName>(name: N, input: InputOf<N>): Promise<Refusal | undefined>;
};

/** A new foundation whose first officer is at her desk. `day`: what the clock says, at 06:00 UTC. */
export async function openTestDesk({ day = "2025-11-24" } = {}): Promise<TestDesk> {
  const now = () => Date.parse(`${day}T06:00:00Z`);
  const events: DeskEvent[] = [];
  const desk = new Desk({
    origin: "http://desk.invalid",
    tell: (event) => void events.push(event),
    now,
    command: commandNamed,
  });
  const store = openMemoryStore();
  const log = expectOk(await openLog({ store, logSigner, origin }));
  const logKey = verifierKey(origin, signatureType.ed25519, logSigner.publicKey);
  const founded = await found(
    {
      name: "Invented Foundation",
      currency: "KZT",
      languages: ["kk", "ru", "en"],
      officerName: "Айгүл Мысалова",
      logKey: vkeyText(logKey),
      at: now() / 1000,
    },
    desk.randomBytes,
  );
  expectOk(await log.append(founded.entries, { objects: founded.objects }));
  await desk.open({
    port: localPort(store, log),
    logKey,
    keyring: founded.keyring,
    local: memoryLocalStore(),
    files: memoryFiles(desk.randomBytes),
    isSample: false,
    keepKeyring: async () => {},
  });
  const preview = (name: string, input: unknown) =>
    anyCall["command.preview"]?.(desk, { name, input }) as ReturnType<
      (typeof import("#workspace/desk/outbox-calls.ts").outboxCalls)["command.preview"]
    >;
  return {
    desk,
    events,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer
    ask: (name, input) => anyCall[name]?.(desk, input) as never,
    async record(name, input) {
      const { digest } = expectOk<Preview, Refusal>(await preview(name, input));
      const id = (await anyCall["command.record"]?.(desk, { name, title: name, input, digest })) as number;
      return desk.opened.outbox.settled(id);
    },
    async hold(name, input) {
      const { digest } = expectOk<Preview, Refusal>(await preview(name, input));
      return desk.opened.outbox.add({ command: name, title: name, input, digest, holdMs: 60_000 });
    },
    async refusal(name, input) {
      const previewed = await preview(name, input);
      return previewed.ok ? undefined : previewed.refusal;
    },
  };
}
