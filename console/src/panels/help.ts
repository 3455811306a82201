/** Keys and signs, on one page. Loaded when it is first asked for. */
import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { unitLetters } from '../chart/marks';
import { keys } from '../keys';
import { panelStyles, phaseMark, unitMark } from './shared';

@customElement('varne-help')
export class VarneHelp extends LitElement {
  static override styles = [
    panelStyles,
    css`
      dialog { width: 760px; max-width: 96vw; max-height: 92vh; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      .two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; padding: 4px 16px 16px; }
      kbd { font: 12px var(--mono); border: 1px solid var(--ink-soft); border-radius: 4px; padding: 0 5px; }
      .signs { display: grid; grid-template-columns: 30px 1fr; gap: 4px 8px; align-items: center; }
    `,
  ];

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">Keys and signs</h2>
        <form method="dialog"><button class="text">Close</button></form>
      </header>
      <div class="two">
        <div>
          <h3>Keys</h3>
          <dl>${keys.map(({ shown, what }) => html`<dt><kbd>${shown}</kbd></dt><dd>${what}</dd>`)}</dl>
        </div>
        <div>
          <h3>Phases (SAR Convention)</h3>
          <div class="signs">
            ${phaseMark('uncertainty')} <span>uncertainty</span> ${phaseMark('alert')} <span>alert</span>
            ${phaseMark('distress')} <span>distress</span>
          </div>
          <h3>Units: square UK, round FR, winged in the air</h3>
          <div class="signs">${Object.keys(unitLetters).map((kind, i) => html`${unitMark(kind, i % 2 ? 'FR' : 'UK')} <span>${kind}</span>`)}</div>
          <h3>Tracks</h3>
          <p>Filled arrows say who they are (AIS); open ones do not, and carry the ellipse that holds them with 95 %. A disc
            lies still. Pale ones are old or coasting: drawn where they would be by now. The line ahead is six minutes.</p>
          <h3>Lines</h3>
          <p>Dash and dot: limit of the exclusive economic zones. Dashes: territorial sea. Red dots: rescue region of
            Gris-Nez. Broad bands: middle of the traffic lanes. Coast: GSHHG. Not for navigation.</p>
          <p>All times are UTC, positions degrees and minutes, speeds knots, distances nautical miles.</p>
        </div>
      </div>
    </dialog>`;
  }
}
