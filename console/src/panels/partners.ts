/** What the desks of other centres tell beside the incidents: craft near the line, units offered. It stays theirs. */
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { openLend } from '../dialogs';
import { clock } from '../format';
import { figure, t } from '../i18n';
import { mayNot } from '../me';
import type { Partner } from '../partner';
import type { Picture } from '../picture';
import { fact, panelStyles } from './shared';

@customElement('varne-partners')
export class VarnePartners extends LitElement {
  @property({ attribute: false }) picture!: Picture;
  @property({ attribute: false }) partners: Partner[] = [];

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .body { overflow-y: auto; min-height: 0; scrollbar-width: thin; padding-top: 4px; }
      h3 { margin: 2px 0; font-size: 13px; }
      dl { margin: 2px 0 8px 12px; font-size: 12px; }
      bdi { unicode-bidi: isolate; }
    `,
  ];

  override render() {
    return html`
      <header><h2>${t`Other centres`}</h2></header>
      <div class="body" tabindex="0" role="region" aria-label=${t`What other centres tell`}>${this.partners.map((one) => this.one(one))}</div>
    `;
  }

  private one({ centre, tracks, units, offered }: Partner) {
    return html`<h3><bdi>${centre}</bdi></h3>
      <dl>
        ${fact(t`Craft near the line`, t`${figure(tracks.length)} by their radar`)}
        ${units.map(({ unit, text, heard }) => fact(t`Offers`, html`<bdi>${unit}${text ? `: ${text}` : ''}</bdi>, ${t`heard ${clock(heard)} UTC`}`))}
        ${offered.map((unit) => fact(t`Is offered`, html`<bdi>${unit}</bdi> ${this.deed(t`take back`, centre, unit)}`))}
      </dl>
      ${this.deed(t`Offer a unit`, centre)}`;
  }

  private deed(words: string, centre: string, back = '') {
    return html`<button class="text small" data-lend=${back || centre} ?disabled=${mayNot('order') !== ''} title=${mayNot('order')}
      @click=${() => void openLend(this.getRootNode() as ShadowRoot, this.picture, centre, back)}>${words}</button>`;
  }
}
