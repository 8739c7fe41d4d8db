import type { Direction } from "./types.ts";

/**
 * Words by which banks mark a side. Whole words only, so that "Вх.платеж (кредит)" is a credit and
 * "Погашение кредита" says nothing.
 */
const credit =
  /^(?:c|cr|crdt|cd|credit|к|кт|кредит|приход|поступление|зачисление|пополнение|\+|in|bij|haben|h|s?gutschrift|abono|haber|avere|deposit|entrada|uznanie|кіріс|түсім|кредиттік|incoming|вх)$/iu;
const debit =
  /^(?:d|dr|dbit|db|debit|д|дт|дебет|расход|списание|-|−|–|out|af|soll|s|lastschrift|cargo|debe|dare|withdrawal|saida|obciazenie|шығыс|дебеттік|outgoing|исх)$/iu;
const creditInside = /\(кредит\)|^вх[.\s]|входящ|зачислен|поступлен|incoming|received|\(credit\)|кіріс/iu;
const debitInside = /\(дебет\)|^исх[.\s]|исходящ|списан|outgoing|\(debit\)|шығыс/iu;

/** The side a cell names; undefined when it names none or both. */
export function directionOf(text: string): Direction | undefined {
  const clean = text.trim();
  if (clean === "") return undefined;
  if (credit.test(clean)) return "credit";
  if (debit.test(clean)) return "debit";
  const isCredit = creditInside.test(clean);
  const isDebit = debitInside.test(clean);
  return isCredit === isDebit ? undefined : isCredit ? "credit" : "debit";
}
