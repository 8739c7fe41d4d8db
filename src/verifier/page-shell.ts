/** The file around the program of `verify.html`. Everything inline; the policy lets nothing else in, and nothing out. */
export const pageStyle = `:root{--ink:#1c2321;--soft:#5a6663;--line:#d9dfdc;--paper:#fbfcfb;--card:#fff;--good:#0f5c4d;--goodwash:#e6f2ed;--bad:#a32020;--badwash:#fbeaea;--warn:#8a4b00;--warnwash:#fbf1e2}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebe8;--soft:#9daaa5;--line:#33403b;--paper:#121816;--card:#1a211f;--good:#7fd1bb;--goodwash:#17322b;--bad:#f09a9a;--badwash:#3b1c1c;--warn:#f0b866;--warnwash:#33270f}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.25rem 1.25rem 3.5rem}
nav{display:flex;justify-content:flex-end;gap:.25rem;flex-wrap:wrap;margin-bottom:1.75rem}
nav button{font:inherit;font-size:.92rem;min-height:2.75rem;padding:.3rem .7rem;border:0;border-radius:6px;background:none;color:var(--soft);cursor:pointer}
nav button[aria-pressed]{color:var(--ink);font-weight:600;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:.35em}
:focus-visible{outline:3px solid var(--good);outline-offset:2px}
h1{margin:0 0 .5rem;font-size:clamp(1.6rem,1.2rem + 2vw,2.2rem);line-height:1.2;font-weight:650}
h2{margin:2.2rem 0 .6rem;font-size:1.15rem;font-weight:650}
p{margin:.4rem 0}.lead{font-size:1.08rem;max-width:36rem}.note{color:var(--soft);font-size:.93rem;max-width:36rem}
.drop{margin:1.75rem 0 1.25rem;padding:2.5rem 1.25rem;border:2px dashed var(--line);border-radius:14px;background:var(--card);text-align:center}
.drop.over{border-color:var(--good);background:var(--goodwash)}
.drop input{position:absolute;opacity:0;width:1px;height:1px}
.choose{display:inline-block;padding:.8rem 1.6rem;border-radius:10px;background:var(--good);color:var(--paper);font-weight:600;font-size:1.08rem;cursor:pointer}
.choose:focus-within,.folder:focus-within{outline:3px solid var(--good);outline-offset:3px}
.or{color:var(--soft);margin:.7rem 0 0}.folder{display:inline-block;padding:.55rem .4rem;color:var(--soft);text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.working{font-size:1.15rem;margin:1.5rem 0}
.verdict{display:flex;gap:1.1rem;align-items:flex-start;padding:1.5rem;border-radius:14px;outline:0}
.verdict h1{margin:0 0 .2rem}.verdict p{margin:.1rem 0}.verdict svg{flex:none;width:3.2rem;height:3.2rem;margin-top:.1rem}
.file{color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
svg{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.verdict.held{background:var(--goodwash)}.verdict.held svg,.verdict.held h1{color:var(--good)}
.verdict.broken{background:var(--badwash)}.verdict.broken svg,.verdict.broken h1{color:var(--bad)}
.verdict.unknown{background:var(--warnwash)}.verdict.unknown svg,.verdict.unknown h1{color:var(--warn)}
.claim{margin-top:1.1rem;padding:1rem 1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.claim .differs{color:var(--warn);font-weight:600}.claim .agrees{color:var(--good);font-weight:600}
table{width:100%;border-collapse:collapse}th,td{padding:.5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{text-align:left;font-weight:400;color:var(--soft);padding-right:1rem}td{text-align:right;font-variant-numeric:tabular-nums;font-weight:600;white-space:nowrap}
.checks{list-style:none;margin:0;padding:0}.checks li{display:flex;gap:.75rem;align-items:flex-start;padding:.55rem 0;border-bottom:1px solid var(--line)}
.checks div{flex:1;min-width:0}.checks small{display:block;color:var(--soft);font-size:.82rem;overflow-wrap:anywhere}
.checks svg{flex:none;width:1.25rem;height:1.25rem;margin-top:.18rem}.mark{flex:none;font-size:.88rem;color:var(--soft)}
.checks .held svg{color:var(--good)}.checks .broken,.checks .broken .mark{color:var(--bad)}.checks .unknown svg,.checks .unknown .mark{color:var(--warn)}
.name{font-weight:600}.unwitnessed{padding:.75rem 1rem;border-radius:10px;background:var(--warnwash);font-size:.94rem}
dl{font-size:.92rem;margin:.6rem 0}dt{color:var(--soft);margin-top:.5rem}dd{margin:0;font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.84rem;overflow-wrap:anywhere}
details{margin:2rem 0 1rem}summary{cursor:pointer;color:var(--soft);min-height:2rem}pre{overflow:auto;font-size:.78rem;max-height:22rem;padding:1rem;border:1px solid var(--line);border-radius:10px}
#again{font:inherit;min-height:2.75rem;padding:.5rem 1.2rem;border:1px solid var(--line);border-radius:10px;background:var(--card);color:inherit;cursor:pointer}
@media (max-width:26rem){.verdict{padding:1.1rem;gap:.8rem}.verdict svg{width:2.4rem;height:2.4rem}.held .mark{display:none}}
@media print{nav,#again,details{display:none}body{background:#fff;color:#000}}`;

export const pageShell = (script: string, scriptHash: string, styleHash: string): string => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Aigaq</title>
<style>${pageStyle}</style>
</head>
<body>
<main><noscript><p>KK: JavaScript қажет, немесе: python3 verify.py DOSSIER.zip</p><p>RU: нужен JavaScript, или: python3 verify.py DOSSIER.zip</p><p>EN: JavaScript is needed, or: python3 verify.py DOSSIER.zip</p></noscript></main>
<script>${script}</script>
</body>
</html>
`;
