/** Who competes for a name on the chart, and with what weight: the selected first, then boxes of a search, incidents, units, unidentified
 * craft, towns, ships by their length, and marks. */
import type { Incident, Mark, Track, Unit } from '../api';
import { lastWord } from '../danger';
import { age, markName, secondsBetween, trackName } from '../format';
import type { ChartColours } from '../palette';
import { identified } from './signs';
import type { Candidate } from './labels';

/** From this zoom the ships carry names. */
const SHIP_NAMES_FROM = 9.2;
/** The smallest town named, by its people: the nearer, the smaller. */
const townsFrom = (zoom: number): number => (zoom < 9.5 ? 10_000 : zoom < 10.5 ? 4000 : 0);
/** What is selected stands in a ring of so many pixels. */
const RING_PX = 22;
/** An age worth saying beside a name. */
const STALE_SECONDS = 120;
/** A buoy speaks every three minutes (M.1371), a base station more often. */
const MARK_STALE_SECONDS = 600;

interface Named {
  now: string;
  zoom: number;
  tracks: Track[];
  marks: Mark[];
  units: Unit[];
  incidents: Incident[];
  places: { name: string; at: [number, number]; weight: number }[];
  boxes?: { name: string; centre: [number, number] }[];
  selected: string | null;
  colours: ChartColours;
}

export function candidates(scene: Named): Candidate[] {
  const { colours, selected, now } = scene;
  const list: Candidate[] = [];
  const stale = (updated: string | null | undefined): string => {
    const seconds = updated ? secondsBetween(updated, now) : 0;
    return seconds >= STALE_SECONDS ? ` · ${age(seconds)}` : '';
  };
  for (const incident of scene.incidents) {
    list.push({
      key: incident.id, text: (incident.boat || incident.id) + stale(lastWord(incident)), at: incident.at!,
      weight: selected === incident.id ? 1000 : incident.open ? 900 : 90,
      clear: selected === incident.id ? RING_PX : incident.open ? 15 : 9, size: incident.open ? 13 : 11, colour: colours.label,
    });
  }
  for (const unit of scene.units)
    list.push({
      key: unit.name, text: unit.name + stale(unit.updated), at: unit.at!,
      weight: selected === unit.name ? 1000 : 800, clear: selected === unit.name ? RING_PX : 11, size: 12, colour: colours.unit,
    });
  for (const { name, centre } of scene.boxes ?? []) list.push({ key: `box ${name}`, text: name, at: centre, weight: 950, clear: 9, size: 12, colour: colours.search });
  for (const place of scene.places) {
    if (place.weight > 0 && place.weight < townsFrom(scene.zoom)) continue;
    list.push({
      key: `place ${place.name}`, text: place.name, at: place.at,
      weight: 300 + Math.log10(1 + place.weight), clear: 0, size: 12, colour: colours.place,
    });
  }
  // A unit that is on AIS too carries one name, not two.
  const unitNames = new Set(scene.units.map(({ name }) => name.toUpperCase()));
  for (const track of scene.tracks) {
    const known = identified(track);
    if (track.name && unitNames.has(track.name.toUpperCase())) continue;
    if (selected !== track.id && known && scene.zoom < SHIP_NAMES_FROM) continue;
    list.push({
      key: track.id, text: (known ? trackName(track) : track.id) + stale(track.updated), at: track.at,
      weight: selected === track.id ? 1000 : known ? Math.min(200, (track.length_m ?? 0) / 2) : 400,
      clear: selected === track.id ? RING_PX : 7, size: 11, colour: known ? colours.label : colours.unidentified,
    });
  }
  for (const mark of scene.marks) {
    const chosen = selected === String(mark.mmsi);
    if (!chosen && !mark.off_position && scene.zoom < SHIP_NAMES_FROM) continue;
    list.push({
      key: `mark ${mark.mmsi}`, text: markName(mark) + (secondsBetween(mark.updated, now) >= MARK_STALE_SECONDS ? stale(mark.updated) : ''), at: mark.at!, weight: chosen ? 1000 : mark.off_position ? 350 : 20,
      clear: chosen ? RING_PX : 8, size: 11, colour: mark.off_position ? colours.label : colours.mark,
    });
  }
  return list;
}
