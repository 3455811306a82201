/** Keys and signs, on one page. Loaded when it is first asked for. */
import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { unitLetters } from '../chart/marks';
import { kindName, phaseCodes, phaseName } from '../format';
import { keys, singleKeys, turnSingleKeys } from '../keys';
import { panelStyles, phaseMark, unitMark } from './shared';
import { t, tr } from '../i18n';

@customElement('varne-help')
export class VarneHelp extends LitElement {
  static override styles = [
    panelStyles,
    css`
      dialog { width: 760px; max-width: 96vw; max-height: 92vh; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      @media (max-width: 760px) { .two { grid-template-columns: 1fr !important; } }
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
        <h2 id="title">${t`Keys and signs`}</h2>
        <form method="dialog"><button class="text">${t`Close`}</button></form>
      </header>
      <div class="two">
        <div>
          <h3>${t`Keys`}</h3>
          <p><label><input type="checkbox" .checked=${singleKeys()} @change=${(event: Event) => turnSingleKeys((event.target as HTMLInputElement).checked)} /> ${t`Single keys do what stands here; without, only Esc does`}</label></p>
          <dl>${keys.map(({ shown, what }) => html`<dt><kbd>${tr(shown)}</kbd></dt><dd>${tr(what)}</dd>`)}</dl>
        </div>
        <div>
          <h3>${t`Phases (SAR Convention)`}</h3>
          <div class="signs">
            ${(['uncertainty', 'alert', 'distress'] as const).map((phase) => html`${phaseMark(phase)} <span>${phaseName(phase)} (${phaseCodes[phase]})</span>`)}
          </div>
          <h3>${t`Units (SRU): square UK, round FR, winged in the air`}</h3>
          <div class="signs">${Object.keys(unitLetters).map((kind, i) => html`${unitMark(kind, i % 2 ? 'FR' : 'UK')} <span>${kindName(kind)}</span>`)}</div>
          <h3>${t`Tracks`}</h3>
          <p>${t`Filled arrows say who they are (AIS); open ones do not, and carry the ellipse that holds them with 95 %. A disc lies still. Pale ones are old or coasting: drawn where they would be by now. The line ahead is six minutes, or as chosen with V.`}</p>
          <h3>${t`Lines`}</h3>
          <p>${t`Dash and dot: limit of the exclusive economic zones. Dashes: territorial sea. Red dots: rescue region of Gris-Nez. Broad bands: middle of the traffic lanes. Coast: GSHHG. Grey: outside of what the chart was made from, not known. Not for navigation.`}</p>
          <p>${t`All times are UTC, positions degrees and minutes, speeds knots, distances nautical miles.`}</p>
        </div>
      </div>
    </dialog>`;
  }
}
