/**
 * The decision of a witness (C2SP tlog-witness, `add-checkpoint`): from what it last cosigned and a request, the answer
 * and what to remember. Pure: the program around it reads the state, decides, stores and only then answers, all under
 * one lock per origin [two requests interleaved could roll the state back and cosign a fork].
 */
import { equalBytes, fromBase64 } from "./bytes.ts";
import { parseCheckpointText, parseDecimal } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import type { Signer } from "./ed25519.ts";
import { openNote, parseNote, type VerifierKey } from "./note.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";
import { proofHashesMax, verifyConsistency } from "./tree.ts";

/** What a witness remembers of one log: the latest checkpoint it cosigned. `size` 0 if none. */
export type WitnessState = { readonly size: number; readonly root: Uint8Array };

/** The answer to send. `newState` is to be stored durably before anything is sent; absent if nothing changes. */
export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: "text/plain; charset=utf-8" | "text/x.tlog.size";
  readonly body: string;
  readonly origin?: string;
  readonly newState?: WitnessState;
};

export type AddCheckpointRequest = {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
};

export type AddCheckpointRefusal = Refusal<"add-checkpoint-malformed">;

/** `old <size>\n`, proof lines, an empty line, the checkpoint. */
export function addCheckpointBody(
  { oldSize, proof, checkpoint }: AddCheckpointRequest,
  encode: (hash: Uint8Array) => string,
): string {
  return `old ${oldSize}\n${proof.map((hash) => `${encode(hash)}\n`).join("")}\n${checkpoint}`;
}

export function parseAddCheckpoint(body: string): Result<AddCheckpointRequest, AddCheckpointRefusal> {
  const malformed = (message: string): { readonly ok: false; readonly refusal: AddCheckpointRefusal } =>
    refuse({ code: "add-checkpoint-malformed", message });
  const split = body.indexOf("\n\n");
  if (split < 0) return malformed("there is no empty line before the checkpoint");
  const [oldLine = "", ...proofLines] = body.slice(0, split).split("\n");
  const oldSize = oldLine.startsWith("old ") ? parseDecimal(oldLine.slice(4)) : undefined;
  if (oldSize === undefined) return malformed("the first line is not: old <size>");
  if (proofLines.length > proofHashesMax) return malformed(`more than ${proofHashesMax} lines of proof`);
  const proof: Uint8Array[] = [];
  for (const line of proofLines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return malformed("a line of the proof is not base64 of 32 bytes");
    proof.push(hash);
  }
  return ok({ oldSize, proof, checkpoint: body.slice(split + 2) });
}

/** Decides one request. `logs` holds the keys trusted for each origin; `state` what is remembered of that origin. */
export function decideAddCheckpoint(
  body: string,
  witness: {
    readonly logs: ReadonlyMap<string, readonly VerifierKey[]>;
    readonly state: (origin: string) => WitnessState | undefined;
    readonly name: string;
    readonly signer: Signer;
    /** Unix seconds. */
    readonly now: number;
  },
): WitnessAnswer {
  const request = parseAddCheckpoint(body);
  if (!request.ok) return answer(400, request.refusal.message);
  const { oldSize, proof, checkpoint: note } = request.value;
  const parsedNote = parseNote(note);
  if (!parsedNote.ok) {
    // A line that cannot be read is a signature that does not hold; everything else is no checkpoint at all.
    const isSignature = parsedNote.refusal.code === "note-signature-line-malformed";
    return isSignature
      ? answer(403, `invalid signature: ${parsedNote.refusal.message}`)
      : answer(400, parsedNote.refusal.message);
  }
  const checkpoint = parseCheckpointText(parsedNote.value.text);
  if (!checkpoint.ok) return answer(400, checkpoint.refusal.message);
  const { origin, size, root } = checkpoint.value;
  const keys = witness.logs.get(origin);
  if (keys === undefined) return answer(404, `unknown log: ${origin}`);
  const opened = openNote(note, keys);
  if (!opened.ok) return answer(403, `invalid signature: ${opened.refusal.message}`);
  if (oldSize > size) return answer(400, "the old size is larger than the checkpoint's");
  const state = witness.state(origin);
  const knownSize = state?.size ?? 0;
  if (oldSize !== knownSize)
    return { status: 409, contentType: "text/x.tlog.size", body: `${knownSize}\n`, origin };
  if (state !== undefined && oldSize === size && size > 0 && !equalBytes(state.root, root))
    return { status: 409, contentType: "text/x.tlog.size", body: `${knownSize}\n`, origin };
  const fault = consistencyFault(state, { oldSize, size, root, proof });
  if (fault !== undefined) return answer(422, `consistency proof: ${fault}`);
  const line = cosign(parsedNote.value.text, witness.now, witness.name, witness.signer);
  return { ...answer(200, line), body: line, origin, newState: { size, root } };
}

function consistencyFault(
  state: WitnessState | undefined,
  to: {
    readonly oldSize: number;
    readonly size: number;
    readonly root: Uint8Array;
    readonly proof: readonly Uint8Array[];
  },
): string | undefined {
  // Nothing is to be proven of an empty tree, and a proof of it does not exist.
  if (state === undefined || to.oldSize === 0) return to.proof.length === 0 ? undefined : "it must be empty";
  const verified = verifyConsistency({ ...to, oldRoot: state.root });
  return verified.ok ? undefined : verified.refusal.message;
}

function answer(status: WitnessAnswer["status"], text: string): WitnessAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: `${text}\n` };
}
