/** Styles of the bar and of the page of codes, and what Swagger UI's own styles lack on a small screen. */
export const styles = `:root {
  --ground: #fff;
  --raised: #f5f7f7;
  --text: #1b2526;
  --quiet: #546365;
  --line: #dce3e3;
  --accent: #0b6464;
  --marked: #e0f2f0;
  --caller: #8a4b08;
  --ours: #b3261e;
  --side: max(1.25rem, calc((100% - 72rem) / 2));
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #1c2022;
    --raised: #262c2e;
    --text: #e4e6e6;
    --quiet: #a3aeb0;
    --line: #394245;
    --accent: #6cc9c3;
    --marked: #173a3a;
    --caller: #f0b571;
    --ours: #ff9c92;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); scroll-padding-top: 1rem; }
body { margin: 0; color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem;
  padding: .75rem var(--side); background: var(--ground); border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: .6rem; margin: 0; font-weight: 650; }
.bar nav { display: flex; gap: 1.25rem; }
.bar a { color: var(--quiet); text-decoration: none; padding-block: .2rem; }
.bar a:hover { color: var(--accent); }
.bar a[aria-current] { color: var(--text); box-shadow: 0 2px var(--accent); }
.notice { margin: 2rem 0; padding-inline: var(--side); }

.errors { padding: 2rem var(--side) 6rem; }
.errors h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; }
.errors h2 { margin: 3rem 0 .75rem; font-size: 1.3rem; }
.errors code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.introduction { display: grid; gap: 1.5rem 3rem; }
.introduction p { margin: 0; max-width: 65ch; }
.introduction pre {
  margin: 0; padding: 1rem 1.25rem; overflow-x: auto; background: var(--raised); border: 1px solid var(--line);
  border-radius: .5rem; font-size: .875rem; line-height: 1.5;
}
.introduction pre code { white-space: pre-wrap; }
.groups { display: flex; flex-wrap: wrap; gap: .5rem; margin: 2rem 0 0; padding: 0; list-style: none; }
.groups a {
  display: block; padding: .3rem .85rem; color: var(--text); text-decoration: none; border: 1px solid var(--line);
  border-radius: 2rem;
}
.groups a:hover { border-color: var(--accent); color: var(--accent); }
.groups span { color: var(--quiet); font-size: .85em; font-variant-numeric: tabular-nums; }

.codes { margin: 0; padding: 0; list-style: none; }
.codes li:first-child { border-top: 1px solid var(--line); }
.codes li {
  display: grid; grid-template-columns: 1fr auto; gap: .15rem 1rem; padding: 1rem .75rem; margin-inline: -.75rem;
  border-bottom: 1px solid var(--line);
}
.codes li:target { background: var(--marked); box-shadow: inset 3px 0 var(--accent); }
.codes li > div { grid-row: 2; grid-column: 1 / -1; }
.codes h3 { margin: 0; font-size: 1rem; font-weight: 600; }
.codes p { margin: 0; color: var(--quiet); max-width: 75ch; overflow-wrap: break-word; }
.codes .code { color: var(--accent); font: 600 1rem/1.55 ui-monospace, monospace; text-decoration: none; }
.codes .code:hover { text-decoration: underline; }
.codes .status { font-size: .875rem; line-height: 1.8; }
.codes .status-4 { color: var(--caller); }
.codes .status-5 { color: var(--ours); }
@media (min-width: 48rem) {
  html { scroll-padding-top: 4.5rem; }
  .bar { position: sticky; top: 0; z-index: 2; }
  .introduction { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
  .codes li { grid-template-columns: 5rem minmax(0, 1fr) 15rem; }
  .codes li > div { grid-row: auto; grid-column: auto; }
  .codes .status { text-align: right; }
}

.swagger-ui .wrapper, .swagger-ui .scheme-container .schemes { max-width: none; padding-inline: var(--side); }
.swagger-ui .scheme-container { padding-block: 0 1.5rem; box-shadow: none; }
.swagger-ui .info { margin-block: 2rem 1.5rem; }
.swagger-ui .info p, .swagger-ui .opblock-description p { max-width: 75ch; margin-inline: 0; }
.swagger-ui .response-col_links { display: none; }
.swagger-ui .headers td, .swagger-ui .headers .header-col { color: inherit; font-weight: 400; }
.swagger-ui .headers td { padding-right: .75rem; vertical-align: top; }
@media (max-width: 47.99rem) {
  .swagger-ui .opblock .opblock-section-header, .swagger-ui .table-container { padding-inline: .75rem; }
  .swagger-ui .responses-inner { padding: .75rem; }
  .swagger-ui .responses-table > thead { display: none; }
  .swagger-ui .responses-table > tbody > tr > td { display: block; padding: .25rem 0; }
  .swagger-ui .responses-table > tbody > tr > .response-col_links { display: none; }
}
`
