import { isCurrencyCode } from "./currency.ts";
import type { ColumnField } from "./types.ts";

/** Headings of bank exports in the languages seen, by what their column holds. */

/** Beyond the fields a caller can map: the two sides of a payment, as the monitoring agency's form has them. */
export type TableField =
  | ColumnField
  | "valueDate"
  | "amountKzt"
  | "payerName"
  | "payerBin"
  | "payerBank"
  | "payerAccount"
  | "payeeName"
  | "payeeBin"
  | "payeeBank"
  | "payeeAccount";

const phrases: Readonly<Partial<Record<TableField, string>>> = {
  date:
    "date|booking date|transaction date|posting date|posted date|post date|trans date|operation date|entry date|date operation|date d operation|" +
    "date de l operation|date comptable|buchungstag|buchungsdatum|buchung|datum|transaktionsdatum|fecha|fecha operacion|fecha de operacion|data|" +
    "data operazione|data contabile|data operacji|data transakcji|data ksiegowania|boekingsdatum|transactiedatum|boekdatum|data movimento|" +
    "data mov|data lancamento|bokforingsdag|bokforingsdatum|dato|bogfort|дата|дата операции|дата проводки|дата и время операции|дата и время|" +
    "дата транзакции|дата платежа|дата зачисления|күні|күн|операция күні|төлем күні|операция күні мен уақыты|дата операції|ngay|" +
    "ngay giao dich|tarih|islem tarihi|datum zauctovani|completed date|started date|settlement date|created at|created",
  valueDate:
    "value date|valuta datum|valutadatum|wertstellung|wertstellungstag|date valeur|date de valeur|fecha valor|data valuta|data waluty|rentedatum|" +
    "дата валютирования|валюталау күні|дата документа",
  amount:
    "amount|transaction amount|betrag|umsatz|montant|importe|importo|bedrag|kwota|valor|belopp|belob|castka|tutar|sum|total|value|" +
    "сумма|сумма операции|сумма платежа|сумма в валюте счета|сумма транзакции|сома|сомасы|операция сомасы|сума|so tien|net amount|gross amount",
  credit:
    "credit|credits|credit amount|paid in|money in|deposit|deposits|amount in|incoming|haben|gutschrift|abono|abonos|haber|ingreso|ingresos|avere|entrate|" +
    "accrediti|uznania|credito|creditos|bij|in|кредит|приход|поступление|поступления|поступило|зачислено|зачисление|кіріс|түсім|кредит сомасы|" +
    "сумма кредит|сумма по кредиту|оборот по кредиту|сумма прихода|ghi co|so tien ghi co|alacak|kredit",
  debit:
    "debit|debits|debit amount|paid out|money out|withdrawal|withdrawals|amount out|outgoing|soll|lastschrift|belastung|cargo|cargos|debe|gasto|gastos|" +
    "dare|uscite|addebiti|obciazenia|debito|debitos|af|out|дебет|расход|списание|списания|списано|шығыс|дебет сомасы|сумма дебет|" +
    "сумма по дебету|оборот по дебету|сумма расхода|ghi no|so tien ghi no|borc|debet",
  currency:
    "currency|ccy|curr|currency code|devise|wahrung|waehrung|moneda|divisa|valuta|waluta|moeda|munt|mena|para birimi|валюта|валюта операции|валюта счета|" +
    "код валюты|валютасы|операция валютасы|loai tien",
  balance:
    "balance|running balance|balance after|account balance|saldo|kontostand|solde|saldo nach buchung|saldo po operacji|saldo disponible|остаток|" +
    "остаток после операции|баланс|қалдық|so du|bakiye|zustatek|saldi",
  direction:
    "direction|credit debit|debit credit|cr dr|dr cr|c d|d c|debit credit indicator|credit debit indicator|soll haben|sens|af bij|dc|cd|" +
    "приход расход|дебет кредит|направление|бағыты|indicator|sign",
  kind:
    "type|transaction type|kind|operation|operation type|kategorie|umsatzart|buchungsart|type operation|tipo|tipo operazione|typ|typ transakcji|" +
    "rodzaj|вид|вид операции|тип|тип операции|операция|вид документа|операция түрі|түрі",
  reference:
    "reference|ref|reference number|transaction id|transaction reference|id|referenz|kundenreferenz|bankreferenz|reference client|referencia|" +
    "riferimento|numer referencyjny|no|number|document|document number|doc|doc no|check number|cheque number|номер|номер документа|документ|" +
    "номер операции|референс|құжат нөмірі|құжат|нөмірі|so tham chieu|so ct|fis no|bank reference|end to end id|fitid",
  counterparty:
    "counterparty|counterparty name|payee|payer|name|beneficiary|beneficiary name|beguenstigter zahlungspflichtiger|auftraggeber empfanger|" +
    "auftraggeber beguenstigter|zahlungsbeteiligter|name zahlungsbeteiligter|empfanger|contrepartie|beneficiaire|nom|nombre|beneficiario|" +
    "controparte|naam tegenpartij|tegenpartij|naam omschrijving|kontrahent|nadawca odbiorca|контрагент|наименование контрагента|плательщик|" +
    "получатель|отправитель|от кого|кому|контрагент атауы|жіберуші|payee name|sender|donor|merchant",
  counterpartyAccount:
    "counterparty account|counterparty iban|counterparty account number|beneficiary account|payee account|kontonummer iban|iban gegenkonto|gegenkonto|" +
    "iban zahlungsbeteiligter|tegenrekening|compte contrepartie|cuenta contrapartida|rachunek kontrahenta|счет контрагента|счёт контрагента|" +
    "номер счета контрагента|контрагент шоты|iik контрагента",
  counterpartyBin:
    "бин иин|иин бин|иин|бин|инн|бин контрагента|иин бин контрагента|инн контрагента|жсн бсн|бсн жсн|жсн|бсн|tax id",
  counterpartyBank: "counterparty bank|bank|bic|bank name|bic swift code|банк|банк контрагента|бик",
  account:
    "account|account number|account no|own account|iban|konto|kontonummer|auftragskonto|iban auftragskonto|compte|numero de compte|cuenta|conto|" +
    "rachunek|rekening|iban bban|счет|счёт|номер счета|номер счёта|иик|шот|шот нөмірі|so tai khoan|hesap",
  memo:
    "description|details|transaction details|memo|narrative|particulars|purpose|message|note|notes|remittance information|reference text|" +
    "payment details|transaction description|libelle|libelle operation|motif|verwendungszweck|buchungstext|text|beschreibung|concepto|" +
    "descripcion|detalle|causale|descrizione|mededelingen|omschrijving|tytul|tytul operacji|opis|historico|descricao|назначение|" +
    "назначение платежа|описание|описание операции|детали|комментарий|примечание|содержание|толығырақ|мақсаты|төлем мақсаты|" +
    "төлемнің мақсаты|сипаттамасы|призначення платежу|noi dung|noi dung chi tiet|aciklama|payment purpose|meddelande|popis",
};

/** Lower case, no accents, no signs: "Date opération" and "DATE OPERATION" are one heading. */
export function plainHeading(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F]/gu, "")
    .replaceAll("ı", "i")
    .replaceAll("ł", "l")
    .replaceAll("đ", "d")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const known: { field: TableField; phrase: string }[] = [];
const exact = new Map<string, TableField[]>();
for (const field of Object.keys(phrases) as TableField[]) {
  for (const phrase of (phrases[field] ?? "").split("|").map(plainHeading)) {
    known.push({ field, phrase });
    exact.set(phrase, [...(exact.get(phrase) ?? []), field]);
  }
}

export type HeadingReading = {
  /** Fields the heading may mean, with how well it fits; 100 is the very words. */
  readonly fits: readonly { readonly field: TableField; readonly score: number }[];
  /** A currency named in the heading: "Betrag (EUR)", "debit_vnd". */
  readonly currency: string | null;
};

/** What a heading may mean. Nothing is decided here: one field per column is a matter of the whole row. */
export function readHeading(text: string): HeadingReading {
  const words = plainHeading(text)
    .split(" ")
    .filter((word) => word !== "");
  let currency: string | null = null;
  const kept = words.filter((word) => {
    const code = word.toUpperCase();
    if (word.length !== 3 || !isCurrencyCode(code) || words.length === 1) return true;
    currency = code;
    return false;
  });
  const plain = kept.join(" ");
  const fits = new Map<TableField, number>();
  const raise = (field: TableField, score: number): void => {
    if ((fits.get(field) ?? 0) < score) fits.set(field, score);
  };
  for (const field of exact.get(plain) ?? []) raise(field, 100);
  if (plain.length <= 60) {
    for (const { field, phrase } of known) {
      if (phrase.length < 4 || phrase.length >= plain.length) continue;
      const score = Math.min(30, phrase.length);
      if (plain.startsWith(`${phrase} `)) raise(field, 40 + score);
      else if (plain.endsWith(` ${phrase}`)) raise(field, 35 + score);
      else if (plain.includes(` ${phrase} `)) raise(field, 20 + score);
    }
  }
  return { fits: [...fits].map(([field, score]) => ({ field, score })), currency };
}

/**
 * The agency's form by key words, since every bank spells its headings in its own way. `heading` holds the group
 * above the column as well ("Плательщик Номер счета"). Undefined when the words fit nothing.
 */
export function readFormHeading(heading: string): TableField | undefined {
  const text = plainHeading(heading);
  const side = /плательщ|отправит|төлеуш|payer|sender|дебитор/u.test(text)
    ? "payer"
    : /получат|бенефиц|алуш|payee|beneficiar|кредитор/u.test(text)
      ? "payee"
      : undefined;
  if (side !== undefined) {
    if (/резид/u.test(text)) return undefined;
    if (/сч[её]т|иик|iban|шот|account/u.test(text)) return `${side}Account`;
    if (/иин|бин|инн|жсн|бсн/u.test(text)) return `${side}Bin`;
    if (/банк|бик|bank/u.test(text)) return `${side}Bank`;
    return `${side}Name`;
  }
  if (/^дата|^күн|күні|время|^date/u.test(text)) return "date";
  if (/код.*назнач|кнп|код.*мақсат/u.test(text)) return undefined;
  if (/назначен|мақсат|purpose/u.test(text)) return "memo";
  if (/вид|түр|категор/u.test(text)) return "kind";
  const isKzt = /тенге|теңге|нац|kzt/u.test(text);
  if (/дебет|расход|шығыс|debit/u.test(text)) return isKzt ? undefined : "debit";
  if (/кредит|приход|кіріс|credit/u.test(text)) return isKzt ? undefined : "credit";
  if (/сумм|сома|amount/u.test(text)) return isKzt ? "amountKzt" : "amount";
  if (/валют|currency/u.test(text)) return "currency";
  if (/номер.*док|№.*док|құжат/u.test(text)) return "reference";
  return undefined;
}
