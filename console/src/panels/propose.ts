/** What the desk's proposals go by: an order of a centre, about no boat. Loaded when it is first asked for. */
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { noted, t, tr } from '../i18n';
import { me } from '../me';
import { ReportForm } from './form';
import type { Typed } from './form';

/** The order's task, what it is called, and what it does. */
const aims = [
  ['propose_by_first_unit', noted`the first unit there`, noted`Units are chosen so that the waits for a first unit, added up over all boats, are shortest.`],
  ['propose_by_within_30', noted`boats reached within 30 minutes`, noted`Units are chosen so that as many boats as can be have somebody with them within half an hour.`],
  ['propose_by_lives', noted`lives`, noted`Units are chosen so that the fewest lives are expected to be lost before somebody is there. Where no survival table covers a boat, the first unit there counts.`],
] as const;

@customElement('varne-propose')
export class VarnePropose extends ReportForm {
  protected override heading(): string {
    return t`What proposals go by`;
  }

  protected override fields() {
    return html`<fieldset class="wide" aria-label=${t`What proposals go by`}>
        ${aims.map(([task, words, what], i) => html`<p><label><input type="radio" name="task" value=${task} ?checked=${i === 0} /> <b>${tr(words)}</b></label><span class="soft small">${tr(what)}</span></p>`)}
      </fieldset>
      ${this.choice('from', t`Order of`, this.centres, me()?.unit ?? '')}`;
  }

  private get centres() {
    const { incidents, units } = this.picture;
    const names = new Set([...units.values(), ...incidents.values()].map(({ centre }) => centre).filter(Boolean));
    return [...names].sort().map((name) => [name, name] as const);
  }

  protected override read({ task, from }: Typed, id: string) {
    return { report: { id, time: this.now, kind: 'order', task, from }, wrong: [] };
  }
}
