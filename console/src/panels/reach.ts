/** Who can be with a boat, and when, as the desk works it out: units and ships alike, with what speaks against each. */
import { html, nothing } from 'lit';
import type { IncidentDetail, Reacher } from '../api';
import { distance, kindName, taskName } from '../format';
import { t } from '../i18n';
import { goTo } from './shared';

const SHOWN = 8;

const minutes = (value: number | null) => (value === null ? t`not known` : t`${Math.round(value)} min`);

/** A line below the name: what it is ordered to, places, what it waits for, and the gravest that speaks against it. */
function remarks({ kind, task, free, launch_delay_minutes, declined, notes = [] }: Reacher): string {
  const busy = task?.incident ? [task.state === 'on_scene' ? t`with ${task.incident}: ${taskName(task.task)}` : t`ordered to ${task.incident}: ${taskName(task.task)}`] : [];
  // Where they are too few for the boat a note says so, with their number.
  const places = typeof free === 'number' && !notes.some((note) => note.startsWith(String(free))) ? [t`${free} free`] : [];
  const delay = launch_delay_minutes ? [t`under way in ${Math.round(launch_delay_minutes)} min`] : [];
  return [kindName(kind), ...busy, ...places, ...delay, ...(declined ? [t`declined`] : []), ...notes].join(', ');
}

export function reachTable(reach: Reacher[]) {
  return reach.length === 0 ? nothing : html`<h3>${t`Who can be there, soonest first`}</h3>
    <table>
      ${reach.slice(0, SHOWN).map((one) => html`<tr>
        <td>${goTo(one.track ? { kind: 'track', id: one.track } : { kind: 'unit', id: one.name }, one.name)}<br /><span class="soft small">${remarks(one)}</span></td>
        <td class="number">${distance(one.distance_m)}</td>
        <td class="number">${minutes(one.minutes)}</td></tr>`)}
    </table>`;
}

/** Of a desk that does not say who reaches them. */
export function nearest(units: NonNullable<IncidentDetail['units']>) {
  return units.length === 0 ? nothing : html`<h3>${t`Nearest units, straight line`}</h3>
    <table>
      ${units.slice(0, 6).map((unit) => html`<tr>
        <td>${goTo({ kind: 'unit', id: unit.name }, unit.name)}</td>
        <td class="number">${distance(unit.distance_m)}</td>
        <td class="number">${minutes(unit.minutes)}</td></tr>`)}
    </table>`;
}
