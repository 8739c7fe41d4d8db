/**
 * Passkeys that open keys: the PRF extension of WebAuthn gives the same 32 bytes at each use, and never leaves the device
 * before that. Source: W3C WebAuthn Level 3, §10.1.4. The secret goes to the worker; the server sees a public key only.
 */
import { fromBase64Url } from "#record/bytes.ts";

export type PasskeySecret =
  | { readonly kind: "secret"; readonly credential: Uint8Array; readonly secret: Uint8Array }
  /** Cancelled, or none fits. */
  | { readonly kind: "not-used" }
  /** The passkey works, but gives no secret: an old one, or an old browser. */
  | { readonly kind: "no-secret" };

export const hasPasskeys = (): boolean => "PublicKeyCredential" in globalThis;

const random = (size: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(size));

/** Makes a passkey on this device for a member who has no locks yet. `salt`: 16 bytes, kept with the lock. */
export async function createPasskey(label: string, salt: Uint8Array): Promise<PasskeySecret> {
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { name: "Aigaq" },
        // Drawn anew: nothing about the person belongs into an authenticator that others may look through.
        user: { id: random(16), name: label, displayName: label },
        challenge: random(32),
        pubKeyCredParams: [
          { type: "public-key", alg: -8 },
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        extensions: { prf: { eval: { first: plain(salt) } } },
      },
    });
    if (!(made instanceof PublicKeyCredential)) return { kind: "not-used" };
    const credential = new Uint8Array(made.rawId);
    const secret = secretOf(made);
    // Some authenticators give the secret only when the passkey is used, not when it is made.
    return secret === undefined
      ? await usePasskey([{ credential, salt }])
      : { kind: "secret", credential, secret };
  } catch {
    return { kind: "not-used" };
  }
}

/** Asks for one of a member's passkeys. */
export async function usePasskey(
  keys: readonly { readonly credential: Uint8Array; readonly salt: Uint8Array }[],
): Promise<PasskeySecret> {
  const evalByCredential = Object.fromEntries(
    keys.map(({ credential, salt }) => [toUrl(credential), { first: plain(salt) }]),
  );
  try {
    const used = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        userVerification: "required",
        allowCredentials: keys.map(({ credential }) => ({ type: "public-key", id: plain(credential) })),
        extensions: { prf: { evalByCredential } },
      },
    });
    if (!(used instanceof PublicKeyCredential)) return { kind: "not-used" };
    const secret = secretOf(used);
    return secret === undefined
      ? { kind: "no-secret" }
      : { kind: "secret", credential: new Uint8Array(used.rawId), secret };
  } catch {
    return { kind: "not-used" };
  }
}

function secretOf(credential: PublicKeyCredential): Uint8Array | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return undefined;
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer);
  return bytes.length === 32 ? bytes : undefined;
}

/** A copy in memory of its own, which the browser's types ask for. */
const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const toUrl = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The passkey locks of a member as {@link usePasskey} takes them; unreadable ones are left out. */
export function passkeysOf(
  locks: readonly {
    readonly id: string;
    readonly kind: string;
    readonly salt: string;
    readonly credential?: string;
  }[],
): readonly { readonly id: string; readonly credential: Uint8Array; readonly salt: Uint8Array }[] {
  return locks.flatMap(({ id, kind, salt, credential }) => {
    const bytes = credential === undefined ? undefined : fromBase64Url(credential);
    const saltBytes = fromBase64Url(salt);
    return kind === "passkey" && bytes !== undefined && saltBytes !== undefined
      ? [{ id, credential: bytes, salt: saltBytes }]
      : [];
  });
}
