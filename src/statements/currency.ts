/** Currencies: how many decimals each has (ISO 4217), and the ways in which banks name them. */

const codes = new Set(
  (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD " +
    "CDF CHE CHF CHW CLF CLP CNH CNY COP COU CRC CUC CUP CVE CZK DEM DJF DKK DOP DZD EEK EGP ERN ETB EUR FIM FJD FKP " +
    "FRF GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF " +
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN " +
    "NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RUR RWF SAR SBD SCR SDG SEK SGD SHP " +
    "SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND " +
    "VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
  ).split(" "),
);

const scales = new Map<string, number>();
for (const code of "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ")) {
  scales.set(code, 0);
}
for (const code of "BHD IQD JOD KWD LYD OMR TND".split(" ")) scales.set(code, 3);
for (const code of "CLF UYW".split(" ")) scales.set(code, 4);

/** Digits after the decimal point in `currency`: 2 for KZT and for an unknown one, 0 for JPY, 3 for KWD. */
export function scaleOf(currency: string | null): number {
  return currency === null ? 2 : (scales.get(currency) ?? 2);
}

export function isCurrencyCode(text: string): boolean {
  return codes.has(text);
}

/** Codes inside account numbers of Russian banks (digits 6-8), and numeric codes in other files. */
const numeric: Readonly<Record<string, string>> = {
  "810": "RUB",
  "643": "RUB",
  "398": "KZT",
  "840": "USD",
  "978": "EUR",
  "826": "GBP",
  "156": "CNY",
  "756": "CHF",
  "392": "JPY",
  "933": "BYN",
  "417": "KGS",
  "860": "UZS",
  "949": "TRY",
  "784": "AED",
  "980": "UAH",
  "051": "AMD",
  "944": "AZN",
  "981": "GEL",
};

/** `40702810…` is a rouble account: digits 6-8 of a Russian account number name its currency. */
export function currencyOfRussianAccount(account: string): string | null {
  return /^\d{20}$/u.test(account) ? (numeric[account.slice(5, 8)] ?? null) : null;
}

const words: readonly (readonly [RegExp, string])[] = [
  [/₸|^т$|^t$|^тг\.?$|тенге|теңге|tenge/iu, "KZT"],
  [/₽|^руб|рубл/iu, "RUB"],
  [/€|^евро$|^euro$/iu, "EUR"],
  [/£/u, "GBP"],
  [/₫|^đ$/iu, "VND"],
  [/₴/u, "UAH"],
  [/₺/u, "TRY"],
  [/₩/u, "KRW"],
  [/^\$$|^us\$$|доллар сша/iu, "USD"],
];

/** Reads "KZT", "KZT - Тенге", "398", "₸", "руб."; null for anything else. */
export function parseCurrency(text: string): string | null {
  const clean = text.trim();
  if (clean === "") return null;
  const code = /^[A-Za-z]{3}(?![A-Za-z])/u.exec(clean)?.[0].toUpperCase();
  if (code !== undefined && codes.has(code)) return code === "RUR" ? "RUB" : code;
  const digits = /^\d{3}$/u.test(clean) ? numeric[clean] : undefined;
  if (digits !== undefined) return digits;
  for (const [pattern, found] of words) if (pattern.test(clean)) return found;
  const inside = /(?:^|[^A-Z])([A-Z]{3})(?![A-Z])/u.exec(clean)?.[1];
  return inside !== undefined && codes.has(inside) ? inside : null;
}
