/** What would be taken back with a report: its words as received, and what was counted and said by it. What follows from that the server decides. */
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import type { IncidentDetail } from '../api';
import { clock, heads, phaseName } from '../format';
import { t } from '../i18n';
import type { Picture } from '../picture';
import { reportBehind } from './behind';
import type { Scene } from './deeds';

export const withdrawalStyles = css`
  .taken-back { padding: 6px 9px; border: 1px solid var(--rule); border-left: 4px solid var(--alert); border-radius: 4px; max-height: 32vh; overflow-y: auto; }
  .taken-back ul { margin: 2px 0; padding-left: 18px; list-style: disc; }
`;

/** A report's own note, the first of its id: a later one says what became of it. */
const noteOf = (detail: IncidentDetail | null, id: string) => detail?.notes?.find(({ source }) => source === id);

export class Withdrawal {
  /** By their ids; "" while they are being fetched. */
  private readonly received = new Map<string, string>();

  constructor(private readonly host: ReactiveControllerHost) {}

  /** @param ids  reports that are ticked */
  preview({ picture, incident, detail }: Scene, ids: string[]): TemplateResult {
    for (const id of ids) this.fetch(id, noteOf(detail, id)?.time ?? picture.now, picture);
    return html`<div class="wide taken-back" role="status" aria-label=${t`What would be taken back`}>
      ${ids.length === 0 ? html`<span class="soft">${t`Tick a report to see what would be taken back with it.`}</span>` : nothing}
      ${ids.map((id) => this.one(id, detail))}
      ${ids.length > 0 ? html`<p>${t`Its people are counted and the boat is placed anew from what else was heard. What it said of danger stands: the phase stays ${phaseName(incident.phase)}. The report stays in the record.`}</p>` : nothing}
    </div>`;
  }

  private one(id: string, detail: IncidentDetail | null) {
    const counted = detail?.postings?.filter(({ source }) => source === id) ?? [];
    const said = detail?.persons_claims?.filter(({ source }) => source === id) ?? [];
    return html`<b>${id}</b>
      <pre>${this.received.get(id) || t`Being fetched.`}</pre>
      <ul>
        ${said.map(({ persons }) => html`<li>${t`It says ${heads(persons)} persons.`}</li>`)}
        ${counted.map(({ time, from, to, persons }) => html`<li>${t`Counted by it at ${clock(time, false)}: ${heads(persons)}, ${from} to ${to}.`}</li>`)}
        ${counted.length === 0 ? html`<li>${t`Nobody was counted by it.`}</li>` : nothing}
      </ul>`;
  }

  private fetch(id: string, time: string, { entries, lastEntry }: Picture): void {
    if (this.received.has(id)) return;
    this.received.set(id, '');
    void reportBehind(id, time, entries, lastEntry)
      .catch((error: Error) => error.message)
      .then((found) => {
        this.received.set(id, found ?? t`The record holds no such report at this time.`);
        this.host.requestUpdate();
      });
  }
}
