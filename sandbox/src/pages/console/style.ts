/** What the console needs beyond the one style of all pages. */
export const CONSOLE_STYLE = `
main.console { max-width: 78rem; }
.console > h1 { margin-bottom: 1rem; }
.console p, .console dd, .console td { overflow-wrap: anywhere; }
.console h3, .console .next { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.bar { background: var(--paper); border-bottom: 1px solid var(--line); }
.bar ul { list-style: none; margin: 0 auto; padding: 0 1rem; max-width: 78rem; display: flex; flex-wrap: wrap; gap: 0 .25rem; }
.bar a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 .6rem; color: var(--ink); text-decoration: none; }
.bar a:hover { text-decoration: underline; }
.bar a[aria-current] { font-weight: 650; box-shadow: inset 0 -3px 0 var(--accent); }
.fit { width: auto; margin-top: 0; min-height: 2.75rem; }
.filter { margin-bottom: 1.25rem; } .filter .fit { margin-top: 1rem; }
.console select { text-overflow: ellipsis; }
.hint { margin: .25rem 0 0; }
.list details { margin: 0; } form + form { margin-top: .75rem; }
.acts { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
.list { overflow-x: auto; }
.list table { min-width: 0; background: var(--paper); }
.list td, .list th { padding: .5rem .75rem; }
.money { white-space: nowrap; font-variant-numeric: tabular-nums; }
.state { display: inline-block; border-radius: 6px; padding: 0 .45rem; font-size: .875rem; font-weight: 600; color: var(--ink); }
.facts { grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: .75rem 1.25rem; }
.tiles { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
.tiles a { display: block; height: 100%; text-decoration: none; color: inherit; }
.tiles a:hover { border-color: var(--accent); background: var(--tint); }
.tiles strong { display: block; font-size: 1.05rem; } .tiles .count { font-size: 1.6rem; font-weight: 650; }
@media (max-width: 30rem) { .console .third { grid-column: span 6; } }
@media (max-width: 48rem) {
  .list { overflow-x: visible; }
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list table, .list tbody, .list tr, .list td { display: block; }
  .list tr { border: 1px solid var(--line); border-radius: 8px; margin-bottom: .75rem; padding: .25rem 0; }
  .list td { border: 0; display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .5rem; padding: .25rem .75rem; }
  .list td > div { overflow-wrap: anywhere; }
  .list td::before { content: attr(data-label); color: var(--soft); font-size: .875rem; }
  .list td code { white-space: normal; }
}
`;
