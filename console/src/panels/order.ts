/** The order of the incident list. */
import type { Incident, Phase } from '../api';

const rank: Record<Phase, number> = { distress: 2, alert: 1, uncertainty: 0 };

/** Open before closed, the graver phase first, then the newest; by nothing that changes with every report. */
export function wanted(incidents: Iterable<Incident>): string[] {
  return [...incidents]
    .sort(
      (a, b) =>
        Number(b.open) - Number(a.open) ||
        rank[b.phase] - rank[a.phase] ||
        Date.parse(b.opened) - Date.parse(a.opened) ||
        a.id.localeCompare(b.id, 'en', { numeric: true }),
    )
    .map(({ id }) => id);
}

/**
 * What to show next. While somebody's pointer or keyboard is in the list it is held: nothing that stands moves, new ones
 * join at the end; let go, it falls into the wanted order.
 */
export function nextOrder(shown: readonly string[], wantedNow: readonly string[], held: boolean): string[] {
  if (!held) return [...wantedNow];
  const present = new Set(wantedNow);
  const standing = shown.filter((id) => present.has(id));
  const known = new Set(standing);
  return [...standing, ...wantedNow.filter((id) => !known.has(id))];
}
