import { useEffect, useState, useSyncExternalStore } from "react";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { CallAnswer, CallInput, CallName } from "./calls.ts";
import type { DeskEvent } from "./desk.ts";
import type { TakenOver } from "./newcomer.ts";
import type { FromDesk, ToDesk, WireFailure } from "./wire.ts";

/** A call that the desk could not answer: `code` is stable, `message` English; `refusalText` words it. */
export class DeskFailure extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, details, stack }: WireFailure) {
    super(message);
    this.name = "DeskFailure";
    this.code = code;
    this.details = details;
    if (stack !== undefined) this.stack = stack;
  }
}

type Waiting = { resolve(answer: unknown): void; reject(failure: DeskFailure): void };

const waiting = new Map<number, Waiting>();
const listeners = new Set<(event: DeskEvent) => void>();
let worker: Worker | undefined;
let last = 0;

function deskWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "desk" });
  worker.addEventListener("message", ({ data }: MessageEvent<FromDesk>) => {
    if ("event" in data) {
      for (const listener of listeners) listener(data.event);
      return;
    }
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failure" in data) call?.reject(new DeskFailure(data.failure));
    else call?.resolve(data.answer);
  });
  worker.addEventListener("error", ({ message }) => {
    // It could not even start: every question would wait for ever.
    const failure = new DeskFailure({
      code: "bug",
      message: message || "the desk does not start",
      details: {},
    });
    for (const call of waiting.values()) call.reject(failure);
    waiting.clear();
  });
  return worker;
}

/**
 * Asks the desk.
 *
 * @example const { member } = await ask("sign-in", { member: "M-01", key: { kind: "passphrase", passphrase } });
 */
export function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>> {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `calls` ties a name to its answer on both sides
    waiting.set(id, { resolve: (answer) => resolve(answer as CallAnswer<N>), reject });
    deskWorker().postMessage({ id, name, input } satisfies ToDesk);
  });
}

/** Asks, keeps the answer, and asks again whenever the desk says that something changed. */
export function useAsk<N extends CallName>(
  name: N,
  input: CallInput<N>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<CallAnswer<N>, DeskFailure> {
  return useQuery<CallAnswer<N>, DeskFailure>({
    queryKey: [name, input],
    queryFn: () => ask(name, input),
    retry: false,
    // Fresh until the desk says otherwise.
    staleTime: Infinity,
    networkMode: "always",
    // bigint has no JSON form; the hash of a key must take it all the same.
    queryKeyHashFn: (key) =>
      JSON.stringify(key, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)),
    ...(options.enabled !== undefined && { enabled: options.enabled }),
    placeholderData: (before) => before,
  });
}

/**
 * As `useAsk`, but nothing until the first answer of now: for a form that begins with what it says, such as a free number.
 * What was answered to an earlier screen may be taken by then.
 */
export function useAskAnew<N extends CallName>(name: N, input: CallInput<N>): CallAnswer<N> | undefined {
  const { data, isFetching } = useAsk(name, input);
  const [isOfNow, setOfNow] = useState(!isFetching);
  if (!isFetching && !isOfNow) setOfNow(true);
  return isOfNow ? data : undefined;
}

/** Hears what the desk tells of its own accord; returns the way to stop. */
export function onDesk(listener: (event: DeskEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Once at the top of the app: what was asked is asked again when the books changed. */
export function useDeskChanges(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onDesk((event) => {
        if (event.kind === "changed") void client.invalidateQueries();
      }),
    [client],
  );
}

/** The work that the desk is busy with, for a progress bar; undefined when there is none. */
export function useDeskProgress(): { what: string; done: number; total: number } | undefined {
  const [progress, setProgress] = useState<{ what: string; done: number; total: number }>();
  useEffect(
    () =>
      onDesk((event) => {
        if (event.kind === "progress") setProgress(event);
        else if (event.kind === "progress-ended") setProgress(undefined);
      }),
    [],
  );
  return progress;
}

/** What the desk said last: it may have said so before the screen that asks was there. */
let isOnline = true;
onDesk((event) => {
  if (event.kind === "connection") isOnline = event.online;
});

let takenOver: TakenOver | undefined;
onDesk((event) => {
  if (event.kind === "taken-over") takenOver = event.taken;
});

/** Whose books the screens show while this device checks every entry itself; undefined: its own. */
export function useTakenOver(): TakenOver | undefined {
  return useSyncExternalStore(onDesk, () => takenOver);
}

let isBlocked = false;
onDesk((event) => {
  if (event.kind === "blocked") isBlocked = event.isBlocked;
});

/** Whether a tab of an earlier version of the program has to be closed before this one can go on. */
export function useBlocked(): boolean {
  return useSyncExternalStore(onDesk, () => isBlocked);
}

/** Whether the server answers. */
export function useOnline(): boolean {
  return useSyncExternalStore(onDesk, () => isOnline);
}
