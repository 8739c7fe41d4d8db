/**
 * The page of the statement, and the README of the bag. No script, no outside resource: it opens from a USB stick and
 * prints on A4 in black and white. Rendered by `mustache.ts` here and by the same few lines in `verify.py`.
 */
export const statementTemplate = `<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
<style>
:root{--ink:#1c2321;--soft:#5a6663;--line:#d9dfdc;--paper:#fff;--wash:#f4f6f4;--key:#0f5c4d;--keywash:#e9f2ee;--warn:#8a4b00;--warnwash:#fbf1e2}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebe8;--soft:#9daaa5;--line:#33403b;--paper:#151b19;--wash:#1d2522;--key:#7fd1bb;--keywash:#19302a;--warn:#f0b866;--warnwash:#33270f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:54rem;margin:0 auto;padding:2.5rem 1.5rem 3rem}
.kicker{margin:0;color:var(--key);font-weight:600;letter-spacing:.01em}
h1{margin:.35rem 0 .5rem;font-size:clamp(1.5rem,1.1rem + 2vw,2.15rem);line-height:1.22;font-weight:650;text-wrap:balance}
.made{margin:0 0 1.5rem;color:var(--soft);font-size:.94rem}
.answer{margin:0 0 1.25rem;padding:1.25rem 1.5rem;background:var(--keywash);border-left:4px solid var(--key);border-radius:0 8px 8px 0}
.answer p{margin:0}
.answer .first{font-size:clamp(1.2rem,1rem + 1.1vw,1.5rem);line-height:1.35;font-weight:600}
.answer .more{margin-top:.4rem}
.claim{margin:0 0 1.25rem;padding:1.1rem 1.5rem;background:var(--wash);border-radius:8px}
.claim h2{margin:0 0 .3rem}
.claim p{margin:.15rem 0}
.claim .differs{color:var(--warn);font-weight:600}
.claim .agrees{color:var(--key);font-weight:600}
.unwitnessed{margin:0 0 1.25rem;padding:.8rem 1.5rem;background:var(--warnwash);border-radius:8px;font-size:.94rem}
h2{margin:2.4rem 0 .6rem;font-size:1.2rem;line-height:1.3;font-weight:650}
p{margin:.5rem 0}
.note{color:var(--soft);font-size:.92rem;max-width:46rem}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th{padding:.45rem .9rem .45rem 0;text-align:left;vertical-align:bottom;color:var(--soft);font-weight:500;font-size:.88rem;border-bottom:1px solid var(--line)}
td{padding:.5rem .9rem .5rem 0;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.d{white-space:nowrap}
td small{display:block;color:var(--soft);font-size:.86rem}
ul{margin:.5rem 0;padding-left:1.2rem}
li{margin:.3rem 0}
dl{margin:.8rem 0 0;font-size:.9rem}
dt{color:var(--soft);margin-top:.5rem}
dd{margin:0;font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.84rem;overflow-wrap:anywhere}
@media (max-width:36rem){main{padding:1.5rem 1.1rem 2.5rem}
.stack thead{display:none}
.stack tr{display:block;padding:.55rem 0;border-bottom:1px solid var(--line)}
.stack td{display:flex;justify-content:space-between;gap:1.2rem;padding:.16rem 0;border:0;text-align:right}
.stack td::before{content:attr(data-l);color:var(--soft);text-align:left;font-variant-numeric:normal;white-space:normal}}
@media print{@page{size:A4;margin:18mm 16mm}
:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--wash:#fff;--key:#000;--keywash:#fff;--warn:#000;--warnwash:#fff}
body{font-size:10.5pt}main{max-width:none;padding:0}
.answer,.claim,.unwitnessed{border:1px solid #888;border-left-width:3px;border-radius:0;padding:.8rem 1rem}
h2{break-after:avoid;margin-top:1.5rem}tr,.answer,.claim{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}}
</style>
</head>
<body>
<main>
<p class="kicker">{{l.kicker}}</p>
<h1>{{title}}</h1>
<p class="made">{{made}}</p>
<div class="answer"><p class="first">{{answer}}</p>{{#more}}<p class="more">{{more}}</p>{{/more}}{{#ended}}<p class="more">{{.}}</p>{{/ended}}</div>
{{#claim}}<section class="claim"><h2>{{l.claim}}</h2><p>{{asserted}}</p><p>{{found}}</p><p class="{{kind}}">{{result}}</p></section>
{{/claim}}{{#unwitnessed}}<p class="unwitnessed">{{unwitnessed}}</p>
{{/unwitnessed}}<section>
<h2>{{l.figures}}</h2>
<table class="stack"><thead><tr><th>{{l.currency}}</th><th class="n">{{l.received}}</th><th class="n">{{l.gifts}}</th><th class="n">{{l.returned}}</th><th class="n">{{l.spent}}</th><th class="n">{{l.covered}}</th><th class="n">{{leftName}}</th></tr></thead>
<tbody>
{{#figures}}<tr><td data-l="{{l.currency}}">{{currency}}</td><td class="n" data-l="{{l.received}}">{{received}}</td><td class="n" data-l="{{l.gifts}}">{{gifts}}</td><td class="n" data-l="{{l.returned}}">{{returned}}</td><td class="n" data-l="{{l.spent}}">{{spent}}</td><td class="n" data-l="{{l.covered}}">{{covered}}</td><td class="n" data-l="{{leftName}}">{{left}}</td></tr>
{{/figures}}</tbody></table>
<p class="note">{{l.figuresNote}}</p>
</section>
<section>
<h2>{{l.asked}}</h2>
{{#anyAsked}}<table class="stack"><thead><tr><th>{{l.post}}</th><th>{{l.kind}}</th><th>{{l.published}}</th><th>{{l.appeal}}</th><th class="n">{{l.target}}</th></tr></thead>
<tbody>
{{#asked}}<tr><td data-l="{{l.post}}">{{post}}</td><td data-l="{{l.kind}}">{{kind}}</td><td class="d" data-l="{{l.published}}">{{date}}</td><td data-l="{{l.appeal}}">{{appeal}}</td><td class="n" data-l="{{l.target}}">{{target}}</td></tr>
{{/asked}}</tbody></table>
<p class="note">{{l.askedNote}}</p>
{{/anyAsked}}{{^anyAsked}}<p class="note">{{l.askedNone}}</p>
{{/anyAsked}}</section>
{{#anyAppeals}}<section>
<h2>{{l.byAppeal}}</h2>
<table class="stack"><thead><tr><th>{{l.appeal}}</th><th class="n">{{l.received}}</th><th class="n">{{l.returned}}</th><th class="n">{{l.spent}}</th><th class="n">{{l.covered}}</th><th class="n">{{leftName}}</th></tr></thead>
<tbody>
{{#appeals}}<tr><td data-l="{{l.appeal}}">{{name}}</td><td class="n" data-l="{{l.received}}">{{received}}</td><td class="n" data-l="{{l.returned}}">{{returned}}</td><td class="n" data-l="{{l.spent}}">{{spent}}</td><td class="n" data-l="{{l.covered}}">{{covered}}</td><td class="n" data-l="{{leftName}}">{{left}}</td></tr>
{{/appeals}}</tbody></table>
</section>
{{/anyAppeals}}{{#anySpending}}<section>
<h2>{{l.categories}}</h2>
<table><thead><tr><th>{{l.category}}</th><th class="n">{{l.amount}}</th></tr></thead>
<tbody>
{{#categories}}<tr><td>{{name}}</td><td class="n">{{amount}}</td></tr>
{{/categories}}</tbody></table>
<h2>{{l.payments}}</h2>
<table class="stack"><thead><tr><th>{{l.date}}</th><th>{{l.payment}}</th><th>{{l.approval}}</th><th>{{l.confirmed}}</th><th class="n">{{l.amount}}</th></tr></thead>
<tbody>
{{#payments}}<tr><td class="d" data-l="{{l.date}}">{{date}}</td><td data-l="{{l.payment}}"><span>{{category}}<small>{{id}}{{#related}} · {{related}}{{/related}}</small></span></td><td data-l="{{l.approval}}">{{approval}}</td><td data-l="{{l.confirmed}}"><span>{{#confirmed}}<small>{{.}}</small>{{/confirmed}}</span></td><td class="n" data-l="{{l.amount}}">{{amount}}</td></tr>
{{/payments}}</tbody></table>
</section>
<section>
<h2>{{l.confirmations}}</h2>
<ul>{{#confirmations}}<li>{{.}}</li>{{/confirmations}}</ul>
</section>
{{/anySpending}}<section>
<h2>{{l.hidden}}</h2>
<table><thead><tr><th></th><th class="n">{{l.shown}}</th><th class="n">{{l.ofAll}}</th></tr></thead>
<tbody>
{{#hidden}}<tr><td>{{name}}</td><td class="n">{{shown}}</td><td class="n">{{all}}</td></tr>
{{/hidden}}</tbody></table>
<p class="note">{{l.hiddenNote}} {{l.hiddenOther}}</p>
</section>
<section>
<h2>{{l.proves}}</h2>
<ul>{{#proves}}<li>{{.}}</li>{{/proves}}</ul>
</section>
<section>
<h2>{{l.check}}</h2>
<ul><li>{{l.check.html}}</li><li>{{l.check.python}}</li><li>{{l.check.trust}}</li></ul>
<dl><dt>{{l.genesis}}</dt><dd>{{genesis}}</dd><dt>{{l.logKey}}</dt><dd>{{logKey}}</dd><dt>{{l.root}}</dt><dd>{{root}}</dd></dl>
</section>
</main>
</body>
</html>
`;

export const readme = `Досье · Dossier

KK  data/statement.kk.html — сұрақ, жауап және сандар.
    Тексеру үшін verify.html файлын браузерде ашып, zip файлды таңдаңыз. Желі керек емес.
    Немесе: python3 verify.py DOSSIER.zip

RU  data/statement.ru.html — вопрос, ответ и цифры.
    Чтобы проверить, откройте verify.html в браузере и выберите zip-файл. Сеть не нужна.
    Или: python3 verify.py DOSSIER.zip

EN  data/statement.en.html — the question, the answer and the figures.
    To check them, open verify.html in a browser and choose the zip file. No network is needed.
    Or: python3 verify.py DOSSIER.zip

A BagIt 1.0 bag (RFC 8493): sha256sum -c manifest-sha256.txt
`;
