/** The page: three columns between a head and a clock, all of it on one screen of 1366 × 768. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    display: grid; height: 100vh; overflow: hidden;
    grid-template: 'top top top' 44px 'demo demo demo' auto 'note note note' auto 'sand sand sand' auto 'lost lost lost' auto 'left main right' minmax(0, 1fr) 'foot foot foot' auto
      / 318px minmax(0, 1fr) var(--right, 348px);
    color: var(--ink);
    --global-typography-ui-button-font-size: 13px; --global-typography-ui-button-line-height: 20px;
  }
  /* A search is planned beside the chart, never over it. */
  :host([searching]) { --right: 500px; }
  varne-search { grid-area: right; z-index: 6; }
  * { box-sizing: border-box; }
  :focus-visible { outline: 2px solid var(--border-focus-color); outline-offset: -2px; }
  .top { grid-area: top; display: flex; align-items: center; gap: 12px; padding: 0 8px 0 12px; background: var(--panel); border-bottom: 1px solid var(--rule); white-space: nowrap; }
  h1 { margin: 0; font-size: 18px; letter-spacing: 0.02em; }
  h2 { margin: 0; font-size: 13px; }
  .title { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; color: var(--ink-soft); }
  .clock { font-size: 20px; font-weight: 700; font-variant-numeric: tabular-nums; }
  .clock small { font-size: 12px; font-weight: 400; color: var(--ink-soft); }
  .exercise, .demonstration { grid-area: note; padding: 3px 12px; background: var(--exercise); color: var(--exercise-ink); font-size: 12px; }
  .demonstration { grid-area: demo; background: var(--ink-soft); color: var(--panel); }
  .who { font-size: 12px; color: var(--ink-soft); max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
  varne-login, varne-captain.page { grid-area: 1 / 1 / -1 / -1; }
  .sandbox { grid-area: sand; padding: 3px 12px; background: var(--panel); color: var(--ink); border-bottom: 2px dashed var(--alert); font-size: 12px; }
  .sandbox button { font: inherit; color: var(--link); background: none; border: 0; padding: 2px 4px; text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
  .exercise b, .demonstration b, .sandbox b { letter-spacing: 0.08em; margin-right: 8px; }
  .lost { grid-area: lost; padding: 6px 12px; background: var(--distress); color: #fff; }
  .clock.stopped { color: var(--distress-text); text-decoration: line-through; }
  .lost b { margin-right: 8px; }
  :host-context([data-obc-theme='night']) .lost { color: #000; }
  /* A band of light across a dark room is no notice. */
  :host-context([data-obc-theme='night']) .demonstration { background: var(--rule); color: var(--ink); }
  /* Over the chart: nothing beside it may move when an alarm comes. */
  varne-alarms { position: absolute; z-index: 5; right: 10px; bottom: 10px; width: min(460px, 66%); }
  .left, .right { display: flex; flex-direction: column; min-height: 0; background: var(--panel); }
  .left { grid-area: left; border-right: 1px solid var(--rule); }
  .right { grid-area: right; border-left: 1px solid var(--rule); }
  varne-incidents { flex: 1 1 0; min-height: 34%; }
  varne-people { flex: 0 1 auto; max-height: 52%; border-top: 1px solid var(--rule); }
  varne-feeds, varne-partners { flex: 0 0 auto; max-height: 26%; border-top: 1px solid var(--rule); }
  main { grid-area: main; position: relative; min-width: 0; }
  varne-chart { display: block; height: 100%; }
  varne-scale { position: absolute; left: 12px; bottom: 10px; z-index: 4; }
  .tools { position: absolute; z-index: 4; left: 10px; top: 10px; right: 10px; pointer-events: none; }
  .ruled { position: absolute; z-index: 4; left: 10px; top: 54px; padding: 2px 10px; border-radius: 10px; background: var(--panel); border: 1px solid var(--rule); font-variant-numeric: tabular-nums; pointer-events: none; }
  .forecast-time { position: absolute; z-index: 4; left: 10px; bottom: 34px; padding: 2px 10px; border-radius: 10px; background: var(--panel); border: 1px solid var(--rule); font-size: 12px; pointer-events: none; }
  .trouble { padding: 24px; }
  .details { flex: 1 1 auto; display: flex; flex-direction: column; min-height: 0; border-bottom: 1px solid var(--rule); }
  .details-head { display: flex; align-items: center; justify-content: space-between; padding: 0 4px 0 12px; height: 36px; border-bottom: 1px solid var(--rule); }
  .details-body { overflow-y: auto; min-height: 0; scrollbar-width: thin; }
  varne-feed { flex: 1 1 0; }
  .details + varne-feed { flex: 0 0 168px; }
  footer { grid-area: foot; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  varne-watch { position: fixed; inset: 0; z-index: 30; }
  @media print {
    :host([watch-ends]) { display: block; height: auto; overflow: visible; }
    :host([watch-ends]) > :not(varne-watch) { display: none !important; }
    varne-watch { position: static; }
    varne-watch > * { background: none; color: #000 !important; border: 1px solid #000; }
    .left, .right, .top > :not(h1):not(.title):not(.clock), footer, varne-alarms, varne-tools { display: none !important; }
    :host { grid-template-columns: 0 1fr 0; }
  }
  @media (min-width: 1900px) {
    :host { grid-template-columns: 400px minmax(0, 1fr) var(--right, 470px); }
    .details + varne-feed { flex: 0 0 300px; }
  }
  @media (max-width: 1100px) {
    :host { grid-template-columns: 230px minmax(0, 1fr) var(--right, 290px); }
    :host([searching]) { --right: 400px; }
    .title { display: none; }
  }
  /* A phone, or a desk at 200 %: one column that scrolls, the chart first and the head always there. */
  @media (max-width: 760px) {
    :host { display: flex; flex-direction: column; height: auto; min-height: 100vh; overflow: visible; }
    .top { position: sticky; top: 0; z-index: 20; flex-wrap: wrap; gap: 0 2px; padding: 2px 8px 0; --ui-components-button-padding-horizontal: 2px; --ui-components-button-label-spacing: 4px; }
    h1 { margin-right: 6px; }
    .clock { font-size: 16px; }
    varne-find { flex: 1 1 120px; }
    main { flex: none; height: 46vh; min-height: 220px; }
    varne-alarms { left: 0; right: 0; bottom: 0; width: auto; }
    .left, .right { border: 0; border-top: 1px solid var(--rule); }
    .right.chosen { order: 0; }
    .left { order: 1; }
    .right { order: 2; }
    footer { order: 3; }
    varne-incidents, varne-people, varne-feeds, varne-partners, .details { max-height: none; flex: none; scroll-margin-top: 100px; }
    varne-feed, .details + varne-feed { flex: none; height: 60vh; }
  }
`;
