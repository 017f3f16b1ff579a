/** The one style of all pages. Colours keep a contrast of 4.5:1 or more for text, in light and dark. */
export const STYLE = `
:root { --ink: #1c2430; --soft: #566172; --line: #d5dbe3; --field: #7c8798; --paper: #fff; --ground: #f3f5f8;
  --accent: #17594a; --accent-ink: #fff; --tint: #e6f1ee; --ribbon: #ffd54a; --ribbon-ink: #2b2200;
  --bad: #a3201d; --bad-tint: #fdecea; --good: #17663c; --good-tint: #e5f4ea; --wait: #7a4b00; --wait-tint: #fff3d9;
  color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #a9b4c2; --line: #3a4452; --field: #8592a3;
  --paper: #1d242e; --ground: #141920; --accent: #7fd6bd; --accent-ink: #06251d; --tint: #20352f; --ribbon: #d9b12f;
  --ribbon-ink: #1f1800; --bad: #ff9d96; --bad-tint: #3a2322; --good: #86dba6; --good-tint: #1d3327; --wait: #ffce73;
  --wait-tint: #38301d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
.ribbon { background: var(--ribbon); color: var(--ribbon-ink); text-align: center; padding: .5rem 1rem; font-size: .9rem; }
.ribbon strong { letter-spacing: .02em; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.narrow { max-width: 32rem; }
.columns { display: grid; gap: 1.25rem; align-items: start; }
@media (min-width: 52rem) { .columns { grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); } .summary { position: sticky; top: 1.25rem; } }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; }
.card + .card { margin-top: 1.25rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
p { margin: 0 0 .75rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.amount { font-size: 1.9rem; font-weight: 650; line-height: 1.2; margin: .75rem 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.amount span { font-size: 1rem; font-weight: 500; color: var(--soft); }
dl { margin: 0; display: grid; gap: .6rem; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; overflow-wrap: anywhere; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
fieldset + fieldset { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
legend { font-weight: 650; padding: 0; margin-bottom: .75rem; font-size: 1.05rem; float: left; width: 100%; }
legend + * { clear: both; }
.grid { display: grid; gap: .9rem 1rem; grid-template-columns: repeat(6, minmax(0, 1fr)); }
.field { grid-column: span 6; min-width: 0; }
.third { grid-column: span 3; }
@media (min-width: 30rem) { .half { grid-column: span 3; } .third { grid-column: span 2; } }
label { display: block; font-size: .9rem; margin-bottom: .25rem; }
input, select { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--field);
  border-radius: 8px; padding: .6rem .75rem; min-height: 2.9rem; }
.choice { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; font-size: 1rem; }
.choice input { width: 1.25rem; min-height: 1.25rem; height: 1.25rem; padding: 0; flex: none; }
form:not(:has([value=pse]:checked)) .bank { display: none; }
form:has([name=method]:not([value=card]):checked) .of-card { display: none; }
form > .choice { margin-top: 1rem; }
input[readonly] { background: var(--ground); border-color: var(--line); color: var(--soft); }
input[aria-invalid], select[aria-invalid] { border-color: var(--bad); border-width: 2px; }
.error { color: var(--bad); font-size: .875rem; margin: .25rem 0 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button, .button { display: inline-flex; align-items: center; justify-content: center; font: inherit; font-weight: 600; min-height: 3rem; padding: .6rem 1.25rem;
  border-radius: 8px; border: 1px solid transparent; cursor: pointer; text-decoration: none; text-align: center; }
.primary { background: var(--accent); color: var(--accent-ink); width: 100%; margin-top: 1.5rem; }
.primary:hover { filter: brightness(1.08); }
.quiet { background: transparent; color: var(--ink); border-color: var(--field); width: 100%; }
.quiet:hover { background: var(--tint); }
.leave { margin-top: .75rem; } .after { margin: .75rem 0 0; }
.notice { border-radius: 8px; padding: .8rem 1rem; margin: 0 0 1.25rem; border-left: 5px solid; }
.notice p:last-child { margin: 0; }
.bad { background: var(--bad-tint); border-color: var(--bad); } .bad strong { color: var(--bad); }
.good { background: var(--good-tint); border-color: var(--good); } .good strong { color: var(--good); }
.wait { background: var(--wait-tint); border-color: var(--wait); } .wait strong { color: var(--wait); }
details { border: 1px dashed var(--field); border-radius: 8px; padding: .75rem 1rem; margin-bottom: 1.25rem; }
summary { cursor: pointer; font-weight: 600; }
.cards { list-style: none; margin: .75rem 0 0; padding: 0; display: grid; gap: .4rem; }
.cards button { width: 100%; flex-direction: column; align-items: flex-start; gap: 0; font-size: .9rem; font-weight: 400; background: transparent; color: inherit;
  border-color: var(--line); padding: .4rem .75rem; min-height: 2.75rem; text-align: left; }
@media (min-width: 34rem) { .cards button { flex-direction: row; align-items: center; justify-content: space-between; gap: .75rem; } }
.cards button:hover { background: var(--tint); border-color: var(--accent); }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875em; overflow-wrap: anywhere; }
.sign { width: 3.25rem; height: 3.25rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.6rem; font-weight: 700; margin-bottom: 1rem; }
.sign.good { color: var(--good); } .sign.bad { color: var(--bad); } .sign.wait { color: var(--wait); }
.scroll { overflow-x: auto; } .wide table { min-width: 52rem; } .scroll:focus-visible { outline-offset: 0; }
table { border-collapse: collapse; width: 100%; min-width: 34rem; font-size: .9rem; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td code { white-space: nowrap; }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow-x: auto; margin: 0; font-size: .8125rem; }
a { color: var(--accent); }
`;
