/** What lies on the chart to work with: ruler, lines ahead, layers, and the picture as a file. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { geojson, gpx, kml, save } from '../export';
import { t, tr } from '../i18n';
import { layers, turned } from '../layers';
import type { LayerName, Shown } from '../layers';
import type { GuardArea } from '../guard';
import type { LonLat } from '../api';
import { Panel } from './panel';
import { menuStyles, panelStyles } from './shared';
import './guard';

@customElement('varne-tools')
export class VarneTools extends Panel {
  @property({ type: Boolean }) ruling = false;
  /** Minutes that the lines ahead reach. */
  @property({ type: Number }) ahead = 0;
  @property({ attribute: false }) shown: Shown = new Set();
  @property({ attribute: false }) guards: GuardArea[] = [];
  /** Of the guard area that is being drawn. */
  @property({ attribute: false }) corners: LonLat[] | null = null;
  /** Makes the chart's own picture. */
  @property({ attribute: false }) photograph: () => Promise<Blob | null> = () => Promise.resolve(null);

  static override styles = [
    panelStyles,
    menuStyles,
    css`
      obc-button, details { pointer-events: auto; }
      :host { display: flex; flex-wrap: wrap; gap: 6px; align-items: start; }
    `,
  ];

  override render() {
    const say = (name: string, detail?: unknown) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    return html`
      <obc-button variant=${this.ruling ? 'raised' : 'normal'} aria-pressed=${this.ruling} title=${t`Range and bearing (B)`} @click=${() => say('varne-rule')}>${t`Range, bearing`}</obc-button>
      <obc-button title=${t`Lines ahead (V)`} @click=${() => say('varne-look-ahead')}>${this.ahead ? t`${this.ahead} min ahead` : t`No lines ahead`}</obc-button>
      <details>
        <summary>${t`Layers`}</summary>
        <div class="menu">${(Object.entries(layers) as [LayerName, string][]).map(([name, words]) => html`<label>
          <input type="checkbox" .checked=${this.shown.has(name)} @change=${() => say('varne-layers', turned(this.shown, name))} /> ${tr(words)}</label>`)}</div>
      </details>
      <details>
        <summary>${t`Save`}</summary>
        <div class="menu">
          <button class="text" @click=${() => this.keep('gpx', 'application/gpx+xml', gpx(this.picture))}>GPX</button>
          <button class="text" @click=${() => this.keep('kml', 'application/vnd.google-earth.kml+xml', kml(this.picture))}>KML</button>
          <button class="text" @click=${() => this.keep('geojson', 'application/geo+json', geojson(this.picture))}>GeoJSON</button>
          <button class="text" @click=${() => void this.photograph().then((image) => image && this.keep('png', 'image/png', image))}>PNG</button>
          <button class="text" @click=${() => window.print()}>${t`Print`}</button>
        </div>
      </details>
      <varne-guard .areas=${this.guards} .corners=${this.corners}></varne-guard>`;
  }

  private keep(ending: string, type: string, content: string | Blob): void {
    save(`varne-${this.picture.now.replace(/[^\dT]/g, '').slice(0, 15)}.${ending}`, type, content);
  }
}
