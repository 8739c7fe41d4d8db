import { formatMoney } from "#domain/funds/money.ts";
import type { CheckLine, Verdict } from "#dossier/check-list.ts";
import type { DossierReport } from "#dossier/check.ts";
import { type Lang, langs, statementLabels } from "#dossier/statement/labels.ts";
import { escapeHtml } from "#dossier/statement/mustache.ts";
import type { Question, StatementFigures, Sum } from "#dossier/statement/statement.ts";
import { claimInWords, questionInWords } from "#dossier/statement/view.ts";
import { pageLabels } from "./page-labels.ts";

const icons: Readonly<Record<Verdict, string>> = {
  held: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  broken: '<path d="M7 7l10 10M17 7L7 17"/>',
  "could-not-check": '<path d="M9 9.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M12 17.2v.1"/>',
};

const icon = (verdict: Verdict): string =>
  `<svg viewBox="0 0 24 24" aria-hidden="true">${icons[verdict]}</svg>`;

const mainClass = (verdict: Verdict): string => (verdict === "could-not-check" ? "unknown" : verdict);

const languageButtons = (lang: Lang): string =>
  langs
    .map(
      (one) =>
        `<button type="button" data-lang="${one}" lang="${one}"${one === lang ? ' aria-pressed="true"' : ""}>${{ kk: "Қазақша", ru: "Русский", en: "English" }[one]}</button>`,
    )
    .join("");

/** The page before a dossier was chosen. */
export const startPage = (lang: Lang, isWorking: boolean): string => {
  const l = pageLabels[lang];
  const inside = isWorking
    ? `<p class="working" role="status">${l.working}</p>`
    : `<label class="choose"><input type="file" id="zip" accept=".zip,application/zip">${l.choose}</label><p class="or">${l.drop}</p>
<label class="folder"><input type="file" id="folder" webkitdirectory>${l.folder}</label>`;
  return `${head(lang)}<h1>${l.title}</h1><p class="lead">${l.lead}</p><div class="drop" id="drop">${inside}</div><p class="note">${l.offline}</p>`;
};

const head = (lang: Lang): string => `<nav aria-label="Language">${languageButtons(lang)}</nav>`;

const row = (name: string, sums: readonly Sum[], lang: Lang): string =>
  sums.length === 0
    ? ""
    : `<tr><th scope="row">${name}</th><td>${sums.map(({ currency, minor }) => formatMoney({ currency, minor: BigInt(minor) }, lang)).join("<br>")}</td></tr>`;

const figuresPart = ({ totals, appeals }: StatementFigures, question: Question, lang: Lang): string => {
  const words = statementLabels[lang];
  const left = question.kind === "period" ? words.leftInPeriod : words.left;
  return `<section><h2>${escapeHtml(questionInWords(question, appeals, lang))}</h2><p class="note">${pageLabels[lang].figures}</p><table>${row(words.received, totals.raised, lang)}${row(words.returned, totals.refunded, lang)}${row(words.spent, totals.spent, lang)}${row(words.covered, totals.coveredFromGeneral, lang)}${row(left, totals.balance, lang)}</table></section>`;
};

const trustPart = ({ foundation, log, witnesses }: StatementFigures, lang: Lang): string => {
  const [l, words] = [pageLabels[lang], statementLabels[lang]];
  const term = (name: string, value: string): string => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`;
  const root = words["root.text"].replace("{size}", String(log.size)).replace("{root}", log.root);
  const witnessed =
    witnesses.length > 0
      ? `<dl>${term(l.witnessed, witnesses.join(", "))}</dl>`
      : `<p class="unwitnessed">${words["witness.none"]}</p>`;
  return `<section><h2>${l.trust}</h2><p class="name">${escapeHtml(foundation.names[lang])}</p>${witnessed}<dl>${term(words.genesis, foundation.genesis)}${term(words.logKey, foundation.log)}${term(words.root, root)}</dl><p class="note">${l.trustNote}</p></section>`;
};

const checkLine = (line: CheckLine, lang: Lang): string => {
  const l = pageLabels[lang];
  const text = l.checks[line.code as keyof typeof l.checks];
  const detail = [line.code, line.subject, line.verdict === "held" ? "" : line.reason]
    .filter((part) => part !== "")
    .map(escapeHtml)
    .join(" · ");
  return `<li class="${mainClass(line.verdict)}">${icon(line.verdict)}<div>${text}<small>${detail}</small></div><span class="mark">${l.marks[line.verdict]}</span></li>`;
};

/** The page with the answer. */
export const resultPage = (lang: Lang, report: DossierReport, name: string): string => {
  const l = pageLabels[lang];
  const [title, sentence] = l.verdicts[report.verdict];
  const claim =
    report.claim === null
      ? ""
      : `<section class="claim"><p>${l.claim}: <b>${escapeHtml(claimInWords(report.claim.asserted, lang))}</b></p><p>${l.found}: <b>${escapeHtml(claimInWords(report.claim.found, lang))}</b></p><p class="${report.claim.agrees ? "agrees" : "differs"}">${report.claim.agrees ? l.agrees : l.differs}</p></section>`;
  const order: readonly Verdict[] = ["broken", "could-not-check", "held"];
  const lines = [...report.checks].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const { verdict, checks } = report;
  return `${head(lang)}<div class="verdict ${mainClass(verdict)}" role="status" tabindex="-1" id="verdict">${icon(verdict)}<div><h1>${title}</h1><p>${sentence}</p><p class="file">${escapeHtml(name)}</p></div></div>
${claim}${report.figures === null || report.question === null ? "" : figuresPart(report.figures, report.question, lang)}
<section><h2>${l.list}</h2><ul class="checks">${lines.map((line) => checkLine(line, lang)).join("")}</ul></section>
${report.figures === null ? "" : trustPart(report.figures, lang)}
<details><summary>${l.result}</summary><pre id="json">${escapeHtml(JSON.stringify({ verdict, checks, claim: report.claim }, null, 1))}</pre></details>
<p><button type="button" id="again">${l.again}</button></p>`;
};
