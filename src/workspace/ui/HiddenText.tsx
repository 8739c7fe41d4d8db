import type { ReactNode } from "react";

/**
 * A name, a phone, an account number: blurred while names are hidden (someone stands behind). It comes back while it is
 * hovered or focused with the keyboard. Screen readers read it always: they are heard, not seen.
 */
export function HiddenText({ children }: { readonly children: ReactNode }) {
  return <span className="personal">{children}</span>;
}
