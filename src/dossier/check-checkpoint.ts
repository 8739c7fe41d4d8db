import { fromUtf8 } from "#record/bytes.ts";
import { type Checkpoint, parseCheckpointText } from "#record/checkpoint.ts";
import { parseNote, vkeyText } from "#record/note.ts";
import { judgeCheckpoint, parsePolicy, type Policy, policyText } from "#record/policy.ts";
import type { CheckList } from "./check-list.ts";

/** A policy in the canonical form that a dossier carries: one log, no addresses, no comments (spec §4). */
export const readDossierPolicy = (text: string): Policy | undefined => {
  const parsed = /^[ -~\n]*$/.test(text) ? parsePolicy(text) : undefined;
  if (parsed === undefined || !parsed.ok) return undefined;
  const policy = parsed.value;
  const isPlain =
    policy.logs.length === 1 &&
    [...policy.logs, ...policy.witnesses].every(
      ({ key, url }) => url === undefined && keyNamePattern.test(key.name),
    );
  const isVerifiable = policy.witnesses.every(({ key }) => key.type === 4);
  return isPlain && isVerifiable && policyText(policy, vkeyText) === text ? policy : undefined;
};

const keyNamePattern = /^[!-*,-~]{1,255}$/;

/** Spec §4: three lines and signature lines, in printable ASCII but for the dash that begins each signature line. */
const checkpointPattern =
  /^[!-*,-~]{1,255}\n(?:0|[1-9][0-9]{0,15})\n[A-Za-z0-9+/=]{1,64}\n\n(?:\u2014 [!-*,-~]{1,255} [A-Za-z0-9+/=]{1,8192}\n){1,64}$/;

const readCheckpoint = (text: string): Checkpoint | undefined => {
  const note = checkpointPattern.test(text) ? parseNote(text) : undefined;
  const checkpoint = note?.ok === true ? parseCheckpointText(note.value.text) : undefined;
  return checkpoint?.ok === true ? checkpoint.value : undefined;
};

export type Judged = {
  readonly checkpoint: Checkpoint;
  readonly checkpointText: string;
  readonly logKey: string;
  /** Names of the witnesses of the policy that signed, sorted. */
  readonly witnesses: readonly string[];
};

/** Spec §4: the state of the log that everything else is checked against; undefined when it cannot be relied on. */
export const checkCheckpoint = (
  policyBody: Uint8Array | undefined,
  body: Uint8Array | undefined,
  checks: CheckList,
): Judged | undefined => {
  const policy = readDossierPolicy((policyBody === undefined ? undefined : fromUtf8(policyBody)) ?? "");
  const policyForm = checks.of("policy.form");
  if (policy === undefined) policyForm.broken("", "not a policy of the form that a dossier has");
  const checkpointText = (body === undefined ? undefined : fromUtf8(body)) ?? "";
  const checkpoint = readCheckpoint(checkpointText);
  if (checkpoint === undefined) checks.of("checkpoint.form").broken("", "not the lines of a checkpoint");
  else checks.of("checkpoint.form").ok();
  if (policy === undefined || checkpoint === undefined) return undefined;
  policyForm.ok();
  const signature = checks.of("checkpoint.signature");
  const judged = judgeCheckpoint(checkpointText, policy);
  if (!judged.ok) {
    signature.broken("", judged.refusal.message);
    return undefined;
  }
  signature.ok();
  const quorum = checks.of("policy.quorum");
  if (policy.quorum === "none") quorum.note = "not witnessed";
  else if (judged.value.isWitnessed) quorum.note = "witnessed";
  else quorum.broken("", "fewer witnesses have signed than the policy asks for");
  const cosigned = new Set(judged.value.witnessed.map(({ witness }) => witness));
  const witnesses = policy.witnesses.filter(({ key }) => cosigned.has(key)).map(({ name }) => name);
  return {
    checkpoint,
    checkpointText,
    logKey: policy.logs.map(({ key }) => vkeyText(key)).join(),
    witnesses: witnesses.sort(),
  };
};
