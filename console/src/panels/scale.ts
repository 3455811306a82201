/** At the foot of the chart: a scale in nautical miles, the pointer's position, and where the coast comes from. */
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LonLat } from '../api';
import { position } from '../format';
import { scaleBar } from './scale-bar';

@customElement('varne-scale')
export class VarneScale extends LitElement {
  @property({ attribute: false }) metresPerPixel = 0;
  @property({ attribute: false }) pointer: LonLat | null = null;

  static override styles = css`
    :host { display: flex; align-items: end; gap: 16px; font-size: 11px; color: var(--ink); pointer-events: none; }
    .bar { border: 1.5px solid currentColor; border-top: 0; height: 5px; box-sizing: border-box; }
    .place { font-variant-numeric: tabular-nums; }
  `;

  override render() {
    if (!this.metresPerPixel) return html``;
    const [miles, pixels] = scaleBar(this.metresPerPixel);
    return html`<div>${miles} NM<div class="bar" style="width:${pixels.toFixed(0)}px"></div></div>
      <span class="place">${this.pointer ? position(this.pointer) : ''}</span>`;
  }
}
