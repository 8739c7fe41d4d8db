import { utf8 } from "./bytes.ts";

/**
 * What root keys sign to be let in for a member: bound to the address, so that a look-alike site cannot pass a challenge on.
 * `member` is left open while nobody has said yet who comes back.
 *
 * @example recoverySignInMessage("https://aigaq.example", "M-01", challenge)
 */
export function recoverySignInMessage(
  origin: string,
  member: string | undefined,
  challenge: string,
): Uint8Array {
  return utf8(`aigaq/recovery-sign-in/1\n${origin}\n${member ?? ""}\n${challenge}`);
}
