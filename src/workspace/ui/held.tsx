import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState, type ReactNode } from "react";
import { Link } from "wouter";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { ask, useAsk } from "#workspace/desk/client.ts";
import type { CommandName } from "#workspace/desk/commands.ts";
import type { Settled } from "#workspace/desk/waiting-item.ts";
import { formatDayRange } from "#language/dates.ts";
import type { ImportRemains } from "#session/imports/import-remains.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { HiddenText } from "./HiddenText.tsx";
import { toast } from "./toasts.tsx";
import { uiWords } from "./words.ts";

type Item = CallAnswer<"outbox.items">[number];

/** How long a decision can be taken back before it is sent: long enough to see that the finger slipped. */
export const holdMs = 5000;

/** What was confirmed of a command, about this one thing, and is not on the record yet. */
export function useHeld(command: CommandName, about: string): Item | undefined {
  const { data = [] } = useAsk("outbox.items", {});
  return data.find((item) => item.command === command && item.about === about);
}

/** How it stands, for the place of the button that was pressed; the message that follows it has the ways back and on. */
export function HeldText({ item: { state, sendAt, upload } }: { readonly item: Item }) {
  const words = useWords(uiWords);
  const left = useSecondsUntil(sendAt);
  if (state === "changed" || state === "refused") return <span>{words.needsLook}</span>;
  if (state === "sending" && upload !== undefined)
    return <span>{words.fileBeingSent(Math.floor((100 * upload.done) / upload.total))}</span>;
  if (state === "sending") return <span>{words.beingSent}</span>;
  if (left === undefined) return <span>{words.waitsToBeSent}</span>;
  return (
    <>
      {/* A reader of the screen hears once that there is time, not every second how much. */}
      <span className="only-heard">{words.canBeTakenBack}</span>
      <span aria-hidden="true" className="held-count">
        {words.sentIn(left)}
      </span>
    </>
  );
}

export function HeldButtons({ item: { id, state, sendAt, upload, isUnreadable } }: { readonly item: Item }) {
  const words = useWords(uiWords);
  return (
    <span className="held-buttons">
      <Button
        size="compact-sm"
        variant="default"
        disabled={state === "sending" && upload === undefined}
        onClick={() => void takeBack(id, words)}
      >
        {isUnreadable === true ? words.drop : words.undo}
      </Button>
      {sendAt !== undefined && (
        <Button size="compact-sm" variant="subtle" onClick={() => void ask("outbox.send-now", { id })}>
          {words.sendNow}
        </Button>
      )}
    </span>
  );
}

/**
 * Leads to the preview. Spins while what it confirmed is on its way; names what waits longer, so that nobody confirms the
 * same twice.
 */
export function PreviewButton({
  held,
  isBusy = false,
  children,
}: {
  readonly held: Item | undefined;
  /** The preview is being made, or its files sealed: with a large file that takes seconds. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}) {
  // A time that is over says nothing: one may wait behind another that does not get through.
  const isHeldBack = useSecondsUntil(held?.sendAt) !== undefined;
  const isUnderWay = held?.state === "sending" || isHeldBack;
  const left = isUnderWay ? undefined : held;
  return (
    <>
      <Button type="submit" loading={isUnderWay || isBusy} disabled={left !== undefined}>
        {children}
      </Button>
      {left !== undefined && (
        <p role="status">
          {left.title}: <HeldText item={left} />
        </p>
      )}
    </>
  );
}

/** Once around the app: whoever leaves the page has decided. A worker that is ended with its page leaves it sealed. */
export function useSendOnLeaving(): void {
  useEffect(() => {
    const send = () => void ask("outbox.send-held", {}).catch(() => undefined);
    const look = () => {
      if (document.visibilityState === "hidden") send();
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", send);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", send);
    };
  }, []);
}

type Words = Readonly<Record<"takenBack" | "tooLate" | "notKnown" | "dropped", string>>;

/** Takes back what waits, and says so; or that it was too late, that nobody knows yet, or what of it is there to stay. */
export async function takeBack(id: number, words: Words): Promise<void> {
  const removal = await ask("outbox.remove", { id });
  notifications.hide(toastOf(id));
  if (typeof removal === "string")
    toast(
      {
        "taken-back": words.takenBack,
        "too-late": words.tooLate,
        "not-known": words.notKnown,
        dropped: words.dropped,
      }[removal],
    );
  // Until she has read it: figures are provisional.
  else notifications.show({ autoClose: false, color: "yellow", message: <PartlyRecorded {...removal} /> });
}

/** Which rows of a file that was taken back are on the record all the same, and the way to complete it. */
function PartlyRecorded({ title, remains }: { readonly title: string; readonly remains: Remains }) {
  const words = useWords(uiWords);
  return (
    <>
      <p>{words.partly(title)}</p>
      <RemainsList remains={remains} />
      <p>
        {words.provisional} <Link href="/import">{words.completeIt}</Link>
      </p>
    </>
  );
}

type Remains = readonly ImportRemains[];

/** Rows that stand on the record of files whose import was cut short: account, number and days. */
export function RemainsList({ remains }: { readonly remains: Remains }) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  return (
    <ul className="remains">
      {remains.map(({ file, account, rows, from, to }) => (
        <li key={`${file ?? ""} ${account}`}>
          {file !== undefined && `${file}: `}
          <HiddenText>{account}</HiddenText>, {words.rowsThere(rows)}
          {from !== null && to !== null && `, ${formatDayRange(from, to, language)}`}
        </li>
      ))}
    </ul>
  );
}

const toastOf = (id: number): string => `held-${id}`;

/** A message that follows what was confirmed from screen to screen: counts down, takes back, sends now, says how it ended. */
export function showHeld(id: number, title: string): void {
  notifications.show({
    id: toastOf(id),
    autoClose: false,
    message: <HeldToast id={id} title={title} />,
  });
}

function HeldToast({ id, title }: { readonly id: number; readonly title: string }) {
  const words = useWords(uiWords);
  const { data = [] } = useAsk("outbox.items", {});
  const [end, setEnd] = useState<Settled["state"]>();
  useEffect(() => {
    let isShown = true;
    const settle = (state: Settled["state"]) => {
      if (!isShown) return;
      setEnd(state);
      // Taken back elsewhere: whoever did so has said it.
      if (state === "removed") notifications.hide(toastOf(id));
      else
        notifications.update({
          id: toastOf(id),
          autoClose: state === "waiting" ? 10_000 : 5000,
          message: <HeldToast id={id} title={title} />,
        });
    };
    ask("outbox.settled", { id }).then(
      ({ state }) => settle(state),
      () => settle("waiting"),
    );
    return () => {
      isShown = false;
    };
  }, [id, title]);
  if (end === "recorded") return words.recorded(title);
  if (end === "changed" || end === "refused") return words.needsAnswer(title);
  const item = data.find((one) => one.id === id);
  return (
    <>
      <p>{title}</p>
      {item !== undefined && (
        <p className="held-line">
          <HeldText item={item} />
          <HeldButtons item={item} />
        </p>
      )}
    </>
  );
}

/** Whole seconds until a moment on this device's clock (Unix milliseconds); undefined when it is past or there is none. */
function useSecondsUntil(until: number | undefined): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  const left = until === undefined ? 0 : until - now;
  useEffect(() => {
    if (until === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return left > 0 ? Math.ceil(left / 1000) : undefined;
}
