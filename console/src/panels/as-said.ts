/** Positions, counts and times as people say and type them. What can be read in two ways is not read. */
import type { HeadCount, LonLat } from '../api';

const number = String.raw`-?\d+(?:\.\d+)?`;

/** Where a map on the web puts its position in an address: latitude first, or named. */
const inLinks = [
  new RegExp(`@(${number}),(${number})`),
  new RegExp(`[?&](?:q|ll|query|destination|center)=(?:loc:)?(${number})(?:,|%2C)\\s*(${number})`, 'i'),
  new RegExp(`#map=\\d+/(${number})/(${number})`),
  new RegExp(`mlat=(${number}).*mlon=(${number})`),
  new RegExp(`^geo:(${number}),(${number})`, 'i'),
];

/**
 * A position: degrees, degrees and minutes, or with seconds, N/S/E/W (and O for ouest) before or after, a decimal point or
 * comma, either part first: "51 02.35 N 001 21.10 E", "N51-02,35 E001-21,1", "51°02′21″N 1°21′06″E". Without letters the
 * latitude comes first, as positions are said. A link to a map, and "geo:". Null where it is none of them.
 */
export function parsePosition(text: string): LonLat | null {
  for (const link of inLinks) {
    const [, lat, lon] = text.match(link) ?? [];
    if (lat !== undefined) return inRange(Number(lat), Number(lon));
  }
  if (/:\/\//.test(text)) return null;
  let plain = text.toUpperCase().replace(/\b(NORTH|NORD)\b/g, 'N').replace(/\b(SOUTH|SUD)\b/g, 'S');
  plain = plain.replace(/\b(EAST|EST)\b/g, 'E').replace(/\b(WEST|OUEST)\b/g, 'W').replace(/\b(LATITUDE|LAT|LONGITUDE|LONG|LON)\b[.:]?/g, ' ');
  // A comma is a decimal one where no point is, and stands between two figures.
  if (!plain.includes('.')) plain = plain.replace(/(\d),(?=\d)/g, '$1.');
  plain = plain.replace(/[°º′'’‘″"”:,;/]/g, ' ');
  return /[NSEWO]/.test(plain) ? lettered(plain) : unlettered(plain);
}

function lettered(text: string): LonLat | null {
  // With letters a minus joins degrees and minutes: 51-02.35N.
  const words = text.replace(/-/g, ' ').match(/\d+(?:\.\d+)?|[A-Z]+|\S/g) ?? [];
  const before = /^[A-Z]/.test(words[0] ?? '');
  const parts: { letter: string; numbers: string[] }[] = [];
  let numbers: string[] = [];
  for (const word of words) {
    if (/^\d/.test(word)) numbers.push(word);
    else if (/^[NSEWO]$/.test(word)) {
      parts.push({ letter: word, numbers });
      // A letter before its numbers is filled by what follows.
      numbers = before ? parts.at(-1)!.numbers = [] : [];
    } else return null;
  }
  if (!before && numbers.length > 0) return null;
  const lat = parts.find(({ letter }) => 'NS'.includes(letter));
  const lon = parts.find(({ letter }) => 'EWO'.includes(letter));
  if (parts.length !== 2 || !lat || !lon) return null;
  return inRange(degrees(lat.numbers, lat.letter === 'S'), degrees(lon.numbers, lon.letter !== 'E'));
}

function unlettered(text: string): LonLat | null {
  const words = text.trim().split(/\s+/);
  if (words.some((word) => !new RegExp(`^${number}$`).test(word)) || ![2, 4, 6].includes(words.length)) return null;
  const half = words.length / 2;
  // Whole degrees and minutes without a letter may be anything: one decimal at least says that it is a position.
  if (half > 1 && !words.some((word) => word.includes('.'))) return null;
  const signed = (part: string[]) => degrees([part[0]!.replace('-', ''), ...part.slice(1)], part[0]!.startsWith('-'));
  return inRange(signed(words.slice(0, half)), signed(words.slice(half)));
}

/** Degrees, minutes, seconds: only the last may have decimals. NaN where they are no angle. */
function degrees(numbers: string[], negative: boolean): number {
  if (numbers.length < 1 || numbers.length > 3) return NaN;
  if (numbers.slice(0, -1).some((each) => each.includes('.'))) return NaN;
  const [whole = 0, minutes = 0, seconds = 0] = numbers.map(Number);
  if (minutes >= 60 || seconds >= 60 || minutes < 0 || seconds < 0) return NaN;
  return (whole + minutes / 60 + seconds / 3600) * (negative ? -1 : 1);
}

const inRange = (lat: number, lon: number): LonLat | null =>
  Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;

/** "30", "30-35", "30 to 35", "30 or 35"; "about 40" is a tenth to either side. Null where it is none of them. */
export function parseHeads(text: string): number | HeadCount | null {
  const range = text.match(/^\s*(\d+)\s*(?:[-–]|to|or|à|ou)\s*(\d+)\s*$/i);
  if (range) return [Number(range[1]), Number(range[2])];
  const about = text.match(/^\s*(?:about|around|some|roughly|approx\.?|approximately|environ|c\.|ca\.?|~)\s*(\d+)\s*$/i);
  if (about) {
    const persons = Number(about[1]);
    const margin = Math.max(1, Math.round(persons / 10));
    return [Math.max(0, persons - margin), persons + margin];
  }
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A clock beside the telephone may be ahead of the desk's by so much. */
const AHEAD_MS = 2 * MINUTE_MS;

/**
 * When something was: "07:25", "0725", "7h25" (UTC, the last time it was so late), "5 min ago", or a whole date and time.
 * @param now ISO time of the picture
 * @returns ISO time to the second; null where it is none of them, or lies ahead
 */
export function parseTime(text: string, now: string): string | null {
  const at = milliseconds(text.trim(), Date.parse(now));
  return at === null || Number.isNaN(at) || at > Date.parse(now) + AHEAD_MS ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function milliseconds(text: string, now: number): number | null {
  const ago = text.match(/^(\d+)\s*(min|minutes?|m|h|hours?)\s*(?:ago)?$/i);
  if (ago) return now - Number(ago[1]) * (/^h/i.test(ago[2]!) ? 60 : 1) * MINUTE_MS;
  const ofDay = timeOfDay(text);
  if (ofDay !== undefined) {
    const today = now - (now % DAY_MS) + ofDay;
    return today > now + AHEAD_MS ? today - DAY_MS : today;
  }
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?Z$/i.test(text) ? Date.parse(text.replace(' ', 'T')) : null;
}

/** "07:25", "0725", "7h25" in milliseconds since midnight; NaN where there is no such time, undefined where it is none. */
function timeOfDay(text: string): number | undefined {
  const read = text.match(/^(\d{1,2})\s*[:.h]\s*(\d{2})(?::(\d{2}))?\s*(?:z|utc)?$/i) ?? text.match(/^(\d{2})(\d{2})()\s*(?:z|utc)?$/i);
  if (!read) return undefined;
  const [hour, minute, second] = [Number(read[1]), Number(read[2]), Number(read[3] ?? 0)];
  return hour > 23 || minute > 59 || second > 59 ? NaN : ((hour * 60 + minute) * 60 + second) * 1000;
}

/** When something is to be, or was: as `parseTime`, but a time of day is the one nearest to now; and "in 30 min", "now". */
export function parseTimeNear(text: string, now: string): string | null {
  const plain = text.trim();
  const asked = Date.parse(now);
  const ahead = plain.match(/^(?:in|dans|\+)\s*(\d+)\s*(min|minutes?|m|h|hours?|heures?)$/i);
  const ofDay = timeOfDay(plain);
  let at = /^(now|maintenant)$/i.test(plain) ? asked : milliseconds(plain, asked);
  if (ahead) at = asked + Number(ahead[1]) * (/^h/i.test(ahead[2]!) ? 60 : 1) * MINUTE_MS;
  else if (ofDay !== undefined) {
    const today = asked - (asked % DAY_MS) + ofDay;
    at = today + Math.round((asked - today) / DAY_MS) * DAY_MS;
  }
  return at === null || Number.isNaN(at) ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Units of length in metres and of speed in metres a second, as they are written behind a figure. */
export const LENGTHS = { m: 1, km: 1000, nm: 1852, mn: 1852, ft: 0.3048, cables: 185.2 } as const;
export const SPEEDS = { kn: 1852 / 3600, kt: 1852 / 3600, kts: 1852 / 3600, nds: 1852 / 3600, 'm/s': 1, 'km/h': 1 / 3.6 } as const;

/**
 * A figure with or without its unit, a decimal point or comma: "10", "10 NM", "4,3 m", "14 ft".
 * @param plain  the unit where none is said
 * @returns in SI, not below 0; null where it is none
 */
export function parseFigure<T extends Record<string, number>>(text: string, units: T, plain: keyof T & string): number | null {
  const read = text.trim().match(/^(\d+(?:[.,]\d+)?)\s*([a-z/]*)$/i);
  const name = read?.[2]?.toLowerCase() || plain;
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  return read && unit ? Number(read[1]!.replace(',', '.')) * unit : null;
}
