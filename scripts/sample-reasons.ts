// What people wrote in the sample, in the language of whoever looks around. The files of `test/samples/foundation` are English.
import type { Language } from "#language/language.ts";

type Reasons = Readonly<Record<string, string>>;

const ru: Reasons = {
  "donor's call": "звонок жертвователя",
  "donor's message of the same day": "сообщение жертвователя в тот же день",
  "donor's receipt": "чек жертвователя",
  accountant: "бухгалтер",
  "sent twice by mistake": "отправлено дважды по ошибке",
  "donor asked for it back": "жертвователь попросил вернуть",
  "order of an invented court": "постановление вымышленного суда",
  "invented central bank table": "таблица вымышленного центробанка",
};

const kk: Reasons = {
  "donor's call": "ақша жіберушінің қоңырауы",
  "donor's message of the same day": "ақша жіберушінің сол күнгі хабары",
  "donor's receipt": "ақша жіберушінің чегі",
  accountant: "бухгалтер",
  "sent twice by mistake": "қателесіп екі рет жіберілген",
  "donor asked for it back": "ақша жіберуші қайтаруды сұрады",
  "order of an invented court": "ойдан шығарылған соттың қаулысы",
  "invented central bank table": "ойдан шығарылған орталық банктің кестесі",
};

/** @throws Error when one of them is not in the table: a new reason of the samples needs its words here. */
export function inLanguage(table: string, language: Language): string {
  if (language === "en") return table;
  const reasons = language === "kk" ? kk : ru;
  const columns = new Set(["ground", "decided_by", "reason", "detail", "source"]);
  const [head = "", ...lines] = table.trimEnd().split("\n");
  const said = head.split(",").map((name) => columns.has(name));
  const worded = lines.map((line) =>
    line
      .split(",")
      .map((cell, i) => {
        if (said[i] !== true) return cell;
        const words = reasons[cell];
        if (words === undefined) throw new Error(`bug: no words for "${cell}" of the sample`);
        return words;
      })
      .join(","),
  );
  return `${[head, ...worded].join("\n")}\n`;
}
