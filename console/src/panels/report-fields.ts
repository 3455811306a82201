/** What the officer typed, as the report the server takes (docs/feeds.md). It judges nothing: the server does. */
import type { HeadCount, LonLat } from '../api';

const NAUTICAL_MILE_M = 1852;

/** "51 02.35 N 1 21.1 E", "51°02.35′N 001°21.10′E" or "51.0392 1.3517" (latitude first, as positions are said); null where it is none of them. */
export function parsePosition(text: string): LonLat | null {
  const parts = text
    .toUpperCase()
    .replace(/[°′'"’,;]/g, ' ')
    .match(/^\s*(-?\d+(?:\.\d+)?)(?:\s+(\d+(?:\.\d+)?))?\s*([NS])\s*(-?\d+(?:\.\d+)?)(?:\s+(\d+(?:\.\d+)?))?\s*([EW])\s*$/);
  if (parts) {
    const lat = degrees(parts[1]!, parts[2], parts[3] === 'S');
    const lon = degrees(parts[4]!, parts[5], parts[6] === 'W');
    return inRange(lat, lon);
  }
  const plain = text.replace(/[,;]/g, ' ').match(/^\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*$/);
  return plain ? inRange(Number(plain[1]), Number(plain[2])) : null;
}

function degrees(whole: string, minutes: string | undefined, negative: boolean): number {
  const given = Number(minutes ?? 0);
  if (given >= 60 || (minutes !== undefined && whole.includes('.'))) return NaN;
  return (Number(whole) + given / 60) * (negative ? -1 : 1);
}

const inRange = (lat: number, lon: number): LonLat | null =>
  Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;

/** "30" or "30-35"; null where it is neither. */
export function parseHeads(text: string): number | HeadCount | null {
  const range = text.match(/^\s*(\d+)\s*(?:[-–]|to)\s*(\d+)\s*$/);
  if (range) return [Number(range[1]), Number(range[2])];
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}

export interface Wrong {
  field: string;
  what: string;
}

const yesOrNo = ['distress', 'people_in_water', 'taking_water', 'engine_stopped', 'empty'];
const words = ['from', 'boat', 'craft', 'text'];
const counts = ['persons', 'children', 'injured'];

/**
 * @param typed fields by name, as typed; `at` and `error_nm` as a person says them
 * @returns the report, or the first field that cannot be read
 */
export function reportOf(typed: Record<string, string>, id: string, time: string): Record<string, unknown> | Wrong {
  const report: Record<string, unknown> = { id, time, kind: typed.kind };
  for (const field of words) if (typed[field]?.trim()) report[field] = typed[field].trim();
  for (const field of yesOrNo) if (typed[field]) report[field] = typed[field] === 'yes';
  for (const field of counts) {
    if (!typed[field]?.trim()) continue;
    const count = parseHeads(typed[field]);
    if (count === null) return { field, what: 'Give a number of persons, or a range such as 30-35.' };
    report[field] = count;
  }
  if (typed.at?.trim()) {
    const at = parsePosition(typed.at);
    if (!at) return { field: 'at', what: 'Give degrees and minutes, such as 51 02.35 N 001 21.10 E.' };
    report.at = at.map((degree) => Number(degree.toFixed(6)));
  }
  if (typed.error_nm?.trim()) {
    const miles = Number(typed.error_nm);
    if (!Number.isFinite(miles)) return { field: 'error_nm', what: 'Give nautical miles, such as 0.5.' };
    report.error_m = Math.round(miles * NAUTICAL_MILE_M);
  }
  return report;
}

/** The form's field that the server's refusal names, or "" where it names none of them. */
export function fieldNamed(message: string, fields: string[]): string {
  const asTyped: Record<string, string> = { error_m: 'error_nm', lon: 'at', lat: 'at', place: 'at' };
  for (const word of message.split(/[^a-z_]+/)) {
    const field = asTyped[word] ?? word;
    if (fields.includes(field)) return field;
  }
  return '';
}
