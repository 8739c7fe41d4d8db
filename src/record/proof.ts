/**
 * Proof files (C2SP tlog-proof, extension `.tlog-proof`): an inclusion proof with the checkpoint it leads to. A donor's
 * receipt and each entry of a dossier carry one.
 */
import { fromBase64, toBase64 } from "./bytes.ts";
import { type CheckpointRefusal, openCheckpoint, parseDecimal } from "./checkpoint.ts";
import type { NoteRefusal, VerifierKey } from "./note.ts";
import { assert, ok, refuse, type Refusal, type Result } from "./result.ts";
import { isTreeSize, proofHashesMax, type TreeRefusal, verifyInclusion } from "./tree.ts";

export type TlogProof = {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Covered by no signature: never trust it. */
  readonly extra?: Uint8Array;
};

export type ProofRefusal = Refusal<
  | "proof-header-wrong"
  | "proof-malformed"
  | "proof-extra-malformed"
  | "proof-index-malformed"
  | "proof-hash-malformed"
  | "proof-too-long"
>;

const header = "c2sp.org/tlog-proof@v1";

export function encodeProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  assert(
    isTreeSize(index) && hashes.every((hash) => hash.length === 32),
    "a proof has an index and 32-byte hashes",
  );
  const extraLine = extra === undefined ? "" : `extra ${toBase64(extra)}\n`;
  const hashLines = hashes.map((hash) => `${toBase64(hash)}\n`).join("");
  return `${header}\n${extraLine}index ${index}\n${hashLines}\n${checkpoint}`;
}

/** Takes a proof file apart; nothing is verified yet. */
export function parseProof(text: string): Result<TlogProof, ProofRefusal> {
  const split = text.indexOf("\n\n");
  if (!text.startsWith(`${header}\n`))
    return refuse({ code: "proof-header-wrong", message: `A proof file starts with the line ${header}.` });
  if (split < 0)
    return refuse({ code: "proof-malformed", message: "A proof has a blank line before its checkpoint." });
  const lines = text.slice(0, split).split("\n").slice(1);
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ") === true) {
    extra = fromBase64((lines.shift() ?? "").slice(6));
    if (extra === undefined)
      return refuse({ code: "proof-extra-malformed", message: "The extra data is not canonical base64." });
  }
  const indexLine = lines.shift();
  if (indexLine?.startsWith("index ") !== true)
    return refuse({ code: "proof-malformed", message: "A proof has an index line." });
  const index = parseDecimal(indexLine.slice(6));
  if (index === undefined)
    return refuse({ code: "proof-index-malformed", message: `Not an index: ${indexLine.slice(6, 46)}` });
  if (lines.length > proofHashesMax)
    return refuse({ code: "proof-too-long", message: `A proof has at most ${proofHashesMax} hashes.` });
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32)
      return refuse({
        code: "proof-hash-malformed",
        message: "A hash of the proof is not base64 of 32 bytes.",
      });
    hashes.push(hash);
  }
  return ok({ index, hashes, checkpoint: text.slice(split + 2), ...(extra === undefined ? {} : { extra }) });
}

/** Verifies a proof file: the checkpoint is signed by one of the log's keys and the leaf stands at `index` in it. */
export function verifyProof(
  proof: TlogProof,
  leafHash: Uint8Array,
  logKeys: readonly VerifierKey[],
): Result<{ readonly index: number; readonly size: number; readonly root: Uint8Array }, ProofVerifyRefusal> {
  const checkpoint = openCheckpoint(proof.checkpoint, logKeys);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const included = verifyInclusion({ index: proof.index, size, leafHash, proof: proof.hashes, root });
  return included.ok ? ok({ index: proof.index, size, root }) : included;
}

export type ProofVerifyRefusal = NoteRefusal | CheckpointRefusal | TreeRefusal;
