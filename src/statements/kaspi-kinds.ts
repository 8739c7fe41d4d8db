/**
 * Kinds of operation on a Kaspi Gold statement. Rows print the singular, the summary mostly the plural
 * ("Пополнение", "Пополнения"), so a kind is known by the first three letters of each of its words.
 */
export const kaspiKinds: readonly string[] = [
  "Перевод на свой счет",
  "Поступление со своего счета",
  "Зачисление кредита",
  "Пополнение",
  "Перевод",
  "Покупка",
  "Снятие",
  "Разное",
  "Возврат",
  "Transfer to own account",
  "Transfers to own accounts",
  "Receipt from own account",
  "Replenishment",
  "Transfer",
  "Purchase",
  "Withdrawal",
  "Other",
  "Refund",
  "Өз шотына аударым",
  "Өз шотынан түсім",
  "Несие есептелуі",
  "Толықтыру",
  "Аударым",
  "Сатып алу",
  "Ақша алу",
  "Ақшаны алу",
  "Басқа",
  "Әртүрлі",
];

/** "Поступления со своих счетов" and "Поступление со своего счета" have one key. */
export function kindKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ё", "е")
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 3))
    .join(" ");
}

export type KindSplit = {
  readonly kind: string;
  readonly details: string;
  /** Keys of words of the kind that a wrapped cell prints on the next line. */
  readonly missing: readonly string[];
};

/**
 * Divides "Пополнение Айгуль К." into kind and details. Extracted text loses the columns, so a kind wrapped over two
 * lines ("Поступление со С Kaspi Депозита", then "своего счета") shows only its first words here; `next` is the line
 * that follows.
 */
export function splitKind(text: string, labels: readonly string[], next: string): KindSplit {
  const words = text.split(" ");
  const keys = words.map(kindKey);
  const nextKeys = next.split(" ").map(kindKey);
  const candidates = labels.map((label) => kindKey(label).split(" ")).sort((a, b) => b.length - a.length);
  for (const wanted of candidates) {
    let matched = 0;
    while (matched < wanted.length && keys[matched] === wanted[matched]) matched += 1;
    if (matched === wanted.length) {
      return {
        kind: words.slice(0, matched).join(" "),
        details: words.slice(matched).join(" "),
        missing: [],
      };
    }
    const missing = wanted.slice(matched);
    if (matched > 0 && missing.every((key, i) => nextKeys[i] === key)) {
      return { kind: words.slice(0, matched).join(" "), details: words.slice(matched).join(" "), missing };
    }
  }
  return { kind: words[0] ?? "", details: words.slice(1).join(" "), missing: [] };
}
