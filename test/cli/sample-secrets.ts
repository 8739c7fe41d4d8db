import { read1c, readCamt, readTable } from "#test/books/sample-files.ts";

/** Everything of the sample foundation that nobody may read off a disk or a wire. */
export function secretsOfTheSample(): Set<string> {
  const secrets = new Set<string>();
  const add = (text: string | undefined | null) => {
    if (text !== undefined && text !== null && text !== "") secrets.add(text);
  };
  for (const statement of [read1c("kzt-1.1c.txt"), read1c("kzt-2.1c.txt"), readCamt("eur.camt053.xml")]) {
    add(statement.account);
    for (const { counterparty, memo, reference } of statement.rows) {
      add(counterparty?.name);
      add(memo);
      add(reference);
    }
  }
  for (const { values } of readTable("spending.csv")) {
    add(values["payee"]);
    add(values["receipt"]);
    // What receiptPdf() prints on the receipt, packed there.
    add(`${values["id"]} ${values["amount"]}`);
  }
  for (const { values } of readTable("decisions.csv")) add(values["ground"]);
  for (const { values } of readTable("refunds.csv")) add(values["reason"]);
  add("/FlateDecode");
  return secrets;
}
