/** The edge: where SI, degrees and ISO times become what a watch officer reads. Nothing here changes a value. */
import type { HeadCount, LonLat, Relation } from './api';

const KNOT_MPS = 1852 / 3600;
const NAUTICAL_MILE_M = 1852;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** "05:00:07" of an ISO time or of milliseconds since 1970, always UTC; "–" if it is none. */
export function clock(time: string | number | null | undefined, seconds = true): string {
  const at = time === null || time === undefined ? new Date(NaN) : new Date(time);
  if (Number.isNaN(at.getTime())) return '–';
  const minutes = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  return seconds ? `${minutes}:${pad(at.getUTCSeconds())}` : minutes;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "11 Nov 2021" */
export function day(time: string | number): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? '–' : `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** The time of day, with the date before it where that is not the day one looks at. */
export function moment(time: string | null | undefined, today: string, seconds = true): string {
  return time && today && day(time) !== day(today) ? `${day(time)} ${clock(time, seconds)}` : clock(time, seconds);
}

/** Degrees and minutes to a hundredth, as a chart and a radio say them: "51°02.35′N 001°21.10′E". */
export function position(at: LonLat | null | undefined): string {
  if (!at || !Number.isFinite(at[0]) || !Number.isFinite(at[1])) return 'position not known';
  return `${degreesMinutes(at[1], 2, 'N', 'S')} ${degreesMinutes(at[0], 3, 'E', 'W')}`;
}

function degreesMinutes(value: number, width: number, positive: string, negative: string): string {
  // Rounded before it is split, so that 59.999′ becomes the next degree and never 60.00′.
  const hundredths = Math.round(Math.abs(value) * 6000);
  const minutes = (hundredths % 6000) / 100;
  return `${pad(Math.floor(hundredths / 6000), width)}°${minutes.toFixed(2).padStart(5, '0')}′${value < 0 ? negative : positive}`;
}

/** Metres a second as knots: "6.2 kn". */
export function knots(speed_mps: number | null | undefined): string {
  return typeof speed_mps === 'number' ? `${(speed_mps / KNOT_MPS).toFixed(1)} kn` : 'not known';
}

/** Metres as a person at sea says them: "350 m" below half a mile, "4.2 NM" from there. */
export function distance(metres: number | null | undefined): string {
  if (typeof metres !== 'number') return 'not known';
  return metres < 926 ? `${Math.round(metres)} m` : `${(metres / NAUTICAL_MILE_M).toFixed(1)} NM`;
}

/** "047°"; 359.7 is "000°". */
export function bearing(degrees: number | null | undefined): string {
  return typeof degrees === 'number' ? `${pad(((Math.round(degrees) % 360) + 360) % 360, 3)}°` : 'not known';
}

/** "30", "30–35", "1,250"; "?" where nobody said. */
export function heads(count: HeadCount | null | undefined): string {
  if (!count) return '?';
  const [low, high] = count.map((persons) => persons.toLocaleString('en-GB'));
  return low === high ? low! : `${low}–${high}`;
}

/** Seconds between two times, never below zero. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** An age a person can judge: "12 s", "4 min", "2 h 05". */
export function age(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'not known';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
}

/** AIS ship types by their first digit (ITU-R M.1371, table 53). */
export function shipType(type: number | null | undefined): string {
  if (typeof type !== 'number' || type === 0) return 'type not said';
  const special: Record<number, string> = {
    30: 'fishing', 31: 'towing', 32: 'towing', 35: 'military', 36: 'sailing', 37: 'pleasure craft',
    50: 'pilot vessel', 51: 'search and rescue', 52: 'tug', 55: 'law enforcement',
  };
  const group: Record<number, string> = {
    2: 'wing in ground', 4: 'high-speed craft', 6: 'passenger', 7: 'cargo', 8: 'tanker', 9: 'other',
  };
  return special[type] ?? group[Math.floor(type / 10)] ?? `type ${type}`;
}

/** What to call a track: its name, its MMSI, or its own id. */
export function trackName(track: { id: string; name?: string | null; mmsi?: number | null }): string {
  return track.name?.trim() || (track.mmsi ? `MMSI ${track.mmsi}` : `Unidentified ${track.id}`);
}

const relationWords: Record<Relation, string> = {
  linked: 'linked with',
  possibly_same: 'possibly the same as',
  confirmed_same: 'the same boat as',
};

/** "possibly the same as": how one incident is to another. */
export function relationName(relation: Relation): string {
  return relationWords[relation] ?? relation;
}

/** What to call an incident: "I7 Charlie". */
export function incidentName(incident: { id: string; boat: string; craft: string }): string {
  return [incident.id, incident.boat || incident.craft].filter(Boolean).join(' · ');
}

/** "entry 6", "entries 6 to 22", or each where another's stand between. */
export function entryNumbers(numbers: number[]): string {
  if (numbers.length < 2) return `entry ${numbers.join('')}`;
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  return `entries ${last - first === numbers.length - 1 ? `${first} to ${last}` : numbers.join(', ')}`;
}
