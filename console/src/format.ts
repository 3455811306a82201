/** The edge: where SI, degrees and ISO times become what a watch officer reads. Nothing here changes a value. */
import type { HeadCount, LonLat, Mark, Phase, Relation } from './api';
import { figure, noted, t, tr } from './i18n';

export const KNOT_MPS = 1852 / 3600;
const NAUTICAL_MILE_M = 1852;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** "05:00:07" of an ISO time or of milliseconds since 1970, always UTC; "–" if it is none. */
export function clock(time: string | number | null | undefined, seconds = true): string {
  const at = time === null || time === undefined ? new Date(NaN) : new Date(time);
  if (Number.isNaN(at.getTime())) return '–';
  const minutes = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  return seconds ? `${minutes}:${pad(at.getUTCSeconds())}` : minutes;
}

const MONTHS = [noted`Jan`, noted`Feb`, noted`Mar`, noted`Apr`, noted`May`, noted`Jun`, noted`Jul`, noted`Aug`, noted`Sep`, noted`Oct`, noted`Nov`, noted`Dec`];

/** "11 Nov 2021" */
export function day(time: string | number): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? '–' : `${at.getUTCDate()} ${tr(MONTHS[at.getUTCMonth()]!)} ${at.getUTCFullYear()}`;
}

/** The time of day, with the date before it where that is not the day one looks at. */
export function moment(time: string | null | undefined, today: string, seconds = true): string {
  return time && today && day(time) !== day(today) ? `${day(time)} ${clock(time, seconds)}` : clock(time, seconds);
}

/** Degrees and minutes to a hundredth, as a chart and a radio say them: "51°02.35′N 001°21.10′E". */
export function position(at: LonLat | null | undefined): string {
  if (!at || !Number.isFinite(at[0]) || !Number.isFinite(at[1])) return t`position not known`;
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
  return typeof speed_mps === 'number' ? t`${(speed_mps / KNOT_MPS).toFixed(1)} kn` : t`not known`;
}

/** Metres as a person at sea says them: "350 m" below half a mile, "4.2 NM" from there. */
export function distance(metres: number | null | undefined): string {
  if (typeof metres !== 'number') return t`not known`;
  return metres < 926 ? `${Math.round(metres)} m` : `${(metres / NAUTICAL_MILE_M).toFixed(1)} NM`;
}

/** "047°"; 359.7 is "000°". */
export function bearing(degrees: number | null | undefined): string {
  return typeof degrees === 'number' ? `${pad(((Math.round(degrees) % 360) + 360) % 360, 3)}°` : t`not known`;
}

/** "30", "30–35", "1,250"; "?" where nobody said. */
export function heads(count: HeadCount | null | undefined): string {
  if (!count) return '?';
  const [low, high] = count.map((persons) => figure(persons));
  return low === high ? low! : `${low}–${high}`;
}

/** Seconds between two times, never below zero. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** An age a person can judge: "12 s", "4 min", "2 h 05". */
export function age(seconds: number): string {
  if (!Number.isFinite(seconds)) return t`not known`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t`${minutes} min` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
}

/** How long something takes: "10 min", "1 h 35"; below a minute "under 1 min". */
export function minutes(seconds: number): string {
  if (!Number.isFinite(seconds)) return t`not known`;
  const whole = Math.ceil(seconds / 60);
  return seconds < 60 ? t`under 1 min` : whole < 90 ? t`${whole} min` : `${Math.floor(whole / 60)} h ${pad(whole % 60)}`;
}

/** AIS ship types by their first digit (ITU-R M.1371, table 53). */
export function shipType(type: number | null | undefined): string {
  if (typeof type !== 'number' || type === 0) return t`type not said`;
  const special: Record<number, string> = {
    30: t`fishing`, 31: t`towing`, 32: t`towing`, 35: t`military`, 36: t`sailing`, 37: t`pleasure craft`,
    50: t`pilot vessel`, 51: t`search and rescue`, 52: t`tug`, 55: t`law enforcement`,
  };
  const group: Record<number, string> = {
    2: t`wing in ground`, 4: t`high-speed craft`, 6: t`passenger`, 7: t`cargo`, 8: t`tanker`, 9: t`other`,
  };
  return special[type] ?? group[Math.floor(type / 10)] ?? t`type ${type}`;
}

/** What to call a track: its name, its MMSI, or its own id. */
export function trackName(track: { id: string; name?: string | null; mmsi?: number | null }): string {
  return track.name?.trim() || (track.mmsi ? `MMSI ${track.mmsi}` : t`Unidentified ${track.id}`);
}

/** What sort of mark: "aid to navigation, virtual". */
export function markSort({ kind, virtual }: Mark): string {
  if (kind === 'base_station') return t`AIS base station`;
  return virtual ? t`aid to navigation, virtual: nothing is there` : t`aid to navigation, real`;
}

/** What to call a mark: its name or its MMSI, and what the chart must not hide of it. */
export function markName(mark: Mark): string {
  const name = mark.name.trim() || `MMSI ${String(mark.mmsi).padStart(9, '0')}`;
  return `${name}${mark.virtual ? t` (virtual)` : ''}${mark.off_position ? t` · off position` : ''}`;
}

const relationWords: Record<Relation, string> = {
  linked: noted`linked with`,
  possibly_same: noted`possibly the same as`,
  confirmed_same: noted`the same boat as`,
};

/** "possibly the same as": how one incident is to another. */
export function relationName(relation: Relation): string {
  return tr(relationWords[relation] ?? relation);
}

/** What to call an incident: "I7 Charlie". */
export function incidentName(incident: { id: string; boat: string; craft: string }): string {
  return [incident.id, incident.boat || tr(incident.craft)].filter(Boolean).join(' · ');
}

/** "entry 6", "entries 6 to 22", or each where another's stand between. */
export function entryNumbers(numbers: number[]): string {
  if (numbers.length < 2) return t`entry ${numbers.join('')}`;
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  return t`entries ${last - first === numbers.length - 1 ? t`${first} to ${last}` : numbers.join(', ')}`;
}

const phaseWords: Record<Phase, string> = { distress: noted`distress`, alert: noted`alert`, uncertainty: noted`uncertainty` };
export const phaseName = (phase: Phase): string => tr(phaseWords[phase] ?? phase);
/** As the phases are called on the air and in messages, in every language. */
export const phaseCodes: Record<Phase, string> = { distress: 'DETRESFA', alert: 'ALERFA', uncertainty: 'INCERFA' };

const kindWords: Record<string, string> = {
  lifeboat: noted`lifeboat`, cutter: noted`cutter`, patrol: noted`patrol vessel`, tug: noted`tug`, helicopter: noted`helicopter`, aeroplane: noted`aeroplane`,
  'fishing vessel': noted`fishing vessel`, dredger: noted`dredger`, warship: noted`warship`, 'sailing vessel': noted`sailing vessel`,
  'pleasure craft': noted`pleasure craft`, 'pilot vessel': noted`pilot vessel`, 'rescue vessel': noted`rescue vessel`,
  'law enforcement vessel': noted`law enforcement vessel`, 'high-speed craft': noted`high-speed craft`, 'passenger ship': noted`passenger ship`,
  'cargo ship': noted`cargo ship`, tanker: noted`tanker`, ship: noted`ship`,
};
/** What a unit or a ship is, as the desk names it. */
export const kindName = (kind: string): string => tr(kindWords[kind] ?? kind);

const taskWords: Record<string, string> = {
  rescue: noted`rescue`, search: noted`search`, escort: noted`escort`, stand_by: noted`stand by`, investigate: noted`investigate`,
  tow: noted`tow`, medical_evacuation: noted`medical evacuation`, stand_down: noted`stand down`,
};
/** What a unit is ordered to do. */
export const taskName = (task: string): string => tr(taskWords[task] ?? task.replaceAll('_', ' '));
