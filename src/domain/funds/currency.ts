/**
 * Minor units of currencies: the one table of scales (ISO 4217). A currency that is not here has two decimals, as most
 * have; a sum with more decimals than its currency is refused, never rounded.
 */
const decimalsByCurrency: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** How many decimals a currency has: `KZT` 2, `JPY` 0, `KWD` 3. */
export function currencyDecimals(currency: string): number {
  return decimalsByCurrency[currency] ?? 2;
}

/** Three capital Latin letters (ISO 4217); undefined for anything else, lower case included. */
export function parseCurrency(text: string): string | undefined {
  return /^[A-Z]{3}$/u.test(text) ? text : undefined;
}

/**
 * Currencies in the order every view prints them: `first` (the appeal's own, or the foundation's), then the alphabet.
 * One order everywhere, because two printouts of the same books are compared byte by byte.
 */
export function currenciesInOrder(currencies: Iterable<string>, first: string): string[] {
  const all = [...new Set(currencies)];
  return all.sort((a, b) => (a === b ? 0 : a === first ? -1 : b === first ? 1 : a < b ? -1 : 1));
}
