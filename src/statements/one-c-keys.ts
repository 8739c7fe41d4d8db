/** Keys and markers of 1CClientBankExchange: Russian 1.0x, Kazakhstan 2.00, any letter case. */

export type OneCField =
  | "account"
  | "from"
  | "to"
  | "opening"
  | "closing"
  | "creditTurnover"
  | "debitTurnover"
  | "amount"
  | "credit"
  | "debit"
  | "currency"
  | "operationDate"
  | "debitedDate"
  | "creditedDate"
  | "documentDate"
  | "valueDate"
  | "number"
  | "payerAccount"
  | "payeeAccount"
  | "payerName"
  | "payeeName"
  | "payerBin"
  | "payeeBin"
  | "payerBank"
  | "payeeBank"
  | "memo"
  | "kind";

export type OneCMark = "section" | "sectionEnd" | "document" | "documentEnd" | "fileEnd";

/**
 * First name wins over later ones for the same field: `ПлательщикСчет` (the account as booked) over
 * `ПлательщикРасчСчет` (as written in the document), `ДатаОперации` over `Дата`.
 */
const names: Readonly<Record<OneCField, readonly string[]>> = {
  account: ["РасчСчет"],
  from: ["ДатаНачала"],
  to: ["ДатаКонца"],
  opening: ["НачальныйОстаток"],
  closing: ["КонечныйОстаток"],
  creditTurnover: ["ВсегоПоступило"],
  debitTurnover: ["ВсегоСписано"],
  amount: ["Сумма"],
  credit: ["СуммаПриход"],
  debit: ["СуммаРасход"],
  currency: ["Валюта", "КодВалюты"],
  operationDate: ["ДатаОперации"],
  debitedDate: ["ДатаСписано"],
  creditedDate: ["ДатаПоступило"],
  documentDate: ["Дата", "ДатаДокумента"],
  valueDate: ["ДатаВалютирования"],
  number: ["НомерДокумента", "Номер"],
  payerAccount: ["ПлательщикСчет", "ПлательщикИИК", "ПлательщикРасчСчет"],
  payeeAccount: ["ПолучательСчет", "ПолучательИИК", "ПолучательРасчСчет"],
  payerName: ["ПлательщикНаименование", "Плательщик1", "Плательщик"],
  payeeName: ["ПолучательНаименование", "Получатель1", "Получатель"],
  payerBin: ["ПлательщикБИН_ИИН", "ПлательщикИНН", "ПлательщикБИН", "ПлательщикИИН"],
  payeeBin: ["ПолучательБИН_ИИН", "ПолучательИНН", "ПолучательБИН", "ПолучательИИН"],
  payerBank: ["ПлательщикБанкНаименование", "ПлательщикБанк1", "ПлательщикБанк"],
  payeeBank: ["ПолучательБанкНаименование", "ПолучательБанк1", "ПолучательБанк"],
  memo: ["НазначениеПлатежа", "НазначениеПлатежа1"],
  kind: ["ВидДокумента"],
};

const marks: Readonly<Record<string, OneCMark>> = {
  СЕКЦИЯРАСЧСЧЕТ: "section",
  КОНЕЦРАСЧСЧЕТ: "sectionEnd",
  СЕКЦИЯДОКУМЕНТ: "document",
  КОНЕЦДОКУМЕНТА: "documentEnd",
  КОНЕЦФАЙЛА: "fileEnd",
};

export type OneCKey =
  | { readonly is: "mark"; readonly mark: OneCMark }
  | { readonly is: "field"; readonly field: OneCField; readonly rank: number }
  | { readonly is: "other" };

const other: OneCKey = { is: "other" };
const table = new Map<string, OneCKey>();
for (const [key, mark] of Object.entries(marks)) table.set(key, { is: "mark", mark });
for (const field of Object.keys(names) as OneCField[]) {
  for (const [rank, name] of names[field].entries())
    table.set(name.toUpperCase(), { is: "field", field, rank });
}
// Spellings seen with е and ё, and with spaces at the ends, are the same key.
const seen = new Map<string, OneCKey>();

/** What the text before "=" (or a whole line without one) is. */
export function oneCKey(raw: string): OneCKey {
  let key = seen.get(raw);
  if (key === undefined) {
    key = table.get(raw.trim().toUpperCase().replaceAll("Ё", "Е")) ?? other;
    // Bounded: memos with "=" must not grow the table for ever.
    if (seen.size < 5000) seen.set(raw.slice(), key);
  }
  return key;
}

/** Words that any sound file of the format holds; used to tell which encoding its bytes are in. */
export const oneCKnown =
  /ВерсияФормата|Кодировка|Отправитель|СекцияРасчСчет|СекцияДокумент|РасчСчет|ДатаНачала|НазначениеПлатежа|КонецФайла/iu;
