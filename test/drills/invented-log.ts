/**
 * A log of an invented foundation for tests and drills of storage and sequencer: fixed keys, a fixed clock, and as many
 * members and entries as a test asks for. The domain's own entries come from elsewhere; here an entry is a "note".
 */
import { toBase64Url, utf8 } from "#record/bytes.ts";
import type { Signer } from "#record/ed25519.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import type { Anchor, StreamPlace } from "#record/entry.ts";
import { sha256 } from "#record/hash.ts";
import type { IssuedEntry } from "#record/issue.ts";
import { issueEntry } from "#record/issue.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { keyThumbprint } from "#record/key-id.ts";
import { signatureType, verifierKey, vkeyText } from "#record/note.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import type { Log } from "#log/sequencer.ts";

export const origin = "aigaq.invalid/invented";

/** A signer with a seed that follows from its name: invented people need no secrets. */
export function signerNamed(name: string): Signer {
  return signerFromSeed(sha256(utf8(`invented key of ${name}`)));
}

export const logSigner = signerNamed("log");
export const officer = signerNamed("officer");
export const vkey = vkeyText(verifierKey(origin, signatureType.ed25519, logSigner.publicKey));

/** Randomness that is the same in every run and every process: call by call, from the given name. */
export function randomNamed(name: string): (length: number) => Uint8Array {
  let calls = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      bytes.set(sha256(utf8(`${name} ${calls++}`)).subarray(0, length - at), at);
    }
    return bytes;
  };
}

export type NoteDraft = {
  readonly author?: Signer;
  readonly type?: string;
  readonly pub?: JsonObject;
  readonly anchor?: Anchor;
  readonly stream?: StreamPlace;
  readonly genesis?: Uint8Array | null;
};

/** Issues entries of one log. */
export class InventedAuthor {
  readonly genesis: IssuedEntry;
  #random: (length: number) => Uint8Array;

  /** All authors, in all processes, issue the same genesis entry; what else they issue follows from `random`. */
  constructor(random: (length: number) => Uint8Array = randomNamed("author")) {
    this.#random = randomNamed("genesis");
    this.genesis = this.#issue(officer, {
      type: "genesis",
      genesis: null,
      pub: {
        name: "Invented foundation",
        currency: "KZT",
        log: vkey,
        officer: { x: toBase64Url(officer.publicKey), member: "officer" },
      },
    });
    this.#random = random;
  }

  /** An entry of type "note", unless the draft says otherwise, by the officer, unless it names another author. */
  note(draft: NoteDraft = {}): IssuedEntry {
    return this.#issue(draft.author ?? officer, draft);
  }

  addKey(
    key: Signer,
    member: string,
    more: NoteDraft & { roles?: readonly string[]; proofBy?: Signer } = {},
  ): IssuedEntry {
    const proof = (more.proofBy ?? key).sign(keyProofMessage(this.genesis.hash, key.publicKey));
    return this.note({
      ...more,
      type: "key.add",
      pub: {
        x: toBase64Url(key.publicKey),
        member,
        roles: more.roles ?? ["member"],
        proof: toBase64Url(proof),
      },
    });
  }

  revokeKey(key: Signer, from: number, more: NoteDraft = {}): IssuedEntry {
    return this.note({ ...more, type: "key.revoke", pub: { kid: keyThumbprint(key.publicKey), from } });
  }

  #issue(signer: Signer, draft: NoteDraft): IssuedEntry {
    return issueEntry(
      {
        type: draft.type ?? "note",
        genesis: draft.genesis === undefined ? this.genesis.hash : draft.genesis,
        at: 1_740_000_000,
        anchor: draft.anchor ?? { size: 0, root: EMPTY_ROOT },
        ...(draft.stream === undefined ? {} : { stream: draft.stream }),
        pub: draft.pub ?? {},
      },
      { signer, randomBytes: this.#random },
    );
  }
}

/** The anchor an author takes who has just verified the log's present checkpoint. */
export function anchorOf(log: Pick<Log, "size" | "root">): Anchor {
  return { size: log.size, root: log.root };
}
