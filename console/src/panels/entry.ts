/** One entry of the record as a person reads it. */
import { html, nothing } from 'lit';
import type { Entry } from '../api';
import { t } from '../i18n';
import { goTo } from './shared';

/** A record of another version may have entries without words. */
export const words = ({ kind, body }: Entry): string => body.text ?? kind;

/** JSON a person can read: short lists of plain values on one line. No string of JSON holds a line break of its own. */
const laidOut = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\[\n[^[\]{}]*\]/g, (list) => list.replace(/\n\s*/g, ' ').replace('[ ', '[').replace(/ \]$/, ']'));

/** What stands behind an entry: links to what it concerns, the raw report, and the entry itself. */
export function behind({ number, kind, body }: Entry) {
  const { raw, report, incident, track, unit, ...rest }: Record<string, unknown> = { ...body };
  delete rest.text;
  const received = raw ?? report;
  return html`<div class="behind small">
    <span class="soft">${t`No. ${number}, ${kind}`}</span>
    ${typeof incident === 'string' && incident ? goTo({ kind: 'incident', id: incident }, t`Incident ${incident}`) : nothing}
    ${typeof track === 'string' && track ? goTo({ kind: 'track', id: track }, t`Track ${track}`) : nothing}
    ${typeof unit === 'string' && unit ? goTo({ kind: 'unit', id: unit }, unit) : nothing}
    ${received ? html`<div class="soft">${t`As received`}</div><pre>${typeof received === 'string' ? received : JSON.stringify(received)}</pre>` : nothing}
    ${Object.keys(rest).length > 0 ? html`<pre>${laidOut(rest)}</pre>` : nothing}
  </div>`;
}
