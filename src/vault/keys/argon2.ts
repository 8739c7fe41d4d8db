/**
 * Argon2id (RFC 9106) turns a passphrase into a key, slowly and in much memory, so that guessing is expensive.
 * node:crypto where it has it (Node 24.7 and later), hash-wasm elsewhere; both give the same bytes.
 */
import { utf8 } from "#record/bytes.ts";
import { nodeCrypto } from "#vault/seal/primitives.ts";

/** What one guess costs. */
export type ArgonCost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };

/** RFC 9106 §4, second recommended choice: 64 MiB, three passes, four lanes. */
export const argonCost: ArgonCost = { memoryKib: 65_536, passes: 3, lanes: 4 };

// A keyring file is outside data: whoever plants one must not be able to make the program eat all memory.
const memoryKibMax = 1_048_576; // 1 GiB
const passesMax = 10;
const lanesMax = 16;

/** True for a cost that this program is ready to pay, and that Argon2 itself allows (8 KiB of memory per lane). */
export function isBearableCost({ memoryKib, passes, lanes }: ArgonCost): boolean {
  return (
    passes >= 1 &&
    passes <= passesMax &&
    lanes >= 1 &&
    lanes <= lanesMax &&
    memoryKib >= 8 * lanes &&
    memoryKib <= memoryKibMax
  );
}

export type Argon2id = (passphrase: Uint8Array, salt: Uint8Array, cost: ArgonCost) => Promise<Uint8Array>;

export const nodeArgon2id: Argon2id | undefined =
  nodeCrypto && typeof nodeCrypto.argon2 === "function"
    ? async (message, nonce, { memoryKib, passes, lanes }) =>
        new Promise((resolve, reject) => {
          const parameters = { message, nonce, memory: memoryKib, passes, parallelism: lanes, tagLength: 32 };
          nodeCrypto.argon2("argon2id", parameters, (error, key) => {
            if (error) reject(error);
            else resolve(new Uint8Array(key));
          });
        })
    : undefined;

/** WebAssembly: three times as fast as JavaScript, which a person who signs in on a phone waits for. */
export const portableArgon2id: Argon2id = async (passphrase, salt, { memoryKib, passes, lanes }) => {
  const { argon2id: wasmArgon2id } = await import("hash-wasm");
  return wasmArgon2id({
    password: passphrase,
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism: lanes,
    hashLength: 32,
    outputType: "binary",
  });
};

/**
 * Fetches and compiles what the first passphrase would else wait for, while it is being typed. The key of nothing, at the
 * smallest cost there is: nothing of worth is computed.
 */
export async function prepareArgon2id(): Promise<void> {
  if (nodeArgon2id === undefined)
    await portableArgon2id(new Uint8Array(1), new Uint8Array(16), { memoryKib: 32, passes: 1, lanes: 4 });
}

/** The 32-byte key of a passphrase; `salt` is 16 random bytes of this keyring. */
export const argon2id: Argon2id = nodeArgon2id ?? portableArgon2id;

/**
 * The bytes of a passphrase: NFC, UTF-8. Two keyboards may write `й` as one character or as two; the same words must
 * open the same keyring.
 */
export function passphraseBytes(passphrase: string): Uint8Array {
  return utf8(passphrase.normalize("NFC"));
}
