/** The report's own style: light and dark, narrow and printed, without anything from elsewhere. */
export const reportStyle = `
:root { color-scheme: light dark; --page: #f7f8fa; --card: #ffffff; --ink: #1c2330; --soft: #556070; --line: #dde1e8;
  --good: #136c3a; --bad: #b3261e; --warn: #8a5a00; --code: #f1f3f7; }
@media (prefers-color-scheme: dark) { :root { --page: #14171d; --card: #1b2029; --ink: #e6e9ef; --soft: #a3adbd; --line: #323a47;
  --good: #6fd39a; --bad: #ff9a92; --warn: #f0c060; --code: #12161c; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; }
h4 { margin: 1rem 0 .25rem; font-size: .85rem; color: var(--soft); }
p { margin: .25rem 0; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); }
th, td { padding: .45rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
thead th { color: var(--soft); font-size: .85rem; }
td { overflow-wrap: anywhere; }
tbody:last-child tr:last-child > *, tfoot tr > * { border-bottom: 0; }
tfoot { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.soft { color: var(--soft); font-size: .9rem; }
.verdict { margin: 1rem 0 1.5rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left: .4rem solid currentColor; background: var(--card); font-weight: 600; }
.passed { color: var(--good); } .failed { color: var(--bad); } .warning { color: var(--warn); } .skipped { color: var(--soft); }
.check { margin: 0 0 .5rem; padding: .75rem 1rem; border: 1px solid var(--line); background: var(--card); }
.head { display: flex; gap: .75rem; align-items: baseline; }
.head h3 { flex: 1; color: var(--ink); }
.word { flex: 0 0 6.5rem; font-weight: 600; white-space: nowrap; }
.basis { flex: 0 1 16rem; text-align: right; }
.under { margin-left: 7.25rem; }
dl { display: grid; grid-template-columns: 5.5rem 1fr; gap: .15rem .75rem; margin: .5rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
pre { margin: 0; padding: .6rem .75rem; max-height: 30rem; overflow: auto; background: var(--code); border: 1px solid var(--line);
  font: .8rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
@media (max-width: 40rem) { body { padding: 1rem .75rem 3rem; } .head { flex-wrap: wrap; row-gap: .1rem; } .head h3 { flex: 1 0 100%; order: 3; }
  th, td { padding: .35rem .25rem; } thead th { font-size: .65rem; } tbody th, tfoot th { white-space: normal; font-size: .85rem; overflow-wrap: anywhere; }
  .basis { flex: 1; } .under { margin-left: 0; } .word { flex: 0 0 auto; } }
@media print { :root { color-scheme: light; } body { padding: 0; background: none; } .check { break-inside: avoid; } pre { max-height: none; } h2 { break-after: avoid; } }
`
