/** What every panel looks like, and the few pieces they share. */
import { css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { Phase } from '../api';
import { phaseShapes, unitShape } from '../chart/marks';
import type { Mark } from '../chart/marks';
import { kindName, phaseName } from '../format';
import { select } from '../selection';
import type { Selection } from '../selection';

export const panelStyles = css`
  :host { display: block; min-height: 0; color: var(--ink); }
  * { box-sizing: border-box; }
  :focus-visible { outline: 2px solid var(--border-focus-color); outline-offset: -2px; }
  h2 { margin: 0; font-size: 13px; font-weight: 700; letter-spacing: 0.02em; }
  h3 { margin: 14px 0 4px; font-size: 12px; font-weight: 700; color: var(--ink-soft); }
  p { margin: 4px 0; }
  header { display: flex; align-items: center; gap: 8px; padding: 6px 12px; min-height: 36px; border-bottom: 1px solid var(--rule); }
  header h2 { flex: 1; }
  .body { padding: 8px 12px 12px; }
  .soft { color: var(--ink-soft); }
  .small { font-size: 12px; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 4px 0; align-items: baseline; }
  dt { color: var(--ink-soft); }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; }
  th { text-align: left; font-weight: 400; color: var(--ink-soft); }
  td, th { padding: 2px 0; vertical-align: top; }
  td + td, th + td, th + th { padding-left: 8px; }
  pre, .raw {
    margin: 4px 0; padding: 6px 8px; font: 11px/1.45 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere;
    background: var(--page); border-radius: 4px; color: var(--ink);
  }
  button.text, button.row { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; text-align: left; }
  button.text { padding: 2px 4px; color: var(--link); text-decoration: underline; text-underline-offset: 2px; border-radius: 3px; }
  button.row { display: block; width: 100%; padding: 6px 12px; }
  button.row:hover { background: var(--hover); }
  .deed { display: inline-block; font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 5px; padding: 3px 9px; min-height: 28px; cursor: pointer; }
  .deed:hover { background: var(--hover); }
  .deed:disabled { color: var(--ink-soft); border-style: dashed; cursor: not-allowed; }
  ul { list-style: none; margin: 0; padding: 0; }
  .mark { width: 24px; height: 24px; flex: none; }
  .mark text { font: bold 11px 'Noto Sans', 'DejaVu Sans', sans-serif; text-anchor: middle; dominant-baseline: central; }
  .mark .one { font-size: 17px; }
  .error { color: var(--distress-text); font-weight: 600; }
  select, input, textarea {
    font: inherit; color: var(--ink); background: var(--field); border: 1px solid var(--ink-soft); border-radius: 4px; padding: 3px 6px;
  }
  input[type='checkbox'], input[type='radio'] { accent-color: var(--accent); }
  @media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`;

/** A button that opens a menu under itself, over the chart. The buttons of OpenBridge have 7 px of touch area above what is seen of them. */
export const menuStyles = css`
  details { position: relative; margin-top: 7px; background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 6px; }
  summary { display: flex; align-items: center; cursor: pointer; padding: 0 12px; min-height: 32px; font-weight: 600; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  .menu { position: absolute; z-index: 1; left: -1px; top: 100%; width: max-content; background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 0 6px 6px 6px; padding: 8px 12px 10px; display: grid; gap: 4px; }
  @media (max-width: 760px) { .menu { position: static; width: auto; border: 0; padding-top: 2px; } }
  .menu label { display: flex; gap: 8px; align-items: center; }
`;

function mark(shape: Mark, fill: string, ink: string, title: string): TemplateResult {
  return html`<svg class="mark" viewBox="-1 -1 34 34" role="img" aria-label=${title}>
    ${svg`<path d=${shape.path} style="fill:${fill}"></path>
      <text class=${shape.word.length > 1 ? '' : 'one'} x="16" y=${shape.middle} style="fill:${ink}">${shape.word}</text>`}
  </svg>`;
}

/** @param safe  everybody is aboard a unit, or it is closed: grey */
export const phaseMark = (phase: Phase, safe = false): TemplateResult =>
  safe ? mark(phaseShapes[phase], 'var(--safe)', 'var(--panel)', phaseName(phase)) : mark(phaseShapes[phase], `var(--${phase})`, `var(--${phase}-ink)`, phaseName(phase));

export const unitMark = (kind: string, state: string): TemplateResult =>
  mark(unitShape(kind, state), 'var(--unit)', 'var(--panel)', `${kindName(kind)}, ${state}`);

/** A row of a description list; nothing where nothing is known to say. */
export const fact = (name: string, value: unknown): TemplateResult | typeof nothing =>
  value === null || value === undefined || value === '' ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`;

/** A word that selects what it names. */
export const goTo = (selection: NonNullable<Selection>, words: string): TemplateResult =>
  html`<button
    class="text"
    @click=${(event: Event) => select(event.currentTarget!, selection, true)}
  >${words}</button>`;
