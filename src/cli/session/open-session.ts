import process from "node:process";
import type { Call } from "../commands.ts";
import { progressOn } from "../terminal.ts";
import { Session } from "./session.ts";

/** The session of a command: its `--data` folder, acting as `--as` or the folder's first member. */
export function openSession({ args, words, quiet }: Call, mode: "read" | "write"): Promise<Session> {
  return Session.open({
    folder: args.required("data"),
    mode,
    words,
    asMember: args.text("as"),
    progress: progressOn(process.stderr, quiet, words.language),
    now: () => Date.now(),
  });
}
