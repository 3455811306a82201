/** At the foot of the chart: a scale in nautical miles, the pointer's position, and where the coast comes from. */
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LonLat } from '../api';
import { position } from '../format';

const STEPS_NM = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const LONGEST_PX = 140;

/** The longest round distance that fits: [nautical miles, pixels]. */
export function scaleBar(metresPerPixel: number): [number, number] {
  const pixels = (miles: number) => (miles * 1852) / metresPerPixel;
  const miles = [...STEPS_NM].reverse().find((each) => pixels(each) <= LONGEST_PX) ?? STEPS_NM[0]!;
  return [miles, pixels(miles)];
}

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
