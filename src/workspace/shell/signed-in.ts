import { createContext, useContext } from "react";
import type { CallAnswer } from "#workspace/desk/calls.ts";

type SignedIn = {
  /** "M-01". */
  readonly member: string;
  readonly isSample: boolean;
  readonly foundation: CallAnswer<"desk.state">["foundation"];
  /** Drops the keys; a lock comes back to the same screen, a sign-out forgets who it was. */
  leave(isLock: boolean): Promise<void>;
};

export const SignedInContext = createContext<SignedIn | undefined>(undefined);

/** Who is at the screen, of which foundation. */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SignedInContext);
  if (signedIn === undefined) throw new Error("bug: a screen before the sign-in");
  return signedIn;
}
