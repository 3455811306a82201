/** The orders that a plan becomes: one a unit, after somebody has said yes. What got no plain answer is the same order when it is sent again. */
import { html, nothing } from 'lit';
import type { ReactiveControllerHost } from 'lit';
import { api } from '../api';
import type { Draft, Entry, Incident } from '../api';
import { bearing, clock, position } from '../format';
import { t, tr } from '../i18n';
import { mayNot } from '../me';
import type { SearchBox } from '../search';
import { answer, entriesOf } from './answer';
import { patterns } from './search-asked';

interface Order {
  unit: string;
  report: Draft & { reason: string };
  trouble: string;
  taken: { numbers: number[]; entries: Entry[] } | null;
}

/** "51°02.35′N 001°21.10′E, 3.20 by 1.50 NM, axis 045°, 08:10 to 10:00 UTC" */
function words({ centre, length_m, width_m, axis_deg, from, until }: SearchBox): string {
  const miles = (metres: number) => (metres / 1852).toFixed(2);
  return t`${position(centre)}, ${miles(length_m)} by ${miles(width_m)} NM, axis ${bearing(axis_deg)}, ${clock(from, false)} to ${clock(until, false)} UTC`;
}

export class SearchOrders {
  /** Shown to be confirmed, and then how each stands. */
  private orders: Order[] = [];
  private sending = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Of another plan. */
  forget(): void {
    this.orders = [];
  }

  render(incident: Incident, boxes: readonly SearchBox[], pattern: string, now: () => string, tried: boolean) {
    const why = mayNot('order');
    if (this.orders.length === 0)
      return html`<p><obc-button ?disabled=${why !== ''} title=${why} @click=${() => this.begin(incident, boxes, pattern, now())}>${t`Order these units to search`}</obc-button></p>`;
    const open = this.orders.filter(({ taken }) => !taken);
    return html`<div class="orders" role="group" aria-label=${t`Orders to search`}>
      ${this.orders.map(({ unit, report, trouble, taken }) => html`<p><b>${unit}</b> <span class="small">${report.reason}</span></p>
        ${trouble ? html`<p class="error" role="alert">${trouble}</p>` : nothing} ${taken ? html`<div role="status">${answer(taken.numbers, taken.entries, tried)}</div>` : nothing}`)}
      ${open.length > 0 ? html`<p><obc-button variant="raised" ?disabled=${this.sending} @click=${() => void this.send()}>${t`Yes, order ${open.length}`}</obc-button>
        <obc-button variant="flat" @click=${() => this.again()}>${t`No`}</obc-button></p>` : nothing}</div>`;
  }

  private begin(incident: Incident, boxes: readonly SearchBox[], pattern: string, now: string): void {
    const shape = tr(patterns.find(([name]) => name === pattern)?.[1] ?? pattern);
    const units = [...new Set(boxes.map(({ unit }) => unit))];
    this.orders = units.map((unit) => {
      const id = `desk-${now.replace(/\D/g, '').slice(0, 14)}-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
      const reason = `${shape}: ${boxes.filter((box) => box.unit === unit).map(words).join('; ')}`;
      return { unit, report: { id, time: now, kind: 'order', task: 'search', boat: incident.id, from: incident.centre, unit, reason }, trouble: '', taken: null };
    });
    this.host.requestUpdate();
  }

  private again(): void {
    this.orders = this.orders.filter(({ taken }) => taken);
    this.host.requestUpdate();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.host.requestUpdate();
    for (const order of this.orders.filter(({ taken }) => !taken)) {
      try {
        const { entries } = await api.report(order.report);
        order.trouble = '';
        order.taken = { numbers: entries, entries: await entriesOf(entries) };
      } catch (error) {
        order.trouble = (error as Error).message;
      }
      this.host.requestUpdate();
    }
    this.sending = false;
    this.host.requestUpdate();
  }
}
