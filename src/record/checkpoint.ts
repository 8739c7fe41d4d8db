/** Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, as the text of a signed note. */
import { fromBase64, toBase64 } from "./bytes.ts";
import type { Signer } from "./ed25519.ts";
import { type NoteRefusal, openNote, signNote, type VerifierKey } from "./note.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";
import { EMPTY_ROOT, isTreeSize } from "./tree.ts";
import { equalBytes } from "./bytes.ts";

/** What a checkpoint says. `root` has 32 bytes. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Extension lines of others' logs, without newlines. Ours never have any: nobody audits them. */
  readonly extensions: readonly string[];
};

export type CheckpointRefusal = Refusal<
  | "checkpoint-malformed"
  | "checkpoint-size-malformed"
  | "checkpoint-root-malformed"
  | "checkpoint-root-wrong-length"
  | "checkpoint-empty-root-wrong"
  | "checkpoint-other-origin"
>;

/** The signed text: `<origin>\n<size>\n<base64 root>\n` */
export function checkpointText(checkpoint: Pick<Checkpoint, "origin" | "size" | "root">): string {
  const { origin, size, root } = checkpoint;
  assert(origin !== "" && !origin.includes("\n"), "an origin is one line");
  assert(isTreeSize(size) && root.length === 32, "a checkpoint has a size and a root of 32 bytes");
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a checkpoint. */
export function parseCheckpointText(text: string): Result<Checkpoint, CheckpointRefusal> {
  const lines = parseCheckpointLines(text);
  if (!lines.ok) return lines;
  const { size, root } = lines.value;
  // A rule on top of the lines' own form: C2SP leaves the hash open, this log has SHA-256.
  if (root.length !== 32)
    return refuse({ code: "checkpoint-root-wrong-length", message: "A root hash has 32 bytes." });
  if (size === 0 && !equalBytes(root, EMPTY_ROOT))
    return refuse({
      code: "checkpoint-empty-root-wrong",
      message: "The root of an empty log is SHA-256 of nothing.",
    });
  return lines;
}

/** Reads the lines of a checkpoint, whatever the length of its hash. */
export function parseCheckpointLines(text: string): Result<Checkpoint, CheckpointRefusal> {
  const malformed = refuse<CheckpointRefusal>({
    code: "checkpoint-malformed",
    message: "A checkpoint has three lines or more, none empty, each ending in a newline.",
  });
  if (!text.endsWith("\n")) return malformed;
  const [origin = "", sizeText = "", rootText = "", ...extensions] = text.slice(0, -1).split("\n");
  if (origin === "" || sizeText === "" || rootText === "" || extensions.includes("")) return malformed;
  const size = parseDecimal(sizeText);
  if (size === undefined)
    return refuse({
      code: "checkpoint-size-malformed",
      message: `Not a tree size: ${sizeText.slice(0, 40)}`,
    });
  const root = fromBase64(rootText);
  if (root === undefined)
    return refuse({ code: "checkpoint-root-malformed", message: "The root hash is not canonical base64." });
  return ok({ origin, size, root, extensions });
}

/** A decimal without sign and leading zero, up to 2^53 - 1; undefined for anything else. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/u.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Signs a checkpoint. The key's name is the origin, as C2SP advises. */
export function signCheckpoint(
  checkpoint: Pick<Checkpoint, "origin" | "size" | "root">,
  signer: Signer,
): string {
  return signNote(checkpointText(checkpoint), checkpoint.origin, signer);
}

/**
 * Verifies a checkpoint: signed by one of `keys`, which must be named as the origin. Without `origin` the origin is
 * the name of the key that signed.
 */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
  origin?: string,
): Result<Checkpoint & { readonly text: string }, NoteRefusal | CheckpointRefusal> {
  const opened = openNote(note, keys);
  if (!opened.ok) return opened;
  const { text, signedBy } = opened.value;
  const checkpoint = parseCheckpointText(text);
  if (!checkpoint.ok) return checkpoint;
  const { origin: found } = checkpoint.value;
  if (!signedBy.some((key) => key.name === found) || (origin !== undefined && origin !== found))
    return refuse({ code: "checkpoint-other-origin", message: `The checkpoint is one of ${found}.`, found });
  return ok({ ...checkpoint.value, text });
}
