import process from "node:process";

/** The entry that (c) appends: a payment as the books have them, four fields shown and four hidden. */
export type PaymentFields = {
  readonly pub: Readonly<Record<string, string>>;
  readonly hidden: Readonly<Record<string, string>>;
};

export function paymentFields(i: number): PaymentFields {
  const number = String(i).padStart(7, "0");
  return {
    pub: {
      id: `S-${number}`,
      appeal: "A-2025-003",
      category: "legal_aid",
      minor: "1250000",
      currency: "KZT",
    },
    hidden: {
      date: "2025-03-04",
      payee: `Legal office "Example" ${number}`,
      receipt: `R-${number}.pdf`,
      paidFrom: "KZ617229999900000007",
    },
  };
}

/** Prices one piece of work inside a process: start, then call what comes back. */
export function startTimer(): () => { readonly ms: number; readonly cpuMs: number } {
  const from = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - from, cpuMs: (user + system) / 1000 };
  };
}
