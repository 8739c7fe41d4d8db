/**
 * Policies (C2SP tlog-policy): which logs, which witnesses, and how many of them make a checkpoint *witnessed*. Until
 * witnesses are appointed the policy says `quorum none`, and every statement then says *not witnessed*.
 */
import { type CheckpointRefusal, openCheckpoint, parseDecimal } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type CosignatureRefusal, cosignaturesOf, type Witnessed } from "./cosignature.ts";
import { toHex } from "./bytes.ts";
import { type NoteRefusal, parseNote, parseVkey, signatureType, type VerifierKey } from "./note.ts";
import { expectOk, ok, refuse, type Refusal, type Result } from "./result.ts";

export type PolicyLog = { readonly key: VerifierKey; readonly url?: string };
export type PolicyWitness = { readonly name: string; readonly key: VerifierKey; readonly url?: string };
/** Witnesses a checkpoint if at least `threshold` members do; members are names of witnesses and groups before it. */
export type PolicyGroup = {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
};

export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** Name of a witness or group; "none" asks for no cosignature. */
  readonly quorum: string;
};

export type PolicyRefusal = Refusal<
  | "policy-malformed"
  | "policy-character"
  | "policy-key-invalid"
  | "policy-key-repeated"
  | "policy-name-repeated"
  | "policy-name-unknown"
  | "policy-member-repeated"
  | "policy-threshold-wrong"
  | "policy-quorum-missing"
  | "policy-quorum-repeated"
  | "policy-too-large"
>;

const policyLinesMax = 4_096;

/** Reads a policy; a refusal names the line, from 1. */
export function parsePolicy(text: string): Result<Policy, PolicyRefusal> {
  const lines = text.split("\n");
  if (lines.length > policyLinesMax)
    return refuse({ code: "policy-too-large", message: "The policy is too long." });
  if (!text.isWellFormed() || hasForbiddenCharacter(text))
    return refuse({
      code: "policy-character",
      message: "A policy has no control characters but tab and newline.",
    });
  const reader = new PolicyReader();
  for (const [i, line] of lines.entries()) {
    const words = line.split(/[ \t]+/u).filter((word) => word !== "");
    if (words[0] === undefined || words[0].startsWith("#")) continue;
    const refusal = reader.line(words);
    if (refusal !== undefined) return refuse({ ...refusal, line: i + 1 });
  }
  return reader.finish();
}

/** The text of a policy, in the order logs, witnesses, groups, quorum. */
export function policyText(
  { logs, witnesses, groups, quorum }: Policy,
  vkeyText: (key: VerifierKey) => string,
): string {
  const url = (value: string | undefined): string => (value === undefined ? "" : ` ${value}`);
  return [
    ...logs.map((log) => `log ${vkeyText(log.key)}${url(log.url)}`),
    ...witnesses.map((witness) => `witness ${witness.name} ${vkeyText(witness.key)}${url(witness.url)}`),
    ...groups.map((group) => `group ${group.name} ${group.threshold} ${group.members.join(" ")}`),
    `quorum ${quorum}`,
    "",
  ].join("\n");
}

/** A checkpoint judged by a policy. */
export type JudgedCheckpoint = Checkpoint & {
  readonly text: string;
  /** True only if the policy asks for cosignatures and its quorum is met: `quorum none` is never *witnessed*. */
  readonly isWitnessed: boolean;
  /** True if the policy asks for nothing or what it asks for is there. */
  readonly meetsQuorum: boolean;
  /** Distinct witnesses of the policy that cosigned. */
  readonly witnessed: readonly Witnessed[];
  /**
   * Upper bound of the time the checkpoint existed at, by the quorum: the earliest second at which the witnesses that
   * had signed by then met it. Undefined without a met quorum.
   */
  readonly notAfter: number | undefined;
};

/** Verifies a checkpoint by a policy: signed by one of its logs; which of its witnesses cosigned; whether that suffices. */
export function judgeCheckpoint(
  note: string,
  policy: Policy,
): Result<JudgedCheckpoint, NoteRefusal | CheckpointRefusal | CosignatureRefusal> {
  const checkpoint = openCheckpoint(
    note,
    policy.logs.map((log) => log.key),
  );
  if (!checkpoint.ok) return checkpoint;
  const parsed = expectOk(parseNote(note));
  const cosigned = cosignaturesOf(
    parsed,
    policy.witnesses.map((witness) => witness.key),
  );
  if (!cosigned.ok) return cosigned;
  const witnessed = [...cosigned.value].sort((a, b) => a.time - b.time);
  const isNone = policy.quorum === "none";
  let notAfter: number | undefined;
  for (const [i, last] of witnessed.entries()) {
    if (isNone || !meetsQuorum(policy, new Set(witnessed.slice(0, i + 1).map((one) => one.witness))))
      continue;
    notAfter = last.time;
    break;
  }
  const isWitnessed = notAfter !== undefined;
  return ok({ ...checkpoint.value, isWitnessed, meetsQuorum: isNone || isWitnessed, witnessed, notAfter });
}

/** Whether these witnesses make the policy's quorum. Witnesses are counted by key, so none counts twice. */
export function meetsQuorum(policy: Policy, cosigned: ReadonlySet<VerifierKey>): boolean {
  if (policy.quorum === "none") return true;
  const met = new Map<string, boolean>();
  for (const { name, key } of policy.witnesses) met.set(name, cosigned.has(key));
  for (const { name, threshold, members } of policy.groups)
    met.set(name, members.filter((member) => met.get(member) === true).length >= threshold);
  return met.get(policy.quorum) === true;
}

type Fault = Refusal<PolicyRefusal["code"]>;

class PolicyReader {
  readonly #logs: PolicyLog[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #groups: PolicyGroup[] = [];
  readonly #names = new Set<string>(["none"]);
  readonly #members = new Set<string>();
  readonly #logKeys = new Set<string>();
  readonly #witnessKeys = new Set<string>();
  #quorum: string | undefined;

  line(words: readonly string[]): Fault | undefined {
    const [keyword, ...rest] = words;
    switch (keyword) {
      case "log":
        return this.#log(rest);
      case "witness":
        return this.#witness(rest);
      case "group":
        return this.#group(rest);
      case "quorum":
        return this.#setQuorum(rest);
      default:
        return { code: "policy-malformed", message: `Not a line of a policy: ${keyword}` };
    }
  }

  finish(): Result<Policy, PolicyRefusal> {
    if (this.#quorum === undefined)
      return refuse({ code: "policy-quorum-missing", message: "A policy has one quorum line." });
    return ok({ logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum });
  }

  #log([vkey, url, ...more]: readonly string[]): Fault | undefined {
    if (vkey === undefined || more.length > 0) return malformedLine("log <vkey> [<url>]");
    const key = parseVkey(vkey);
    if (!key.ok || key.value.type !== signatureType.ed25519)
      return { code: "policy-key-invalid", message: "A log's key is an Ed25519 note key (type 0x01) here." };
    if (!this.#isNewKey(this.#logKeys, key.value)) return repeatedKey;
    this.#logs.push({ key: key.value, ...(url === undefined ? {} : { url }) });
    return undefined;
  }

  #witness([name, vkey, url, ...more]: readonly string[]): Fault | undefined {
    if (name === undefined || vkey === undefined || more.length > 0)
      return malformedLine("witness <name> <vkey> [<url>]");
    const key = parseVkey(vkey);
    if (!key.ok || key.value.type === signatureType.ed25519)
      return { code: "policy-key-invalid", message: "A witness's key is a cosignature key (type 0x04)." };
    if (!this.#isNewKey(this.#witnessKeys, key.value)) return repeatedKey;
    const refusal = this.#define(name);
    if (refusal !== undefined) return refusal;
    this.#witnesses.push({ name, key: key.value, ...(url === undefined ? {} : { url }) });
    return undefined;
  }

  #group([name, count, ...members]: readonly string[]): Fault | undefined {
    if (name === undefined || count === undefined || members.length === 0)
      return malformedLine("group <name> all|any|<k> <name>…");
    const threshold = count === "all" ? members.length : count === "any" ? 1 : parseDecimal(count);
    if (threshold === undefined || threshold < 1 || threshold > members.length)
      return {
        code: "policy-threshold-wrong",
        message: `Not a number from 1 to ${members.length}: ${count}`,
      };
    for (const member of members) {
      if (member === "none" || !this.#names.has(member)) return unknownName(member);
      // Else one witness could count in two places.
      if (this.#members.has(member))
        return { code: "policy-member-repeated", message: `${member} is already a member of a group.` };
      this.#members.add(member);
    }
    const refusal = this.#define(name);
    if (refusal !== undefined) return refusal;
    this.#groups.push({ name, threshold, members });
    return undefined;
  }

  #setQuorum([name, ...more]: readonly string[]): Fault | undefined {
    if (name === undefined || more.length > 0) return malformedLine("quorum <name>");
    if (this.#quorum !== undefined)
      return { code: "policy-quorum-repeated", message: "A policy has only one quorum line." };
    if (!this.#names.has(name)) return unknownName(name);
    this.#quorum = name;
    return undefined;
  }

  #define(name: string): Fault | undefined {
    if (this.#names.has(name))
      return { code: "policy-name-repeated", message: `${name} is already defined.` };
    this.#names.add(name);
    return undefined;
  }

  #isNewKey(keys: Set<string>, { publicKey }: VerifierKey): boolean {
    const before = keys.size;
    return keys.add(toHex(publicKey)).size > before;
  }
}

const repeatedKey: Fault = { code: "policy-key-repeated", message: "Two lines have the same public key." };

function unknownName(name: string): Fault {
  return { code: "policy-name-unknown", message: `${name} is not defined on a line before this one.` };
}

function malformedLine(form: string): Fault {
  return { code: "policy-malformed", message: `The line should read: ${form}` };
}

function hasForbiddenCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x09 && unit !== 0x0a) || unit === 0x7f) return true;
  }
  return false;
}
