/** The guard areas of this browser: a list, and the drawing of one: a name, which craft, then its corners on the chart. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LonLat } from '../api';
import { save } from '../export';
import { guardKinds, guardsGeojson } from '../guard';
import type { GuardArea, GuardKind } from '../guard';
import { t, tr } from '../i18n';
import { menuStyles, panelStyles } from './shared';

const kinds = Object.keys(guardKinds) as GuardKind[];

@customElement('varne-guard')
export class VarneGuard extends LitElement {
  @property({ attribute: false }) areas: GuardArea[] = [];
  /** Of the one that is being drawn; null while none is. */
  @property({ attribute: false }) corners: LonLat[] | null = null;

  @state() private trouble = '';
  /** What is drawn, until it has its corners. */
  private wanted: Pick<GuardArea, 'name' | 'kinds'> = { name: '', kinds: [] };

  static override styles = [
    panelStyles,
    menuStyles,
    css`
      :host { pointer-events: auto; }
      .menu { width: 300px; max-width: calc(100vw - 48px); }
      .kinds { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 8px; border: 0; margin: 0; padding: 0; }
      li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 8px; padding: 3px 0; border-bottom: 1px solid var(--rule); }
      .drawing { display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; margin-top: 7px; padding: 3px 10px; background: var(--panel); border: 2px solid var(--accent); border-radius: 6px; }
    `,
  ];

  override render() {
    const { corners } = this;
    if (corners)
      return html`<div class="drawing" role="status">
        <span>${t`${this.wanted.name}: ${corners.length} corners. Click on the chart, or Enter at its middle.`}</span>
        ${corners.length > 0 ? html`<button class="text" @click=${() => this.tell(corners.slice(0, -1))}>${t`Take back the last`}</button>` : nothing}
        ${corners.length > 2 ? html`<button class="text" @click=${() => this.done(corners)}>${t`Done`}</button>` : nothing}
        <button class="text" @click=${() => this.tell(null)}>${t`Cancel`}</button>
      </div>`;
    return html`<details>
      <summary>${this.areas.length > 0 ? t`Guard areas (${this.areas.length})` : t`Guard areas`}</summary>
      <div class="menu">
        ${this.areas.length > 0 ? html`<ul>${this.areas.map((area) => this.row(area))}</ul>
          <button class="text" @click=${() => save('varne-guard-areas.geojson', 'application/geo+json', guardsGeojson(this.areas))}>${t`Save as GeoJSON`}</button>` : nothing}
        <form @submit=${(event: SubmitEvent) => this.begin(event)}>
          <label>${t`Name of a new one`} <input name="name" maxlength="40" autocomplete="off" /></label>
          <fieldset class="kinds small" aria-label=${t`Which craft raise its alarm`}>
            ${kinds.map((kind) => html`<label><input type="checkbox" name="kind" value=${kind} ?checked=${kind === 'unidentified'} /> ${tr(guardKinds[kind])}</label>`)}
          </fieldset>
          ${this.trouble ? html`<p class="error small" role="alert">${this.trouble}</p>` : nothing}
          <button class="text">${t`Draw it on the chart`}</button>
        </form>
        <p class="small soft">${t`Kept in this browser, and its alarms with them. Who is inside when it is drawn raises none.`}</p>
      </div>
    </details>`;
  }

  private row(area: GuardArea) {
    return html`<li><b>${area.name}</b> <button class="text small" aria-label=${t`Delete ${area.name}`} @click=${() => this.change(this.areas.filter((each) => each !== area))}>${t`Delete`}</button>
      <span class="small soft" style="flex-basis: 100%">${area.kinds.map((kind) => tr(guardKinds[kind])).join(', ')}</span></li>`;
  }

  private begin(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const name = (form.get('name') as string).trim();
    const chosen = kinds.filter((kind) => form.getAll('kind').includes(kind));
    this.trouble = !name ? t`Give it a name: its alarms are called by it.` : chosen.length === 0 ? t`Choose at least one kind of craft.` : '';
    if (this.trouble) return;
    this.wanted = { name, kinds: chosen };
    this.tell([]);
  }

  private done(ring: LonLat[]): void {
    const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    this.change([...this.areas, { id, ...this.wanted, ring }]);
    this.tell(null);
  }

  private change(areas: GuardArea[]): void {
    this.dispatchEvent(new CustomEvent<GuardArea[]>('varne-guards', { detail: areas, bubbles: true, composed: true }));
  }
  private tell(corners: LonLat[] | null): void {
    this.dispatchEvent(new CustomEvent<LonLat[] | null>('varne-corners', { detail: corners, bubbles: true, composed: true }));
  }
}
