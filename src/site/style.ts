import { sha256OfText } from "#record/hash.ts";
import { toHex } from "#record/bytes.ts";

/**
 * The one style sheet of the site: light and dark, wide and narrow, and on paper. No web font, no picture, no inline style,
 * so that `style-src 'self'` is all it needs. It is served under an address with its hash and may be kept for good.
 */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#f6f4ee;--card:#fffdf8;--ink:#1d2421;--soft:#55605a;--line:#d9d5c8;--deep:#0d5b52;--tint:#dfeae4;--warn:#7a3e00;--warnbg:#fdf0dc;
--c1:#0d5b52;--c2:#c5822b;--c3:#4a6fa5;--c4:#a4495a;--c5:#7a8b3c;--c6:#6d5a8c;--c7:#8a8378}
@media(prefers-color-scheme:dark){:root{--paper:#141917;--card:#1b211f;--ink:#ebe9e2;--soft:#a9b3ad;--line:#35403b;--deep:#7fd0c2;--tint:#20332e;--warn:#f3c78b;--warnbg:#2f2416;
--c1:#5fb8a9;--c2:#e0a458;--c3:#86a8da;--c4:#d98594;--c5:#b2c46b;--c6:#b09cd6;--c7:#b5afa3}}
*{box-sizing:border-box}
html{font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
.in{max-width:68rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--deep);text-underline-offset:.18em;text-decoration-thickness:.07em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--deep);outline-offset:3px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:1}
header.top{border-bottom:1px solid var(--line);background:var(--card)}
.top .in{display:flex;flex-wrap:wrap;gap:.25rem 2rem;align-items:center;padding-top:.7rem;padding-bottom:.7rem}
.name{font-weight:650;font-size:1.1rem;color:var(--ink);text-decoration:none;padding:.25rem 0;margin-right:auto}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 1.35rem}
nav a{display:inline-block;padding:.3rem 0;text-decoration:none;color:var(--soft)}
nav a:hover{text-decoration:underline}
nav [aria-current]{color:var(--ink);box-shadow:0 2px 0 var(--deep)}
.langs ul{gap:0 .9rem}.menu{order:3;flex-basis:100%}
main.in{padding-top:2.6rem;padding-bottom:4.5rem;outline:0}
h1{font-size:clamp(1.85rem,1.3rem + 2.4vw,2.9rem);line-height:1.14;letter-spacing:-.018em;margin:0 0 .6rem;font-weight:680;max-width:22em;text-wrap:balance}
h2{font-size:1.42rem;line-height:1.25;letter-spacing:-.008em;margin:3.2rem 0 .7rem;font-weight:650}
h3{font-size:1.14rem;line-height:1.35;margin:0 0 .3rem;font-weight:650}
p,ul,ol{max-width:41rem;margin:.5rem 0}
.lead{font-size:1.22rem;line-height:1.5;color:var(--soft);max-width:36rem}
.soft,.note{color:var(--soft)}.note{font-size:.94rem}
.kick{color:var(--soft);font-size:.95rem;margin:0 0 .5rem}
.num,td.n,th.n{font-variant-numeric:tabular-nums lining-nums;white-space:nowrap}
.big{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:0;margin:1.8rem 0 .6rem;padding:0;border-top:3px solid var(--deep)}
.big div{padding:1rem 1.2rem 1.1rem 0;border-bottom:1px solid var(--line)}
.big dt{color:var(--soft);font-size:.95rem}
.big dd{margin:0}
.big .v{display:block;font-size:clamp(1.7rem,1.2rem + 1.7vw,2.35rem);line-height:1.2;font-weight:680;letter-spacing:-.02em}
.big .s{display:block;color:var(--soft);font-size:.95rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:1.1rem;margin:1.1rem 0;padding:0;list-style:none;max-width:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1.2rem 1.3rem 1.3rem;display:flex;flex-direction:column}
.card h3 a{color:var(--ink)}
.rec{font-size:clamp(2rem,1.4rem + 2vw,2.9rem);font-weight:680;letter-spacing:-.02em;margin:1rem 0 0;line-height:1.2;max-width:none}
.rec .note{display:block;letter-spacing:0;font-weight:400;font-size:.95rem;line-height:1.5}
.card .rec{font-size:1.5rem;margin-top:.7rem}
.card .go{margin-top:auto;padding-top:.9rem}
.bar{display:block;width:100%;height:.6rem;margin:.6rem 0;border-radius:.3rem;background:var(--tint);forced-color-adjust:none}
.bar rect{fill:var(--deep)}
.split{display:block;width:100%;height:2.1rem;border-radius:.35rem;margin:1rem 0 .4rem;forced-color-adjust:none}
.k1{fill:var(--c1)}.k2{fill:var(--c2)}.k3{fill:var(--c3)}.k4{fill:var(--c4)}.k5{fill:var(--c5)}.k6{fill:var(--c6)}.k7{fill:var(--c7)}
.key{width:.85em;height:.85em;margin-right:.55em;vertical-align:-.06em;forced-color-adjust:none}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:1rem}
caption{text-align:left;color:var(--soft);font-size:.94rem;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:500;font-size:.92rem;border-bottom-color:var(--soft)}
tbody th{font-weight:500}
td.n,th.n{text-align:right;padding-right:0;padding-left:1rem}
tfoot th,tfoot td{font-weight:650;border-bottom:0}
.rows th{width:38%}.rows td .note{display:block;white-space:normal;font-weight:400}
.rows .v{white-space:normal;font-size:1.2rem;font-weight:650}
details{margin:.6rem 0;max-width:none}
summary{cursor:pointer;color:var(--deep);padding:.25rem 0;width:fit-content;font-size:.95rem}
details[open]>summary{margin-bottom:.4rem}
.refs{list-style:none;padding:.2rem 0 .2rem 1rem;margin:.2rem 0;border-left:2px solid var(--line);max-width:none;font-size:.9rem}
code,.mono{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,"Noto Sans Mono","DejaVu Sans Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
.stop{background:var(--warnbg);color:var(--warn);border:1px solid;border-radius:.6rem;padding:.8rem 1.1rem;margin:0 0 1.8rem;max-width:none}
.stop a{color:inherit}.stop p{max-width:none;margin:.2rem 0}
.give{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:1.4rem 1.6rem;margin:2rem 0;display:grid;grid-template-columns:1fr auto;gap:1rem 2.2rem;align-items:start}
.give h2{margin-top:0}
.ref{display:inline-block;font-size:1.6rem;font-weight:680;letter-spacing:.02em;border:2px dashed var(--deep);border-radius:.5rem;padding:.3rem .9rem;margin:.3rem 0}
.qr{width:9.5rem;height:9.5rem;background:#fff;border-radius:.4rem;padding:.3rem;display:block;forced-color-adjust:none}
figure{margin:0}figcaption{font-size:.85rem;color:var(--soft);max-width:9.5rem;line-height:1.35;margin-top:.35rem}
.acts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.6rem 1.6rem}
.acts a{display:inline-block;padding:.2rem 0}
.quote{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1.1rem;max-width:none;font-size:.95rem;overflow-wrap:anywhere}
.empty{border:1px dashed var(--soft);border-radius:.7rem;padding:1.1rem 1.3rem;max-width:44rem;margin:1.4rem 0}
.empty p{margin:.2rem 0}
.steps{padding:0;list-style:none;max-width:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1.6rem 2.2rem}
dl.state dt{color:var(--soft);font-size:.95rem;margin-top:.6rem}dl.state dd{margin:0}
footer{border-top:1px solid var(--line);padding:1.4rem 0 2.4rem;color:var(--soft);font-size:.94rem}
footer ul{list-style:none;padding:0;margin:0 0 .6rem;display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;max-width:none}
footer a{display:inline-block;padding:.15rem 0;color:inherit}
.print{display:none}
@media(max-width:40rem){main.in{padding-top:1.7rem}h2{margin-top:2.4rem}.give{grid-template-columns:1fr;padding:1.1rem 1.2rem}.rows,.rows tbody,.rows tr,.rows th,.rows td,.rows caption{display:block;width:auto}.rows tr{border-bottom:1px solid var(--line);padding:.5rem 0}.rows th,.rows td{border:0;padding:.1rem 0}.rows tbody th{color:var(--soft)}
.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stack,.stack caption,.stack tbody,.stack tfoot{display:block}.stack tr{display:flex;flex-wrap:wrap;gap:0 1.3rem;border-bottom:1px solid var(--line);padding:.55rem 0}
.stack td,.stack th,.stack td.n{display:block;border:0;padding:.08rem 0;text-align:left;white-space:normal}.stack tbody th{flex-basis:100%;font-weight:600}
.stack td[data-label]::before{content:attr(data-label) ": ";color:var(--soft);font-weight:400}.stack td:empty{display:none}}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#999;--deep:#000;--tint:#ddd;--warn:#000;--warnbg:#fff;--c1:#111;--c2:#555;--c3:#888;--c4:#aaa;--c5:#bbb;--c6:#ccc;--c7:#ddd}
html{font-size:10.5pt;line-height:1.4}nav,.skip,.acts,footer ul{display:none}.print{display:block}main.in{padding-top:1rem}h2{break-after:avoid;margin-top:1.4rem}tr,.card,.give,figure{break-inside:avoid}
a{color:inherit;text-decoration:none}.split rect,.bar rect{stroke:#000;stroke-width:.3}.in{max-width:none;padding:0}@page{margin:16mm}}
`
  .trim()
  .replaceAll("\n", "");

/** Where pages look for it: another sheet has another address, so a browser never mixes two. */
export const stylePath = `/site.${toHex(sha256OfText(styleSheet)).slice(0, 16)}.css`;

/** An upright mark in a circle: neutral in a row of tabs. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#0d5b52"/><path d="M9 17l5 5 9-11" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>';
