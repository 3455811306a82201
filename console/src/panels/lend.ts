/** Lending a unit of the own centre to one whose desk is joined, and taking the offer back: an order about no boat. Loaded when it is first asked for. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../i18n';
import { ReportForm } from './form';
import type { Typed } from './form';

@customElement('varne-lend')
export class VarneLend extends ReportForm {
  /** The centre that may ask for the unit then. */
  @property() to = '';
  /** The unit that is offered no longer; "" offers one. */
  @property() back = '';

  protected override heading(): string {
    return this.back ? t`Take back ${this.back}, offered to ${this.to}` : t`Offer a unit to ${this.to}`;
  }

  protected override fields() {
    return html`<p class="soft small wide">${
      this.back ? t`${this.to} may ask for it no longer. What it has been sent to already stands.` : t`${this.to} may then ask for it. It is not sent anywhere by this, and goes only by this centre’s order.`
    }</p>
      ${this.back ? '' : this.choice('unit', t`Unit`, this.own.map(({ name }) => [name, name] as const))}
      ${this.text('text', t`What to say of it`, t`until 18:00, with a doctor`)}`;
  }

  /** Units of centres that have no desk here: this desk's own, without those offered already. */
  private get own() {
    const theirs = new Set(this.picture.partners.map(({ centre }) => centre));
    const offered = this.picture.partners.find(({ centre }) => centre === this.to)?.offered ?? [];
    return [...this.picture.units.values()].filter(({ name, centre }) => centre && !theirs.has(centre) && !offered.includes(name)).sort((a, b) => a.name.localeCompare(b.name));
  }

  protected override read({ unit = this.back, text }: Typed, id: string) {
    const from = this.picture.units.get(unit)?.centre ?? '';
    const wrong = from ? [] : [{ field: 'unit', what: t`There is no unit of this centre that is not offered already.` }];
    return { report: { id, time: this.now, kind: 'order', task: this.back ? 'withdraw_unit' : 'offer_unit', unit, to: this.to, from, text }, wrong };
  }
}
