/** What lies under the pointer: incidents before units before tracks before marks, the nearest of a sort. Found by arithmetic, so it is
 * exact, cheap, and the same without a graphics card. */
import type { Incident, LonLat, Mark, Track, Unit } from '../api';
import type { Selection } from '../selection';
import type { Projection } from './geo';

const REACH = 14;

export function pickAt(
  x: number,
  y: number,
  projection: Projection,
  { incidents, units, tracks, marks }: { incidents: Incident[]; units: Unit[]; tracks: Track[]; marks: Mark[] },
): Selection {
  const nearest = <T extends { at?: LonLat | null }>(things: Iterable<T>, reach: number): T | null => {
    let best: T | null = null;
    let least = reach * reach;
    for (const thing of things) {
      if (!thing.at) continue;
      const d = (projection.x(thing.at[0]) - x) ** 2 + (projection.y(thing.at[1]) - y) ** 2;
      if (d <= least) [best, least] = [thing, d];
    }
    return best;
  };
  const incident = nearest(incidents, REACH + 2);
  if (incident) return { kind: 'incident', id: incident.id };
  const unit = nearest(units, REACH);
  if (unit) return { kind: 'unit', id: unit.name };
  const track = nearest(tracks, REACH - 2);
  if (track) return { kind: 'track', id: track.id };
  const mark = nearest(marks, REACH - 2);
  return mark ? { kind: 'mark', id: String(mark.mmsi) } : null;
}
