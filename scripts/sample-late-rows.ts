// The last bank file of the sample, from the account that was opened after the other one was frozen. Most gifts name where they
// go; a few rows are left to whoever looks around: signs that contradict each other, strong and weak ones, and a row with none.

const account = "KZ617229999900000015";
const foundation = "Общественный фонд «Образец»";

type Row = {
  readonly day: string;
  readonly reference: string;
  readonly tenge: number;
  readonly party: string;
  readonly memo: string;
};

const gifts: readonly Row[] = [
  { day: "23.06.2025", reference: "C15000001", tenge: 120_000, party: "Дана Primerova", memo: "A-2025-001" },
  {
    day: "25.06.2025",
    reference: "C15000002",
    tenge: 16_800,
    party: "Нұрлан Primerova",
    memo: "A-2025-006 на адвоката",
  },
  // A code and a hashtag that speak for different appeals; the donor's earlier gifts say which is likelier.
  {
    day: "27.06.2025",
    reference: "C15000003",
    tenge: 25_900,
    party: "Ерлан Пробный",
    memo: "A-2025-004 #em қайырымдылық",
  },
  // Two hashtags: nothing in the row says which is meant.
  { day: "30.06.2025", reference: "C15000004", tenge: 7_300, party: "Нұрлан Пробный", memo: "#sot #otbasy" },
  { day: "02.07.2025", reference: "C15000005", tenge: 9_400, party: "Ruslan Мысалова", memo: "с любовью" },
];

const payments: readonly Row[] = [
  // Two payments of this sum were made within days; the payee's name is written as in one of them.
  {
    day: "30.06.2025",
    reference: "D1500001",
    tenge: 45_000,
    party: "Қонақүй «Үлгі»",
    memo: "Тұру ақысы",
  },
  // Nothing on the record fits.
  { day: "03.07.2025", reference: "D1500002", tenge: 12_400, party: "ЖК Белгісіз", memo: "Шот 118 бойынша" },
];

/** What the foundation says it paid from that account: two of one sum, so that arithmetic alone cannot tell them apart. */
export const latePayments = `id,date,appeal,category,amount,currency,payee,receipt,paid_from
S-2025-057,2025-06-27,A-2025-002,hotel,45000.00,KZT,Қонақүй «Үлгі»,R-0057.pdf,${account}
S-2025-058,2025-06-28,A-2025-005,medical,45000.00,KZT,Клиника «Проба»,R-0058.pdf,${account}
`;

export const lateStatementName = "kzt-3.1c.txt";

/** As the bank's client writes it: `1CClientBankExchange`. */
export function lateStatement(): string {
  const [from, to] = ["23.06.2025", "04.07.2025"];
  const sumOf = (rows: readonly Row[]) => rows.reduce((sum, { tenge }) => sum + tenge, 0);
  const [received, spent] = [sumOf(gifts), sumOf(payments)];
  const amount = (tenge: number) => tenge.toFixed(2);
  const document = (row: Row, isGift: boolean): string[] => [
    "СекцияДокумент=ПлатежноеПоручение",
    `ДатаОперации=${row.day}`,
    `${isGift ? "СуммаПриход" : "СуммаРасход"}=${amount(row.tenge)}`,
    `НомерДокумента=${row.reference}`,
    `ДатаДокумента=${row.day}`,
    `ПлательщикНаименование=${isGift ? row.party : foundation}`,
    `ПолучательНаименование=${isGift ? foundation : row.party}`,
    `${isGift ? "ПолучательИИК" : "ПлательщикИИК"}=${account}`,
    `НазначениеПлатежа=${row.memo}`,
    "КодНазначенияПлатежа=119",
    `Сумма=${amount(row.tenge)}`,
    "Валюта=KZT",
    "КонецДокумента",
  ];
  return [
    "1CClientBankExchange",
    "ВерсияФормата=2.00",
    "Кодировка=UTF8",
    "Отправитель=Банк",
    `ДатаНачала=${from}`,
    `ДатаКонца=${to}`,
    `РасчСчет=${account}`,
    "СекцияРасчСчет",
    `ДатаНачала=${from}`,
    `ДатаКонца=${to}`,
    `РасчСчет=${account}`,
    "НачальныйОстаток=0.00",
    `ВсегоПоступило=${amount(received)}`,
    `ВсегоСписано=${amount(spent)}`,
    `КонечныйОстаток=${amount(received - spent)}`,
    "КонецРасчСчет",
    ...gifts.flatMap((row) => document(row, true)),
    ...payments.flatMap((row) => document(row, false)),
    "КонецФайла",
    "",
  ].join("\r\n");
}
